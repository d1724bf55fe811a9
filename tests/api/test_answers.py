"""Questions that are answered at once: who is meant, how many, when."""

from datetime import date

import pytest

from peacetracker.diplomacy.models import Leader, Office, Party, Tenure
from peacetracker.diplomacy.references import References


def a_tenure(key, leader, office, start, start_precision, end, end_precision):
    Tenure.objects.create(
        key=key, leader=leader, office=office, start=start, start_precision=start_precision, end=end,
        end_precision=end_precision, source=References().source("https://example.org/tenures"),
    )  # fmt: skip


@pytest.fixture
def handover(world):
    """An office that changed hands in May 2018, the predecessor's end known to the month alone."""
    armenia = Party.objects.get(code="AM")
    earlier = Leader.objects.create(slug="karen-karapetyan", name="Karen Karapetyan", party=armenia)
    office = Office.objects.get(slug="prime-minister-of-armenia")
    Office.objects.filter(pk=office.pk).update(single_holder=False)
    office.refresh_from_db()
    a_tenure("earlier", earlier, office, date(2018, 4, 23), "day", date(2018, 5, 1), "month")


@pytest.mark.parametrize("role", ["prime-minister", "Prime Minister", "prime-minister-of-armenia"])
def test_it_knows_who_held_an_office_on_a_day(ask, handover, role):
    found = ask(f"resolve/?role={role}&party=AM&date=2018-06-10").data
    assert found["leader"] == {"slug": "nikol-pashinyan", "name": "Nikol Pashinyan"}
    assert (found["office"]["slug"], found["certain"], found["others"]) == ("prime-minister-of-armenia", True, [])


def test_it_puts_the_certain_holder_before_the_possible_one(ask, handover):
    found = ask("resolve/?role=prime-minister&party=AM&date=2018-05-10").data
    assert (found["leader"]["slug"], found["certain"]) == ("nikol-pashinyan", True)
    assert [(one["leader"]["slug"], one["certain"]) for one in found["others"]] == [("karen-karapetyan", False)]


@pytest.mark.parametrize("query", ["role=king", "role=prime-minister&party=AZ", "role=prime-minister&date=1999-01-01"])
def test_it_says_what_is_known_where_nobody_is(ask, handover, query):
    answer = ask(f"resolve/?{query}")
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.data["known"]


@pytest.mark.parametrize(
    "name", ["Nikol Pashinyan", "Pashinyan", "PASHINYAN Nikol", "Пашинян", "Pashinyna", "Pasinyan", "nikol-pashinyan"]
)
def test_it_finds_a_person_by_any_spelling(ask, world, name):
    assert ask(f"resolve/?name={name}").data["leader"]["slug"] == "nikol-pashinyan"


@pytest.mark.parametrize("name", ["Napoleon", "xq", "…"])
def test_it_does_not_guess_at_a_name_unlike_any(ask, world, name):
    assert ask(f"resolve/?name={name}").status == 404


def test_it_says_whether_the_name_is_spelled_as_in_the_record(ask, world):
    assert ask("resolve/?name=Nikol Pashinyan").data["certain"] is True
    assert ask("resolve/?name=Pashinyna").data["certain"] is False


def test_it_counts_events_of_a_filter(ask, small_record):
    found = ask("stats/").data
    assert found["events"] == len(small_record) == sum(found["by_year"].values())
    assert found["by_kind"]["call"] == len(ask("calls/").data["results"])
    calls = ask("stats/?kind=call").data
    assert calls["by_kind"] == {"call": found["by_kind"]["call"]}
    assert found["covered_until"] == "2024-07-03"


def test_it_gives_the_timeline_what_it_draws(ask, small_record):
    found = ask("timeline/").data
    assert [mark["slug"] for mark in found["marks"]] == small_record[::-1]
    assert sum(month["events"] for month in found["months"]) == len(small_record)
    may = next(mark for mark in found["marks"] if mark["slug"] == "2023-05-meeting")
    assert (may["first"], may["last"]) == ("2023-05-01", "2023-05-31")


@pytest.mark.parametrize("address", ["events/?leader=nikol-pashinian", "positions/?leader=pashinyan"])
def test_a_slip_in_a_public_name_is_answered_with_the_names_most_like_it(ask, world, address):
    answer = ask(address)
    assert answer.status == 400
    assert answer.data["known"][0] == "nikol-pashinyan"
