"""Marks, lanes and facets."""

from datetime import date

import pytest
from django.http import QueryDict

from peacetracker.analysis.facets import facets
from peacetracker.analysis.timeline import density, lane_of, marks, monthly, months, surname
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import Event
from tests.factories import a_withdrawn_event, an_event


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Ursula von der Leyen", "von der Leyen"), ("Nikol Pashinyan", "Pashinyan"), ("Erdoğan", "Erdoğan")],
)
def test_it_keeps_the_particles_of_a_family_name(name, expected):
    assert surname(name) == expected


def test_it_gives_kinds_without_a_track_a_lane_of_their_own():
    assert (lane_of("statement", None), lane_of("incident", None), lane_of("call", "eu")) == (
        "statements", "ground", "eu",
    )  # fmt: skip


@pytest.mark.django_db
def test_it_draws_a_month_as_wide_as_it_may_mean():
    an_event(date="2022-04-01", date_precision="month")
    (mark,) = marks(Event.objects.public())
    assert (mark.first, mark.last, mark.is_band) == (date(2022, 4, 1), date(2022, 4, 30), True)
    assert mark.who == ("Charles Michel", "Ilham Aliyev", "Nikol Pashinyan")


@pytest.mark.django_db
def test_it_counts_empty_months_and_cells_alike():
    an_event()
    an_event(slug="2022-06-01-later", date="2022-06-01")
    for question in ("", "leader=nikol-pashinyan&after=2022"):  # stored, and counted
        asked = read_filter(QueryDict(question))
        assert [month.count for month in months(asked)] == [1, 0, 1]
        assert sum(cell.count for cell in density(monthly(asked))) == 2


@pytest.mark.django_db
def test_it_counts_each_facet_with_the_other_choices_kept():
    an_event()
    an_event(slug="2022-06-01-call", date="2022-06-01", kind="call", place=None)
    a_withdrawn_event(slug="2022-07-01-gone", date="2022-07-01")
    counted = facets(read_filter(QueryDict("kind=call")))
    options = {facet.name: {option.value: option.count for option in facet.options} for facet in counted.facets}
    assert counted.total == 1
    assert options["kind"] == {"call": 1, "meeting": 1}
    assert options["joint"] == {"true": 1, "false": 0}
    assert options["topic"] == {"peace-treaty": 1}
