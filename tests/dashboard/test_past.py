"""Pages of a past day, and the box that cites them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import EventVersion
from peacetracker.diplomacy.record import Author
from tests.factories import a_source, a_world, event_row

FIRST = date(2026, 1, 5)
SECOND, THIRD = FIRST + timedelta(days=1), FIRST + timedelta(days=2)


@pytest.fixture
def three_days(db, monkeypatch):
    """Recorded on the first day, corrected on the second, withdrawn on the third; another one stays."""
    moment = [datetime(2026, 1, 5, 8, tzinfo=UTC)]
    monkeypatch.setattr(Author, "at", lambda _author: moment[0])
    a_world()
    event = writers.write_event(event_row(title="As it was called"), author=Author())
    writers.write_event(
        event_row(slug="2022-05-22-other", date="2022-05-22", kind="call", sources=[a_source(2)]), author=Author()
    )
    moment[0] += timedelta(days=1)
    writers.write_event(event_row(title="As it was corrected"), author=Author(reason="corrected"))
    moment[0] += timedelta(days=1)
    writers.withdraw_event(event, reason="Taken back.", author=Author())
    return event


def test_it_shows_an_event_as_it_was_recorded_on_a_day(three_days, client):
    address = f"/events/{three_days.slug}/"
    assert "As it was called" in client.get(address, {"as_of": FIRST}).text
    page = client.get(address, {"as_of": SECOND}).text
    assert "As it was corrected" in page
    assert "no longer part of the public record" in page
    assert 'name="robots" content="noindex"' in page
    assert client.get(address, {"as_of": THIRD}).status_code == 410
    assert client.get(address).status_code == 410


def test_it_lists_what_was_recorded_on_a_day(three_days, client):
    first, second, third = (client.get("/events/", {"as_of": day}).text for day in (FIRST, SECOND, THIRD))
    assert "As it was called" in first
    assert "As it was corrected" in second
    assert three_days.slug not in third
    assert "2022-05-22-other" in third
    assert three_days.slug not in client.get("/calls/", {"as_of": FIRST}).text
    assert three_days.slug in client.get("/meetings/", {"as_of": FIRST, "leader": "nikol-pashinyan"}).text


@pytest.mark.parametrize("address", ["/events/", "/events/2022-05-22-other/", "/calls/"])
@pytest.mark.parametrize("value", ["2026-01-04", "2999-01-01", "soon"])
def test_it_refuses_a_day_without_a_record_and_names_the_first(three_days, client, address, value):
    answer = client.get(address, {"as_of": value})
    assert answer.status_code == 400
    assert "2026-01-05" in answer.text


def test_it_pages_through_a_past_list(three_days, client, monkeypatch):
    monkeypatch.setattr("peacetracker.dashboard.views.past.ROWS", 1)
    page = client.get("/events/", {"as_of": FIRST})
    assert "2022-05-22-other/?as_of" in page.text
    assert three_days.slug not in page.text
    assert f"{three_days.slug}/?as_of" in client.get(page.context["following"]).text


def test_it_cites_an_event_with_day_digest_and_files(three_days, client):
    current = EventVersion.objects.get(event__slug="2022-05-22-other", recorded_to=None)
    page = client.get("/events/2022-05-22-other/").text
    assert current.sha256 in page
    assert f"/events/2022-05-22-other/?as_of={FIRST}" in page
    assert f"/api/v1/events/2022-05-22-other/?format=bibtex&amp;as_of={FIRST}" in page
    assert client.get(f"/api/v1/events/2022-05-22-other/?format=bibtex&as_of={FIRST}").status_code == 200


def test_it_asks_few_questions_of_the_database(three_days, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        client.get("/events/", {"as_of": FIRST, "leader": "nikol-pashinyan"})
    with django_assert_max_num_queries(15):
        client.get("/events/2022-05-22-other/", {"as_of": FIRST})
