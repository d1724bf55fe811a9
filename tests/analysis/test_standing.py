"""The sentence of the home page has its parts from the record."""

from datetime import date

import pytest

from peacetracker.analysis.silence import gauges
from peacetracker.analysis.standing import ahead_of, read_status, standing
from peacetracker.diplomacy.models import Proposal
from tests.factories import an_event


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("initialled 8 August 2025, not signed by 11 March 2026", ("8 August 2025", "11 March 2026")),
        ("signed 1 May 2027", (None, None)),
    ],
)
def test_it_takes_the_usual_status_apart_and_leaves_another_whole(status, expected):
    read = read_status(Proposal(status=status))
    assert (read.initialled_on, read.unsigned_by) == expected


@pytest.mark.django_db
def test_it_names_who_mediated_the_last_meeting():
    an_event()
    now = standing(date(2022, 4, 10), gauges(date(2022, 4, 10)), [])
    assert (now.leaders.days, now.leaders.mediators, now.leaders.is_call) == (4, ("European Union",), False)
    assert now.ministers is None


@pytest.mark.django_db
def test_it_calls_scheduled_only_what_lies_after_the_records_end():
    an_event(slug="2022-06-01-planned", date="2022-06-01", status="scheduled")
    assert [event.slug for event in ahead_of(date(2022, 5, 31))] == ["2022-06-01-planned"]
    assert ahead_of(date(2022, 6, 1)) == []
