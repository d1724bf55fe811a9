"""Releases: made when due, kept for ever, read without a login."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from peacetracker.access import tasks
from peacetracker.access.models import Release
from peacetracker.access.releasing import directory_of, is_due, make_release, next_version, write_release
from peacetracker.diplomacy import merging
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.record import Author
from tests.access.conftest import START, write
from tests.access.test_package import contents
from tests.factories import a_source


def release(clock):
    return make_release(now=clock.tick() + timedelta(microseconds=1))


@pytest.fixture
def first(record, releases_dir):
    return release(record)


@pytest.fixture
def second(first, record):
    """A week later: one event added, one corrected, one withdrawn, one merged, one renamed."""
    record.pass_days(7)
    write(slug="2025-01-01-new", date="2025-01-01", sources=[a_source(7)])
    write(slug="2023-05-meeting", date="2023-05-01", title="Corrected", sources=[a_source(2)])
    twin = write(slug="twin", sources=[a_source(8)])
    merging.merge(twin, Event.objects.get(slug="2022-04-06-brussels"), reason="The same.", author=Author())
    writers.withdraw_event(Event.objects.get(slug="2024-07-01-talks"), reason="Taken back.", author=Author())
    return release(record)


def test_it_numbers_releases_by_month(first, second):
    assert (first.version, second.version) == ("2026.1.0", "2026.1.1")
    assert next_version(START.replace(month=2)) == "2026.2.0"


def test_it_lays_the_files_under_the_version(first, releases_dir):
    directory = directory_of(first)
    assert directory == releases_dir / "2026.1.0"
    assert [path.name for path in releases_dir.iterdir()] == ["2026.1.0"]
    assert {file["path"] for file in first.files} == contents(directory).keys()
    assert json.loads((directory / "datapackage.json").read_text())["version"] == "2026.1.0"


def test_it_tells_what_changed_since_the_last_one(second):
    directory = directory_of(second)
    changes = {
        line["name"]: line
        for line in map(json.loads, (directory / "delta.jsonl").read_text(encoding="utf-8").splitlines())
        if line["noun"] == "event"
    }
    assert {name: line["change"] for name, line in changes.items()} == {
        "2025-01-01-new": "added", "2023-05-meeting": "corrected", "2024-07-01-talks": "withdrawn",
        "2022-04-06-brussels": "corrected",
    }  # fmt: skip
    assert changes["2024-07-01-talks"]["reason"] == "Taken back."
    assert changes["2023-05-meeting"]["document"]["title"] == "Corrected"
    assert second.changes["since"] == "2026.1.0"
    assert "## Events withdrawn" in (directory / "CHANGES.md").read_text(encoding="utf-8")


def test_it_tells_of_a_merged_and_of_a_renamed_event(second, record):
    record.pass_days(7)
    heir = Event.objects.get(slug="2023-05-meeting")
    merged = Event.objects.get(slug="2025-01-01-new")
    merging.merge(merged, heir, reason="The same after all.", author=Author())
    writers.rename_event(heir, "2023-05-02-meeting", author=Author())
    text = (directory_of(release(record)) / "delta.jsonl").read_text(encoding="utf-8")
    changes = {line["name"]: line for line in map(json.loads, text.splitlines()) if line["noun"] == "event"}
    assert (changes["2025-01-01-new"]["change"], changes["2025-01-01-new"]["heir"]) == ("merged", "2023-05-02-meeting")
    assert changes["2023-05-02-meeting"]["was"] == "2023-05-meeting"


def test_it_can_be_made_again_from_the_versions(first, second, tmp_path):
    for kept, last in ((first, None), (second, first)):
        again = Release(version=kept.version, made_at=kept.made_at, covered_until=kept.covered_until)
        (tmp_path / kept.version).mkdir()
        write_release(tmp_path / kept.version, again, last)
        assert contents(tmp_path / kept.version) == contents(directory_of(kept))
        assert again.sha256 == kept.sha256


def test_it_holds_what_the_api_says_of_its_day(first, second, client):
    day = first.made_at.date()
    answer = client.get(f"/api/v1/events/?ordering=date&as_of={day}").json()["results"]
    lines = (directory_of(first) / "jsonl" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == answer


def test_it_makes_none_without_a_change(first, record):
    record.pass_days(30)
    assert not is_due(record.now)
    assert make_release(now=record.now) is None
    assert Release.objects.count() == 1


def test_it_is_due_a_week_after_the_last_if_something_changed(first, record):
    write(title="Mended")
    assert not is_due(record.now + timedelta(days=6))
    assert is_due(record.now + timedelta(days=7))


def test_it_makes_none_of_an_empty_record(db, releases_dir):
    assert make_release() is None
    assert not is_due(START)


def test_it_is_made_by_the_scheduler(record, releases_dir):
    tasks.release.run()
    tasks.release.run()
    assert Release.objects.count() == 1


def test_it_is_made_by_command(record, releases_dir, capsys):
    call_command("make_release", note="The first.")
    assert Release.objects.get().note == "The first."
    call_command("make_release")
    assert "Nothing has changed" in capsys.readouterr().out


def test_it_leaves_nothing_behind_when_it_fails(record, releases_dir, monkeypatch):
    def broken(*_args, **_options):
        raise OSError("no space left")

    monkeypatch.setattr("peacetracker.access.releasing.write_sums", broken)
    with pytest.raises(OSError, match="no space"):
        release(record)
    assert list(releases_dir.iterdir()) == []
    assert not Release.objects.exists()


def test_it_lists_releases_and_files_on_pages(second, client):
    page = client.get("/data/releases/")
    assert second.version in page.text
    page = client.get(f"/data/releases/{second.version}/")
    for file in second.files:
        assert file["path"] in page.text
        assert file["sha256"] in page.text
    assert client.get("/ru/data/releases/").status_code == 200
    assert client.get("/data/releases/1999.1.0/").status_code == 404


def test_it_serves_every_file_for_ever(first, client):
    for file in first.files:
        answer = client.get(f"/data/releases/{first.version}/{file['path']}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(b"".join(answer.streaming_content)) == file["bytes"]


@pytest.mark.parametrize(
    "path", ["../../settings.py", "..%2fsecret_key", "%2e%2e/secret_key", "csv/../SHA256SUMS", "csv", "/etc/passwd"]
)
def test_it_serves_nothing_else(first, client, releases_dir, path):
    (releases_dir / "secret_key").write_text("secret")
    assert client.get(f"/data/releases/{first.version}/{path}").status_code in (301, 404)
    assert client.get(f"/data/releases/..%2f{first.version}/SHA256SUMS").status_code == 404


def test_it_tells_programs_of_releases(first, second, client):
    listed = client.get("/api/v1/releases/").json()["results"]
    assert [one["version"] for one in listed] == [second.version, first.version]
    one = client.get(f"/api/v1/releases/{first.version}/").json()
    assert one == listed[1]
    assert one["sha256"] == first.sha256
    path = one["files"][0]["url"].removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    missing = client.get("/api/v1/releases/2020.1.0/")
    assert (missing.status_code, missing.json()["known"]) == (404, [second.version, first.version])
    assert client.get("/api/v1/releases/?page=2").status_code == 400
