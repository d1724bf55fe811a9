"""What changed in a record, version by version and between any two days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from peacetracker.core.rewording import pieces
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Leader
from peacetracker.diplomacy.record import Author
from tests.factories import a_source, a_world, event_row

FIRST = date(2026, 1, 5)
DAYS = [FIRST + timedelta(days=n) for n in range(5)]


@pytest.fixture
def rewritten(db, monkeypatch):
    """An event of the first day, corrected on the second and third, withdrawn on the fourth, back on the fifth."""
    moment = [datetime(2026, 1, 5, 8, tzinfo=UTC)]
    monkeypatch.setattr(Author, "at", lambda _author: moment[0])
    a_world()
    event = writers.write_event(event_row(summary="They met for two hours in Brussels."), author=Author())
    moment[0] += timedelta(days=1)
    writers.write_event(
        event_row(summary="They met for four hours in Brussels."), author=Author(reason="The readout says four.")
    )
    Leader.objects.filter(slug="vladimir-putin").update(name="Vladimir V. Putin")
    writers.settle("leader", author=Author(reason="Spelled out."))
    moment[0] += timedelta(days=1)
    writers.write_event(
        event_row(summary="They met for four hours in Brussels.", sources=[a_source(), a_source(2)]), author=Author()
    )
    moment[0] += timedelta(days=1)
    writers.withdraw_event(event, reason="To be checked.", author=Author())
    moment[0] += timedelta(days=1)
    event.refresh_from_db()
    writers.restore_event(event, author=Author())
    return event


def test_it_tells_every_version_with_the_words_that_changed(rewritten, client):
    page = client.get(f"/events/{rewritten.slug}/history/").text
    assert "<del>two</del>" in page
    assert "<ins>four</ins>" in page
    assert "The readout says four." in page
    assert "First version." in page


def test_it_compares_two_days(rewritten, client):
    page = client.get(f"/events/{rewritten.slug}/history/", {"from": DAYS[0], "to": DAYS[2]})
    assert {one.field for one in page.context["compared"].changes} == {"Summary", "Sources"}
    assert f"?as_of={DAYS[0]}" in page.text
    assert page.context["compared"].before.sha256 in page.text
    alike = client.get(f"/events/{rewritten.slug}/history/", {"from": DAYS[2], "to": DAYS[4]})
    assert "Nothing differs between these two days." in alike.text


def test_the_order_of_the_days_does_not_matter(rewritten, client):
    one = client.get(f"/events/{rewritten.slug}/history/", {"from": DAYS[2], "to": DAYS[0]}).context["compared"]
    assert (one.earlier, one.later) == (DAYS[0], DAYS[2])


def test_it_says_that_the_record_was_not_public_on_a_day(rewritten, client):
    page = client.get(f"/events/{rewritten.slug}/history/", {"from": DAYS[0], "to": DAYS[3]}).text
    assert "Not part of the public record at the end of 8 January 2026." in page


@pytest.mark.parametrize(("from_", "to"), [("2026-01-04", "2026-01-06"), ("2026-01-06", "soon"), ("9999-01-01", "")])
def test_it_refuses_what_is_no_day_of_the_record_and_names_the_first(rewritten, client, from_, to):
    answer = client.get(f"/events/{rewritten.slug}/history/", {"from": from_, "to": to})
    assert answer.status_code == 400
    assert "2026-01-05" in answer.text


def test_other_nouns_have_a_history_that_their_pages_lead_to(rewritten, client):
    page = client.get("/leaders/vladimir-putin/").text
    assert "/leaders/vladimir-putin/history/" in page
    told = client.get("/leaders/vladimir-putin/history/").text
    assert "V." in told.split("<ins>")[1].split("</ins>")[0]
    assert "Spelled out." in told
    for noun, slug in (("proposals", "five-principles-azerbaijan"), ("commissions", "border-delimitation-commissions")):
        assert f"/{noun}/{slug}/history/" in client.get(f"/{noun}/{slug}/").text
        assert client.get(f"/{noun}/{slug}/history/").status_code == 200


def test_texts_that_have_little_in_common_are_shown_whole():
    before, after = pieces("A call between two ministers", "Negotiations broke off")
    assert [one.changed for one in (*before, *after)] == [True, True]
    assert pieces("", "New") == ([], pieces("", "New")[1])
