"""What is taken away: tables, lines, maps, calendars, feeds, graphs."""

import csv
import io
import json
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import networkx
import pytest

from peacetracker.api import rows, tables
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.record import Author
from tests.api.conftest import CALL
from tests.factories import a_source, an_event, event_row

ATOM = "{http://www.w3.org/2005/Atom}"


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))


def unfolded(answer):
    return answer.text.replace("\r\n ", "").split("\r\n")


def entries_of_calendar(answer):
    found = []
    for line in unfolded(answer):
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and ":" in line:
            name, value = line.split(":", 1)
            found[-1][name] = value
    return {one["UID"].split("@")[0]: one for one in found}


def test_it_gives_the_whole_filter_as_a_table_that_excel_opens(ask, small_record):
    answer = ask("events/?format=csv")
    assert answer.body.startswith(b"\xef\xbb\xbfslug,url,kind")
    assert [row["slug"] for row in table(answer)] == small_record
    assert 'filename="peacetracker-events.csv"' in answer.headers["Content-Disposition"]
    row = next(row for row in table(answer) if row["slug"] == "2022-04-06-brussels")
    assert row["place_name"] == "Brussels"
    assert (row["topics"], row["topics_names"]) == ("peace-treaty", "Peace treaty")
    assert row["participants_leader_slug"].split(" | ")[0] == "charles-michel"
    assert row["participants_party_name"].split(" | ")[0] == "European Union"
    assert row["parties_names"].split(" | ") == ["European Union", "Azerbaijan", "Armenia"]


def test_it_lets_no_cell_be_run_as_a_formula(ask, small_record):
    row = next(row for row in table(ask("events/?format=csv")) if row["slug"] == "2022-04-09-call")
    assert row["title"] == '\'=HYPERLINK("x"), said; "ну"'


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_it_neutralises_every_beginning_that_a_spreadsheet_would_run(begin):
    assert tables.cell(f"{begin}1+1") == f"'{begin}1+1"
    assert tables.cell([f"{begin}x", "y"]).startswith("'")


def test_it_leaves_numbers_as_they_are():
    assert tables.cell(-12.5) == "-12.5"
    assert tables.cell(None) == ""


def test_it_keeps_the_chosen_fields_in_a_table(ask, small_record):
    assert list(table(ask("events/?format=csv&fields=slug,place"))[0])[:3] == ["slug", "place_slug", "place_name"]
    assert "summary" not in table(ask("events/?format=csv&omit=summary"))[0]


@pytest.mark.parametrize(
    "noun",
    ["leaders", "parties", "proposals", "commissions", "topics", "places", "sources", "positions", "commitments"],
)
def test_it_gives_every_noun_as_table_and_lines(ask, small_record, noun):
    listed = ask(f"{noun}/?limit=1000").data["results"]
    assert len(table(ask(f"{noun}/?format=csv"))) == len(listed)
    assert [json.loads(line) for line in ask(f"{noun}/?format=jsonl").text.splitlines()] == listed


def test_it_streams_all_chunks_of_a_long_list(ask, small_record, monkeypatch):
    monkeypatch.setattr(rows, "CHUNK", 2)
    lines = [json.loads(line) for line in ask("events/?format=jsonl").text.splitlines()]
    assert [line["slug"] for line in lines] == small_record
    assert [row["slug"] for row in table(ask("events/?format=csv&limit=3"))] == small_record[:3]


def test_it_adds_what_is_gone_to_the_lines_since_a_moment(ask, small_record):
    lines = [json.loads(line) for line in ask("events/?format=jsonl&modified_since=2020").text.splitlines()]
    assert {line["slug"] for line in lines if "gone" in line} == {"2022-04-06-twin", "2022-01-01-gone"}


def test_it_maps_events_by_place(ask, small_record):
    found = ask("events/?format=geojson").data
    assert found["type"] == "FeatureCollection"
    by_slug = {feature["id"]: feature for feature in found["features"]}
    assert by_slug["2022-04-06-brussels"]["geometry"] == {"type": "Point", "coordinates": [4.0, 50.0]}
    assert by_slug["2022-04-09-call"]["geometry"] is None
    assert ask("events/?format=geojson&q=nothingatall").data["features"] == []


