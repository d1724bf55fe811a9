"""Pages of a past day, and the box that cites them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Body, Event, EventVersion, Leader, Proposal, Version
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


NOUNS = {"leaders": "nikol-pashinyan", "proposals": "five-principles-azerbaijan",
         "commissions": "border-delimitation-commissions"}  # fmt: skip


@pytest.fixture
def later_names(three_days):
    """On the third day each of the other nouns is called otherwise."""
    for noun, model, name in (("leader", Leader, "leaders"), ("proposal", Proposal, "proposals"),
                              ("body", Body, "commissions")):  # fmt: skip
        model.objects.filter(slug=NOUNS[name]).update(name=f"Renamed {noun}")
        writers.settle(noun, author=Author(reason="called otherwise"))


@pytest.mark.parametrize(("noun", "slug"), NOUNS.items())
def test_it_shows_other_nouns_as_they_were_recorded(later_names, client, noun, slug):
    page = client.get(f"/{noun}/{slug}/", {"as_of": SECOND})
    assert page.status_code == 200
    assert "Renamed" not in page.text
    assert "This is the record as it stood at the end of 6 January 2026" in page.text
    version = Version.objects.get(slug=slug, recorded_from__date=FIRST)
    assert version.sha256 in page.text
    assert f"/{noun}/{slug}/?as_of={SECOND}" in page.context["citation"]
    now = client.get(f"/{noun}/{slug}/")
    assert "Renamed" in now.text
    assert Version.objects.get(slug=slug, recorded_to=None).sha256 in now.text


@pytest.mark.parametrize(("noun", "slug"), NOUNS.items())
def test_it_refuses_a_day_before_the_first_on_their_pages_too(three_days, client, noun, slug):
    answer = client.get(f"/{noun}/{slug}/", {"as_of": "2026-01-04"})
    assert answer.status_code == 400
    assert "2026-01-05" in answer.text


def test_it_lists_on_a_persons_page_the_events_of_then(three_days, client):
    page = client.get("/leaders/ilham-aliyev/", {"as_of": FIRST}).text
    assert "As it was called" in page
    assert "As it was called" not in client.get("/leaders/ilham-aliyev/", {"as_of": THIRD}).text


def test_it_shows_a_person_who_was_withdrawn_later_as_of_then(three_days, client, monkeypatch):
    Event.objects.all().delete()
    writers.withdraw(Leader.objects.get(slug="charles-michel"), reason="Twice in the record.", author=Author())
    assert client.get("/leaders/charles-michel/").status_code == 410
    page = client.get("/leaders/charles-michel/", {"as_of": SECOND})
    assert "no longer part of the public record" in page.text
    assert client.get("/leaders/charles-michel/", {"as_of": THIRD}).status_code == 410


def test_it_leads_to_the_heir_of_a_record_that_did_not_stand_then(later_names, client):
    assert client.get("/leaders/nobody-at-all/", {"as_of": FIRST}).status_code == 404


def test_the_timeline_of_a_past_day_has_its_marks_and_its_rows(three_days, client):
    page = client.get("/timeline/", {"as_of": FIRST, "leader": "nikol-pashinyan"})
    assert "As it was called" in page.text
    assert "As recorded at the end of 5 January 2026" in page.text
    figure = client.get(page.context["figure_src"])
    assert three_days.slug in figure.text
    assert three_days.slug not in client.get("/timeline/figure.json", {"as_of": THIRD}).text
    assert client.get("/timeline/figure.json", {"as_of": "2026-01-04"}).status_code == 400
    assert client.get("/timeline/", {"as_of": "2026-01-04"}).status_code == 400


def test_a_past_list_is_cited_with_the_digest_that_the_api_gives(three_days, client):
    page = client.get("/events/", {"as_of": FIRST, "leader": "nikol-pashinyan"})
    told = client.get("/api/v1/events/", {"as_of": FIRST, "leader": "nikol-pashinyan", "format": "cite"}).text
    assert page.context["citation"] == told.strip()


def test_it_asks_few_questions_for_a_past_record(later_names, client, django_assert_max_num_queries):
    for noun, slug in NOUNS.items():
        with django_assert_max_num_queries(15):
            client.get(f"/{noun}/{slug}/", {"as_of": SECOND})
    with django_assert_max_num_queries(15):
        client.get("/timeline/", {"as_of": SECOND})
