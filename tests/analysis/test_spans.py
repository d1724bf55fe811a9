"""A span of days is whole years, whole months and days at its edges, counted each in its own way."""

from collections import Counter
from datetime import date

import pytest
from django.http import QueryDict

from peacetracker.analysis.facets import facets
from peacetracker.analysis.timeline import monthly
from peacetracker.diplomacy.filters import read_filter
from tests.factories import an_event
from tests.keeping import kept

KINDS, STATUSES = ("call", "meeting", "statement", "commission-session", "visit"), ("held", "held", "cancelled")
# So that events are looked at, not what is stored of them.
LOOK = {
    "facets.combinations": lambda *args: None,
    "facets.topics_counted": lambda *args: None,
    "facets.only_closed": lambda *args: False,
    "timeline.only_closed": lambda *args: False,
}


@pytest.fixture(scope="module")
def years(django_db_setup, django_db_blocker):
    """Events in the first days and the last days of months of six years, one of them of several days."""
    with kept(django_db_blocker):
        for number in range(72):
            day = date(2018 + number // 12, number % 12 + 1, 2 if number % 3 else 28)
            kind, status = KINDS[number % len(KINDS)], STATUSES[number % len(STATUSES)]
            an_event(slug=f"{day}-{number}", date=day.isoformat(), kind=kind, status=status)
        an_event(slug="2020-02-28-long", date="2020-02-28", end_date="2020-03-06", kind="visit")
        yield


@pytest.mark.parametrize("more", ["", "&kind=call&kind=statement", "&status=held&joint=true"])
@pytest.mark.parametrize(
    "days",
    [
        "", "after=2019-12-20", "after=2020", "before=2023-02-02", "before=2022", "after=2020-03-05&before=2023-02-02",
        "after=2020-12-31&before=2022-01-01", "after=2021-02&before=2022-11", "after=2021-05-02&before=2021-09-28",
    ],
)  # fmt: skip
def test_it_counts_spans_of_years_months_and_days_as_by_looking(years, db, days, more, monkeypatch):
    asked = read_filter(QueryDict(days + more))
    options, months = facets(asked), Counter({tuple(key): n for *key, n in monthly(asked)})
    assert months.total() == options.total
    for name, stand_in in LOOK.items():
        monkeypatch.setattr(f"peacetracker.analysis.{name}", stand_in)
    assert facets(asked) == options
    assert Counter({tuple(key): n for *key, n in monthly(asked)}) == months