def test_it_gives_a_calendar_of_whole_days(ask, small_record):
    answer = ask("events/?format=ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    found = entries_of_calendar(answer)
    assert set(found) == set(small_record)
    talks = found["2024-07-01-talks"]
    assert (talks["DTSTART;VALUE=DATE"], talks["DTEND;VALUE=DATE"]) == ("20240701", "20240704")
    assert found["2024-call-scheduled"]["STATUS"] == "TENTATIVE"
    assert found["2022-04-09-call"]["SUMMARY"] == '=HYPERLINK("x")\\, said\\; "ну"'


def test_it_shows_a_vague_date_as_a_span_that_says_so(ask, small_record):
    may = entries_of_calendar(ask("events/?format=ics"))["2023-05-meeting"]
    assert (may["DTSTART;VALUE=DATE"], may["DTEND;VALUE=DATE"]) == ("20230501", "20230601")
    assert "only the month" in may["DESCRIPTION"]
    assert may["TRANSP"] == "TRANSPARENT"


def test_it_raises_the_sequence_of_an_event_that_changes(ask, small_record, monkeypatch):
    before = entries_of_calendar(ask("events/?format=ics"))["2024-07-01-talks"]
    later = Author().at().replace(year=2100)
    monkeypatch.setattr(Author, "at", lambda self: later)
    writers.write_event(event_row(slug="2024-07-01-talks", date="2024-07-02", title="Talks"), author=Author())
    after = entries_of_calendar(ask("events/?format=ics"))["2024-07-01-talks"]
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_it_feeds_any_filter_as_atom(ask, small_record):
    feed = ElementTree.fromstring(ask("events/?format=atom&kind=call&limit=9").body)
    assert feed.find(f"{ATOM}link[@rel='alternate']").get("href") == "http://testserver/events/?kind=call"
    assert feed.find(f"{ATOM}id").text.startswith("tag:")
    assert feed.find(f"{ATOM}updated") is not None
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    entries = feed.findall(f"{ATOM}entry")
    assert {entry.find(f"{ATOM}title").text for entry in entries} == {
        '=HYPERLINK("x"), said; "ну"', "A call is planned",
    }  # fmt: skip
    assert all(entry.find(f"{ATOM}updated") is not None and entry.find(f"{ATOM}link") is not None for entry in entries)
    ids = [entry.find(f"{ATOM}id").text for entry in entries]
    assert len(set(ids)) == len(ids)


def test_it_puts_what_was_recorded_last_on_top_of_the_feed(ask, small_record, monkeypatch):
    later = Author().at().replace(year=2100)
    monkeypatch.setattr(Author, "at", lambda self: later)
    an_event(**CALL, slug="2010-01-01-old", date="2010-01-01", title="Old, but new here", sources=[a_source(41)])
    entries = ElementTree.fromstring(ask("events/?format=atom&limit=2").body).findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert entries[0].find(f"{ATOM}title").text == "Old, but new here"
    updated = [entry.find(f"{ATOM}updated").text for entry in entries]
    assert all(newer >= older for newer, older in pairwise(updated))


def test_it_keeps_ids_whatever_address_it_is_asked_by(ask, small_record, client):
    here, there = (
        client.get("/api/v1/events/?format=atom", headers={"host": host}).content for host in ("localhost", "127.0.0.1")
    )
    ids = [[found.text for found in ElementTree.fromstring(text).iter(f"{ATOM}id")] for text in (here, there)]
    assert ids[0] == ids[1]


def test_it_gives_an_empty_feed_a_steady_date(ask, small_record):
    feed = ElementTree.fromstring(ask("events/?format=atom&after=2030").body)
    assert feed.find(f"{ATOM}updated").text == "2026-01-01T00:00:00+00:00"


def test_it_counts_pairs_at_held_contacts(ask, small_record):
    found = ask("network/").data
    pairs = {(edge["source"], edge["target"]): edge for edge in found["edges"]}
    together = pairs["ilham-aliyev", "nikol-pashinyan"]
    held = Event.objects.public().filter(kind="meeting")
    assert together["events"] == held.count()
    assert (together["first"], together["last"]) == ("2022-04-06", "2024-07-03")
    assert pairs["nikol-pashinyan", "vladimir-putin"]["events"] == 1  # the planned call was not held
    parties = ask("network/?of=parties&kind=call").data
    assert [(edge["source"], edge["target"], edge["events"]) for edge in parties["edges"]] == [("AM", "RU", 1)]


@pytest.mark.parametrize("question", ["network/?", "network/?kind=meeting&kind=call&", "network/?of=parties&"])
def test_it_gives_those_with_most_contacts_and_the_pairs_among_them(ask, small_record, question):
    whole, some = ask(question.rstrip("&?")).data, ask(f"{question}limit=2").data
    first = [node["id"] for node in whole["nodes"][:2]]
    assert len(whole["nodes"]) > 2
    assert some["nodes"] == whole["nodes"][:2]
    assert some["edges"] == [edge for edge in whole["edges"] if {edge["source"], edge["target"]} <= set(first)]
    assert some["events"] == whole["events"]
    assert ask(f"{question}limit=0").status == 400


def test_it_gives_the_network_to_graph_tools(ask, small_record):
    known = ask("network/").data
    events = {(edge["source"], edge["target"]): edge["events"] for edge in known["edges"]}
    graphml = networkx.read_graphml(io.BytesIO(ask("network/?format=graphml").body))
    assert {tuple(sorted(pair)): edge["weight"] for *pair, edge in graphml.edges(data=True)} == events
    assert graphml.nodes["nikol-pashinyan"]["party"] == "AM"
    gexf = networkx.read_gexf(io.BytesIO(ask("network/?format=gexf").body))
    assert (gexf.graph["mode"], len(gexf)) == ("dynamic", len(known["nodes"]))
    for *pair, edge in gexf.edges(data=True):
        assert edge["weight"] == events[tuple(sorted(pair))] == len(edge["spells"])
        days = [date.fromisoformat(day) for spell in edge["spells"] for day in spell]
        assert (edge["start"], edge["end"]) == (min(days).isoformat(), max(days).isoformat())
    together = gexf.edges["ilham-aliyev", "nikol-pashinyan"]
    assert together["spells"] == [
        ("2022-04-06", "2022-04-06"),
        ("2023-05-01", "2023-05-31"),
        ("2024-07-01", "2024-07-03"),
    ]
    assert table(ask("network/?format=csv"))[0]["source_name"]
    assert len(ask("network/?format=jsonl").text.splitlines()) == len(known["edges"])


def test_it_says_through_whom_pairs_met(ask, small_record):
    found = ask("network/").data
    assert all(sum(edge["tracks"].values()) == edge["events"] for edge in found["edges"])
    rows = table(ask("network/?format=csv"))
    assert [int(row["eu"]) for row in rows] == [edge["tracks"].get("eu", 0) for edge in found["edges"]]
    assert found["covered_until"] == ask("stats/").data["covered_until"]


@pytest.mark.parametrize("of", ["commissions", "events"])
def test_it_links_people_with_bodies_and_events(ask, small_record, of):
    an_event(
        slug="2025-01-01-border", date="2025-01-01", bodies=["border-delimitation-commissions"], sources=[a_source(9)]
    )
    found = ask(f"network/?of={of}").data
    types = {node["id"]: node["type"] for node in found["nodes"]}
    assert {frozenset((types[edge["source"]], types[edge["target"]])) for edge in found["edges"]} == {
        frozenset(("leader", of.removesuffix("s")))
    }
    gexf = networkx.read_gexf(io.BytesIO(ask(f"network/?of={of}&format=gexf").body))
    assert gexf.number_of_edges() == len(found["edges"])


def test_it_does_not_name_every_event_when_they_are_too_many(ask, small_record, monkeypatch):
    monkeypatch.setattr("peacetracker.api.answers.MOST_SPELLS", 2)
    answer = ask("network/?of=events")
    assert (answer.status, "narrow" in answer.data["detail"]) == (400, True)
    assert ask("network/?of=events&kind=call").status == 200
    monkeypatch.setattr("peacetracker.api.network.MOST_SPELLS", 2)
    gexf = networkx.read_gexf(io.BytesIO(ask("network/?format=gexf").body))
    assert all("spells" not in edge and edge["start"] for _a, _b, edge in gexf.edges(data=True))
