"""What is cited can be looked up again, and checked."""

import hashlib
import re

import pytest

from peacetracker.api.citations import CITATIONS
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import EventVersion
from peacetracker.diplomacy.record import Author
from tests.factories import event_row


def version(slug):
    return EventVersion.objects.get(event__slug=slug, recorded_to=None)


@pytest.mark.parametrize("form", CITATIONS)
def test_it_cites_an_event_with_day_and_digest(ask, small_record, form):
    current = version("2022-04-06-brussels")
    answer = ask(f"events/2022-04-06-brussels/?format={form}")
    assert answer.status == 200
    assert current.sha256 in answer.text
    assert f"/events/2022-04-06-brussels/?as_of={current.recorded_from.date()}" in answer.text


def test_it_gives_citations_as_files_that_programs_know(ask, small_record):
    for form, kind, ending in (
        ("bibtex", "application/x-bibtex", "bib"),
        ("ris", "application/x-research-info-systems", "ris"),
        ("csl", "application/vnd.citationstyles.csl+json", "json"),
    ):
        answer = ask(f"events/2022-04-06-brussels/?format={form}")
        assert answer.headers["Content-Type"].startswith(kind)
        assert f'.{ending}"' in answer.headers["Content-Disposition"]
    assert ask("events/2022-04-06-brussels/?format=csl").data[0]["title"] == "Leaders meet in Brussels"


def test_it_cites_the_version_of_the_day_that_was_asked_for(ask, small_record):
    was = version("2022-04-06-brussels")
    day = was.recorded_from.date()
    EventVersion.objects.filter(pk=was.pk).update(recorded_from=was.recorded_from.replace(year=2025))
    writers.write_event(event_row(title="Mended"), author=Author())
    then = ask(f"events/2022-04-06-brussels/?format=cite&as_of={day.replace(year=2025)}").text
    now = ask("events/2022-04-06-brussels/?format=cite").text
    assert was.sha256 in then
    assert "Leaders meet in Brussels" in then
    assert version("2022-04-06-brussels").sha256 in now


def test_it_cites_a_view_by_the_digests_of_what_it_shows(ask, small_record):
    text = ask("calls/?format=cite&leader=vladimir-putin").text
    slugs = sorted(one["slug"] for one in ask("calls/?leader=vladimir-putin").data["results"])
    expected = hashlib.sha256("".join(f"{version(slug).sha256}  {slug}\n" for slug in slugs).encode()).hexdigest()
    assert expected in text
    assert "kind: call; leader: vladimir-putin" in text
    today = re.search(r"as_of=(\S+)", text)[1]
    again = ask(f"calls/?format=cite&leader=vladimir-putin&as_of={today}").text
    assert again == text


def test_it_cites_the_whole_record(ask, small_record):
    item = ask("events/?format=csl").data[0]
    assert (item["type"], item["title"]) == ("dataset", "A record of the Armenia–Azerbaijan peace process")


def test_it_takes_no_citation_for_what_a_program_wants(ask, small_record):
    answer = ask("events/", accept="text/plain, */*;q=0.5")
    assert answer.headers["Content-Type"] == "application/json"


def test_it_cites_nothing_that_is_gone(ask, small_record):
    assert ask("events/2022-01-01-gone/?format=bibtex").status == 410
