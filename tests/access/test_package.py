"""The data package: whole, valid, the same to the byte."""

import csv
import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from django.core.management import CommandError, call_command
from frictionless import Package

from peacetracker.access.packaging import write_package, write_sums
from peacetracker.access.tabulating import all_tables
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.record import Author
from tests.access.conftest import write
from tests.factories import a_source


@pytest.fixture
def package(record, tmp_path):
    write_package(tmp_path / "package", moment=record.now + timedelta(seconds=1))
    write_sums(tmp_path / "package")
    return tmp_path / "package"


def rows(package, name):
    with (package / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(package, name):
    return [json.loads(line) for line in (package / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def contents(directory):
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in Path(directory).rglob("*")
        if path.is_file()
    }


def test_it_is_a_valid_data_package(package):
    report = Package(str(package / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "note"])
    assert sum(task.type == "table" for task in report.tasks) == len(list((package / "csv").iterdir()))


def test_it_has_every_noun_and_relation_as_table_and_lines(package):
    for table in all_tables({}):
        assert len(rows(package, table.name)) == len(lines(package, table.name))
    for noun in ("events", "leaders", "offices", "proposals", "positions", "commitments", "publishers", "sources"):
        assert rows(package, noun)
    people = [row for row in rows(package, "event_participants") if row["event"] == "2022-04-06-brussels"]
    assert [(row["n"], row["leader_slug"], row["role"]) for row in people] == [
        ("1", "charles-michel", "mediator"), ("2", "ilham-aliyev", "participant"),
        ("3", "nikol-pashinyan", "participant"),
    ]  # fmt: skip
    topics = [row for row in rows(package, "event_topics") if row["event"] == "2022-04-06-brussels"]
    assert [(row["value"], row["name"]) for row in topics] == [
        ("peace-treaty", "Peace treaty"), ("border-delimitation", "Border delimitation"),
    ]  # fmt: skip


def test_it_guards_cells_but_not_lines_against_formulas(package):
    assert rows(package, "event_outcomes")[0]["value"] == "'=They agree"
    assert lines(package, "event_outcomes")[0]["value"] == "=They agree"


def test_it_gives_events_as_the_api_does(package, client):
    listed = client.get("/api/v1/events/?ordering=date").json()["results"]
    assert lines(package, "events") == listed


def test_it_can_be_checked_by_its_sums(package):
    listed = [line.split("  ") for line in (package / "SHA256SUMS").read_text().splitlines()]
    assert {path for _sha, path in listed} == contents(package).keys() - {"SHA256SUMS"}
    for sha, path in listed:
        assert hashlib.sha256((package / path).read_bytes()).hexdigest() == sha


def test_it_explains_every_column_and_closed_list(package):
    book = json.loads((package / "codebook.json").read_text(encoding="utf-8"))
    for table in book:
        with (package / "csv" / f"{table['table']}.csv").open(encoding="utf-8", newline="") as file:
            assert [column["name"] for column in table["columns"]] == next(csv.reader(file))
        assert all(column["meaning"] for column in table["columns"]), table["table"]
    kinds = next(column for column in book[0]["columns"] if column["name"] == "kind")
    assert kinds["values"]["call"] == "Call"
    text = (package / "codebook.md").read_text(encoding="utf-8")
    assert all(f"## {table['table']}\n" in text for table in book)


def test_it_draws_the_network_of_held_contacts(package):
    people = networkx.read_graphml(package / "network-leaders.graphml")
    held = Event.objects.public().held().filter(kind="meeting").count()
    assert people.edges["ilham-aliyev", "nikol-pashinyan"]["weight"] == held
    parties = ElementTree.parse(package / "network-parties.gexf").getroot()
    edge = parties.find(".//{*}edge[@id='AM--AZ']")
    spells = [(spell.get("start"), spell.get("end")) for spell in edge.findall(".//{*}spell")]
    assert ("2023-05-01", "2023-05-31") in spells
    assert len(spells) == int(edge.get("weight")) == held


def test_it_is_the_same_to_the_byte_whenever_it_is_made(record, tmp_path):
    moment = record.now + timedelta(seconds=1)
    write_package(tmp_path / "one", moment=moment)
    record.pass_days(3)
    write(title="Renamed later")
    write(slug="2025-01-01-later", date="2025-01-01", sources=[a_source(9)])
    writers.withdraw_event(Event.objects.get(slug="2024-07-01-talks"), reason="Taken back.", author=Author())
    write_package(tmp_path / "two", moment=moment)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_it_does_not_depend_on_the_language_of_whoever_makes_it(record, tmp_path, settings):
    moment = record.now + timedelta(seconds=1)
    write_package(tmp_path / "one", moment=moment)
    settings.LANGUAGE_CODE = "ru"
    write_package(tmp_path / "two", moment=moment)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_it_exports_by_command_the_present_and_a_past_day(record, tmp_path, capsys):
    day = record.now.date()
    call_command("export_record", str(tmp_path / "then"), as_of=f"{day}")
    call_command("export_record", str(tmp_path / "now"))
    then, now = contents(tmp_path / "then"), contents(tmp_path / "now")
    assert then == now
    assert str(date(2024, 7, 1)) in capsys.readouterr().out
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_record", str(tmp_path / "now"))
    with pytest.raises(CommandError, match="2026-01-05"):
        call_command("export_record", str(tmp_path / "never"), as_of="2001-01-01")


def test_it_holds_nothing_of_what_is_withdrawn(record, tmp_path):
    gone = write(slug="secret", title="Zanzibar", summary="Zanzibar", sources=[a_source("Zanzibar")])
    writers.withdraw_event(gone, reason="Taken back.", author=Author())
    write_package(tmp_path / "package", moment=record.now + timedelta(seconds=1))
    assert not [name for name, content in contents(tmp_path / "package").items() if b"zanzibar" in content.lower()]
