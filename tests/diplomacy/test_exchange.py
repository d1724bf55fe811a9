import json
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from peacetracker.core.cache import data_version
from peacetracker.diplomacy import exchange, merging, record
from peacetracker.diplomacy.models import Commitment, Event, EventVersion, Leader, Place, Position, Publisher, Source
from peacetracker.diplomacy.record import Author

pytestmark = pytest.mark.django_db

DATA = Path(settings.DATA_DIR)


@cache
def a_month() -> dict[str, list]:
    """The rows of every file, cut to the events of April 2022 and what they name, so that they load at once."""
    rows = {noun: read(DATA, noun) for noun in exchange.DUMPS}
    rows["events"] = [row for row in rows["events"] if row["date"].startswith("2022-04")]
    slugs = {row["slug"] for row in rows["events"]}
    for noun in ("accounts", "announcements"):
        rows[noun] = [row for row in rows[noun] if row["event"] in slugs]
    rows["commitments"] = [
        row for row in rows["commitments"] if row["event"] in slugs and row["resolved_by_event"] in (None, *slugs)
    ]
    rows["discrepancies"] = [row for row in rows["discrepancies"] if row["event"] in (None, *slugs)]
    rows["positions"] = rows["positions"][:10]
    named = ("people", "tenures", "offices", "publishers")
    told = json.dumps([rows[noun] for noun in rows if noun not in named], ensure_ascii=False)
    rows["people"] = [row for row in rows["people"] if f'"{row["slug"]}' in told]  # also of a tenure, "person/office"
    people = {row["slug"] for row in rows["people"]}
    rows["tenures"] = [row for row in rows["tenures"] if row["person"] in people]
    offices = {row["office"] for row in rows["tenures"]}
    rows["offices"] = [row for row in rows["offices"] if row["slug"] in offices or f'"{row["slug"]}"' in told]
    rows["publishers"] = [row for row in rows["publishers"] if row["domain"] in told]
    return rows


@pytest.fixture
def files(tmp_path) -> Path:
    """A small record of its own."""
    for noun, lines in a_month().items():
        write(tmp_path, noun, lines)
    return tmp_path


def write(directory, noun, rows):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (directory / f"{noun}.jsonl").write_text(text, encoding="utf-8")


def read(directory, noun):
    return [json.loads(line) for line in (directory / f"{noun}.jsonl").open(encoding="utf-8")]


def change(directory, noun, number, **fields):
    rows = read(directory, noun)
    rows[number] |= fields
    write(directory, noun, rows)
    return rows[number]


def test_it_loads_dumps_and_loads_the_real_record_without_a_change(tmp_path):
    exchange.load(DATA)
    call_command("dump_record", tmp_path, verbosity=0)
    for noun in exchange.DUMPS:
        assert (tmp_path / f"{noun}.jsonl").read_bytes() == (DATA / f"{noun}.jsonl").read_bytes(), noun
    before = (data_version(), EventVersion.objects.count())
    assert exchange.load(tmp_path).changed == 0
    assert (data_version(), EventVersion.objects.count()) == before
    assert EventVersion.objects.filter(recorded_to=None).count() == Event.objects.public().count()


def test_it_loads_only_when_the_files_have_changed(files, capsys):
    exchange.load(files)
    call_command("load_record", files, if_changed=True)
    assert "up to date" in capsys.readouterr().out
    change(files, "events", 0, title="Another title")
    call_command("load_record", files, if_changed=True)
    assert "1 changed" in capsys.readouterr().out
    assert Event.objects.filter(title="Another title").exists()


@pytest.mark.parametrize(
    ("noun", "fields", "problem"),
    [
        ("events", {"kind": "parley"}, "kind: “parley” is not one of"),
        ("events", {"date": "2022-02-30"}, "date: “2022-02-30” is not a date"),
        ("events", {"sources": []}, "needs at least one"),
        ("events", {"place": "atlantis"}, "no place “atlantis”"),
        ("events", {"surprise": 1}, "“surprise” is not known"),
        ("people", {"slug": "Not A Slug"}, "is not a slug"),
        ("positions", {"stance": "maybe"}, "stance"),
        ("positions", {"proposal": "five-principles-azerbaijan", "point": 99}, "no point 99"),
        ("bodies", {"part_of": "nowhere"}, "no body “nowhere”"),
    ],
)
def test_it_names_a_bad_line_and_loads_nothing(files, noun, fields, problem):
    change(files, noun, 1, **fields)
    with pytest.raises(CommandError, match=problem) as error:
        call_command("load_record", files)
    assert f"{noun}.jsonl, line" in str(error.value)
    assert not Leader.objects.exists()


