"""Intervals without contact are counted to the record's end, never to today."""

from datetime import date

import pytest

from peacetracker.analysis.silence import gauges, intervals
from tests.factories import an_event


def test_it_counts_the_present_interval_to_the_day_given():
    found = intervals([date(2022, 1, 1), date(2022, 1, 11), date(2022, 1, 31)], date(2022, 2, 10))
    assert (found.now, found.gaps, found.median, found.longest, found.shorter) == (10, (10, 20), 15, 20, 0)


def test_it_takes_two_contacts_of_one_day_for_one():
    assert intervals([date(2022, 1, 1), date(2022, 1, 1)], date(2022, 1, 5)).gaps == ()


def test_it_knows_of_no_interval_before_the_first_contact():
    assert intervals([date(2022, 2, 1)], date(2022, 1, 1)) is None


@pytest.mark.django_db
def test_it_leaves_out_what_was_not_held_or_not_known_to_the_day():
    an_event()
    an_event(slug="2022-05-01-called-off", date="2022-05-01", status="cancelled")
    an_event(slug="2022-06-vague", date="2022-06-01", date_precision="month")
    (gauge,) = gauges(date(2022, 7, 1))
    assert (gauge.key, gauge.last.slug, gauge.intervals.now) == ("leaders", "2022-04-06-brussels", 86)
