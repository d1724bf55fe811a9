"""The page that ranks events by how much the sides' accounts differ."""

import csv
import io

import pytest
from django.core.cache import cache
from lxml import html

from peacetracker.diplomacy import record
from peacetracker.diplomacy.models import Account, AccountLine, Discrepancy, Party, Source
from peacetracker.diplomacy.record import Author
from tests.factories import a_source, an_event

pytestmark = pytest.mark.django_db
PATH = "/readouts/"
FILES = ("/readouts/ranking.json", "/readouts/ranking.csv")


def reported(slug, **voices):
    """An event with a page of each voice, whose readout was read whole. `voices`: code → subjects."""
    pages = [a_source(f"{slug}-{code}", side=code, published=f"2022-04-0{n}") for n, code in enumerate(voices, 7)]
    event = an_event(slug=slug, title=f"Talks {slug}", sources=pages)
    for code, subjects in voices.items():
        source = Source.objects.get(url=a_source(f"{slug}-{code}")["url"])
        account = Account.objects.create(
            key=f"{slug}{code}"[-16:], event=event, voice=Party.objects.get(code=code), source=source, complete=True
        )
        for n, subject in enumerate(subjects):
            AccountLine.objects.create(key=f"{n}{slug}{code}"[:16], account=account, subject=subject, text="it is said")
    return event


@pytest.fixture
def differing():
    """One event with a subject left out, one with three, one on which both sides say the same."""
    reported("one", AM=["peace-treaty"], AZ=["peace-treaty", "border-delimitation"])
    reported("three", AM=["peace-treaty"], EU=["border-delimitation", "next-step"])
    reported("none", AM=["peace-treaty"], AZ=["peace-treaty", "tone"])
    an_event(slug="alone", sources=[a_source("alone", side="AM")])


def test_it_puts_the_event_whose_accounts_differ_most_first(client, differing):
    answer = client.get(PATH)
    assert [row.ranked.event.slug for row in answer.context["ranked"]] == ["three", "one"]
    assert [event.slug for event in answer.context["rows"].events] == ["none"]
    assert (answer.context["shown"], answer.context["alike"]) == (3, 1)
    text = answer.content.decode()
    assert 'href="/events/three/#ro"' in text
    assert "Talks alone" not in text


def test_it_ranks_first_and_opens_what_each_side_said_below_its_event(client, differing, monkeypatch):
    monkeypatch.setattr("peacetracker.dashboard.views.readouts.FIRST", 1)
    page = html.fromstring(client.get(PATH).content)
    assert page.xpath("//ol[@class='ranking']//div[@id]/@id") == ["three", "one"]
    assert page.xpath("//details[@class='twin']//ol[@class='ranking']//div[@id]/@id") == ["one"]
    (first,) = page.xpath("//ol[@class='ranking']//details[@open]")
    assert "European Union leaves out 1" in first.xpath("string(summary)")
    assert [name.text for name in first.xpath(".//h3")] == ["Armenia", "Azerbaijan", "Others"]


def test_it_folds_all_but_the_first_subjects(client, differing, monkeypatch):
    whole = client.get(PATH).context
    assert not whole["subjects_below"]
    monkeypatch.setattr("peacetracker.dashboard.views.readouts.SUBJECTS", 1)
    folded = client.get(PATH).context
    assert [*folded["subjects"], *folded["subjects_below"]] == whole["subjects"]
    assert len(folded["subjects"]) == 1


def test_it_counts_a_contradiction_and_shows_both_versions(client, differing):
    event = reported("dates", AM=["peace-treaty"], AZ=["peace-treaty"])
    for n, (value, who) in enumerate((("2022-04-06", "Yerevan"), ("2022-04-07", "Baku"))):
        Discrepancy.objects.create(
            key=f"d{n}", event=event, field="date", value=value, according_to=who, source=Source.objects.first()
        )
    answer = client.get(PATH)
    assert next(r for r in answer.context["ranked"] if r.ranked.event == event).ranked.differences.count == 1
    assert "7 April 2022" in answer.content.decode()


def test_it_shows_subjects_by_who_leaves_them_out(client, differing):
    rows = {name: [cell.silence for cell in cells] for name, cells in client.get(PATH).context["subjects"]}
    armenia, azerbaijan, _others = rows["Border delimitation"]
    assert (armenia.named, armenia.left_out, azerbaijan.named) == (0, 2, 1)
    assert "Tone" not in rows


def test_it_narrows_the_ranking_and_the_subjects_by_the_filters_of_every_list(client, differing):
    answer = client.get(PATH, {"side": "EU"})
    assert [row.ranked.event.slug for row in answer.context["ranked"]] == ["three"]
    assert "Initiative" not in dict(answer.context["subjects"])
    assert client.get(PATH, {"sdie": "EU"}).status_code == 400


def test_a_frame_shows_the_ranking_and_the_subjects_of_the_same_filters(client, differing):
    framed = client.get("/embed/readouts/", {"side": "EU"})
    assert [row.ranked.event.slug for row in framed.context["ranked"]] == ["three"]
    assert "in 1 a difference is on record" in framed.content.decode()
    assert "Border delimitation" in dict(framed.context["subjects"])
    assert framed.context["canonical"].endswith("/readouts/?side=EU")


def test_it_gives_the_same_ranking_as_json_and_csv(client, differing):
    page = [row.ranked.event.slug for row in client.get(PATH).context["ranked"]]
    results = client.get(FILES[0]).json()["results"]
    assert [one["slug"] for one in results] == page
    assert results[0]["sides"][0] == {
        "side": "AM", "whole_readout": True, "names": ["Peace treaty"], "leaves_out": ["Border delimitation",
        "Next step"], "pages": 1, "first_page": "2022-04-07",
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(client.get(FILES[1], {"side": "EU"}).content.decode())))
    assert {row["slug"] for row in rows} == {"three"}
    assert {row["side"] for row in rows} == {"AM", "EU"}


def test_it_hands_no_formula_to_a_spreadsheet(client, differing):
    an_event(slug="one", title="=1+1", sources=[a_source(f"one-{code}", side=code) for code in ("AM", "AZ")])
    rows = list(csv.DictReader(io.StringIO(client.get(FILES[1]).content.decode())))
    assert "'=1+1" in {row["title"] for row in rows}


@pytest.mark.parametrize("path", [PATH, *FILES, f"{PATH}?kind=meeting&joint=true&side=AM"])
def test_it_answers_within_fifteen_queries_and_shows_no_withdrawn_event(
    client, differing, path, django_assert_max_num_queries
):
    gone = reported("gone", AM=["peace-treaty"], AZ=["border-delimitation"])
    record.withdraw_event(gone, reason="Taken back.", author=Author())
    cache.clear()
    with django_assert_max_num_queries(15):
        answer = client.get(path)
    assert answer.status_code == 200
    assert gone.title not in answer.content.decode()


def test_it_says_so_where_nothing_differs(client):
    an_event()
    assert "No difference between accounts is on record" in client.get(PATH).content.decode()