def test_it_names_a_line_that_is_not_json(files):
    path = files / "places.jsonl"
    path.write_text(path.read_text().replace("\n", "\n{broken\n", 1))
    with pytest.raises(CommandError, match=r"places\.jsonl, line 2"):
        call_command("load_record", files)


def test_it_names_a_missing_file(files):
    (files / "topics.jsonl").unlink()
    with pytest.raises(CommandError, match=r"topics\.jsonl is missing"):
        call_command("load_record", files)


def test_it_never_overwrites_what_an_editor_changed(files):
    exchange.load(files)
    row = read(files, "events")[0]
    record.write_event({**row, "title": "The editor's title"}, author=Author())
    assert exchange.load(files).conflicts == []
    change(files, "events", 0, title="The file's title")
    report = exchange.load(files)
    assert [line for line in report.conflicts if row["slug"] in line]
    assert Event.objects.get(slug=row["slug"]).title == "The editor's title"


def test_it_leaves_a_withdrawn_event_withdrawn(files):
    exchange.load(files)
    event = Event.objects.first()
    record.withdraw_event(event, reason="Doubtful.", author=Author())
    change(files, "events", [row["slug"] for row in read(files, "events")].index(event.slug), title="New title")
    assert any(event.slug in line for line in exchange.load(files).kept)
    assert not Event.objects.public().filter(pk=event.pk).exists()


def test_it_keeps_the_ids_of_positions_when_their_wording_changes(files):
    exchange.load(files)
    keys = set(Position.objects.values_list("key", flat=True))
    change(files, "positions", 0, summary="Said otherwise.")
    assert exchange.load(files).updated == {"positions": 1}
    assert set(Position.objects.values_list("key", flat=True)) == keys


def test_it_rebuilds_the_documents_that_show_a_changed_name(files):
    exchange.load(files)
    number = [row["slug"] for row in read(files, "people")].index("nikol-pashinyan")
    change(files, "people", number, name="Nikol V. Pashinyan")
    exchange.load(files)
    shown = EventVersion.objects.filter(recorded_to=None, document__contains="Nikol V. Pashinyan")
    assert shown.count() == Event.objects.filter(participations__leader__slug="nikol-pashinyan").count() > 0


def test_it_gives_each_page_its_publisher_whatever_was_loaded_first(files):
    exchange.load(files)
    known = set(Publisher.objects.values_list("domain", flat=True))
    assert known
    for source in Source.objects.select_related("publisher"):
        host = urlsplit(source.url).hostname.lower().strip(".")
        theirs = {domain for domain in known if host == domain or host.endswith(f".{domain}")}
        assert (source.publisher and source.publisher.domain) == max(theirs, key=len, default=None)


def test_a_row_that_names_what_was_merged_follows_to_the_heir(files):
    """A new row, even one that names both: nothing hangs on the merged record again, and it is loaded once."""
    exchange.load(files)
    old, heir = Leader.objects.get(slug="zbigniew-rau"), Leader.objects.get(slug="ararat-mirzoyan")
    places = Place.objects.get(slug="brussels"), Place.objects.get(slug="moscow")
    events = list(Event.objects.public().order_by("slug")[:2])
    for one, into in ((old, heir), places, events):
        merging.merge(one, into, reason="One of two.", author=Author())
    row = read(files, "events")[0] | {
        "slug": "2022-04-30-new", "place": "brussels",
        "participants": [
            {"person": "ararat-mirzoyan", "role": "participant"}, {"person": "zbigniew-rau", "role": "host"},
        ],
    }  # fmt: skip
    write(files, "events", [*read(files, "events"), row])
    promise = read(files, "commitments")[0] | {"slug": "to-meet-again", "event": events[0].slug}
    write(files, "commitments", [*read(files, "commitments"), promise])
    exchange.load(files)
    made = Event.objects.get(slug="2022-04-30-new")
    assert made.place.slug == "moscow"
    assert list(made.participations.values_list("leader__slug", "role")) == [("ararat-mirzoyan", "host")]
    assert Commitment.objects.get(slug="to-meet-again").event == events[1]
    assert not old.participations.exists()
    again = exchange.load(files)
    assert (again.changed, again.conflicts) == (0, [])
