"""Cadence and silence, by cases counted by hand; all to the day that is given, never to today."""

from datetime import date

import pytest
from django.http import QueryDict

from peacetracker.analysis.cadence import (
    Lead,
    Tally,
    Week,
    announced,
    counted,
    imprecise,
    longest_quiet,
    middle,
    months,
    quarters,
    reach,
    silences,
    weeks,
    year_only,
)
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import Announcement
from peacetracker.diplomacy.references import stable_key
from tests.factories import an_event

UNTIL = date(2022, 6, 30)


def a_tally(day, **changes):
    known = {"precision": "day", "kind": "meeting", "track": "eu", "level": "leaders", "joint": True, "n": 1}
    return Tally(date.fromisoformat(day), **{**known, **changes})


def asked(query=""):
    return read_filter(QueryDict(query))


def an_announcement(event, day, n=1):
    return Announcement.objects.create(
        key=stable_key(event.slug, str(n)), event=event, announced_on=day, text="Planned."
    )


# ---- silence
def test_it_measures_each_level_and_format_by_itself():
    tallies = [
        a_tally("2022-06-01"), a_tally("2022-06-11", level="ministers", track="direct"),
        a_tally("2022-06-21"), a_tally("2022-06-25", kind="commission-session", track="commissions", level=None),
    ]  # fmt: skip
    levels, tracks = silences(tallies, UNTIL)
    assert [(one.key, one.intervals.now, one.intervals.gaps) for one in levels] == [
        ("leaders", 9, (20,)), ("ministers", 19, ()), ("commissions", 5, ()),
    ]  # fmt: skip
    assert [(one.key, one.intervals.now) for one in tracks] == [("direct", 19), ("eu", 9)]


@pytest.mark.parametrize("changes", [{"joint": False}, {"precision": "month"}, {"kind": "visit"}])
def test_it_breaks_no_silence_by_one_side_a_vague_day_or_a_visit(changes):
    assert silences([a_tally("2022-06-21", **changes)], UNTIL) == ([], [])


def test_it_calls_a_silence_unusual_beyond_nine_in_ten_gaps():
    # ten gaps of one day, then 30 - 11 = 19 days
    days = [a_tally(f"2022-06-{n:02}") for n in range(1, 12)]
    assert silences(days, UNTIL)[0][0].unusual
    # one gap of ten is longer than the present silence: nine in ten is still unusual, two are not
    assert silences([a_tally("2022-05-01"), *days[1:]], UNTIL)[0][0].unusual
    assert not silences([a_tally("2022-04-01"), a_tally("2022-05-01"), *days[2:]], UNTIL)[0][0].unusual


def test_it_does_not_judge_a_silence_by_few_gaps():
    (leaders,) = silences([a_tally("2020-12-01"), a_tally("2020-12-02")], UNTIL)[0]
    assert (leaders.can_tell, leaders.unusual) == (False, False)


# ---- months, quarters
def test_it_counts_months_with_empty_ones_to_the_end_of_the_record():
    found = months([a_tally("2022-03-31"), a_tally("2022-05-01", joint=False, n=2)], UNTIL)
    assert [(m.first.month, m.both_total, m.one_total) for m in found] == [(3, 1, 0), (4, 0, 0), (5, 0, 2), (6, 0, 0)]
    assert found[0].both == {"eu": 1}
    assert found[0].last == date(2022, 3, 31)


def test_it_leaves_a_contact_known_to_the_year_out_of_months_and_says_how_many():
    tallies = [a_tally("2022-01-01", precision="year", n=2), a_tally("2022-06-01", precision="month")]
    assert [m.first for m in months(tallies, UNTIL)] == [date(2022, 6, 1)]
    assert (year_only(tallies), imprecise(tallies)) == (2, 3)


def test_it_runs_over_the_turn_of_a_year():
    found = months([a_tally("2021-11-30"), a_tally("2022-01-01", track="direct")], date(2022, 1, 31))
    assert [m.first.isoformat() for m in found] == ["2021-11-01", "2021-12-01", "2022-01-01"]
    assert [(q.name, q.counts) for q in quarters(found)] == [("Q4 2021", {"eu": 1}), ("Q1 2022", {"direct": 1})]


def test_it_counts_both_sides_alone_in_quarters():
    assert quarters(months([a_tally("2022-05-01", joint=False)], UNTIL))[0].total == 0


# ---- weeks
def test_it_counts_weeks_from_monday_over_the_turn_of_a_year():
    # 2 January 2022 was a Sunday: the last day of week 52 of 2021
    found = weeks([a_tally("2022-01-02", n=2), a_tally("2022-01-17", joint=False)], date(2022, 1, 17))
    assert [(w.year, w.number, w.count, w.both) for w in found] == [
        (2021, 52, 2, 2), (2022, 1, 0, 0), (2022, 2, 0, 0), (2022, 3, 1, 0),
    ]  # fmt: skip
    assert [w.number for w in longest_quiet(found)] == [1, 2]


def test_it_takes_the_earlier_of_two_runs_alike():
    found = [Week(date(2022, 1, 3), 1, 0), Week(date(2022, 1, 10), 0, 0), Week(date(2022, 1, 17), 1, 0),
             Week(date(2022, 1, 24), 0, 0)]  # fmt: skip
    assert longest_quiet(found) == [found[1]]


def test_it_has_nothing_to_say_of_nothing():
    assert (months([], UNTIL), quarters([]), weeks([], UNTIL), silences([], UNTIL), longest_quiet([])) == (
        [], [], [], ([], []), [],
    )  # fmt: skip
    assert middle([]) is None


def test_it_takes_the_middle_of_lead_times():
    leads = [Lead("a", "A", date(2022, 6, day), date(2022, 6, 1), "eu", "held") for day in (2, 4, 11)]
    assert (middle(leads), middle(leads[:2])) == (3, 2)


# ---- what the database answers
@pytest.mark.django_db
def test_it_counts_held_contacts_up_to_the_day_given():
    an_event()
    an_event(slug="2022-04-06-two", title="Another")
    an_event(slug="2022-05-01-off", date="2022-05-01", status="cancelled")
    an_event(slug="2022-05-02-paper", date="2022-05-02", kind="agreement")
    an_event(slug="2022-07-01-later", date="2022-07-01")
    (tally,) = counted(asked(), UNTIL)
    assert (tally.day, tally.n, tally.track, tally.level, tally.joint) == (date(2022, 4, 6), 2, "eu", "leaders", True)
    assert counted(asked("track=russia"), UNTIL) == []


def test_it_reaches_to_the_end_of_the_period_asked_for_or_of_the_record():
    assert reach(asked(), UNTIL) == UNTIL
    assert reach(asked("before=2022-03"), UNTIL) == date(2022, 3, 31)
    assert reach(asked("before=2030"), UNTIL) == UNTIL


@pytest.mark.django_db
def test_it_measures_from_the_first_announcement():
    event = an_event()
    an_announcement(event, date(2022, 4, 4))
    an_announcement(event, date(2022, 3, 31), n=2)
    (lead,) = announced(asked(), UNTIL)
    assert (lead.slug, lead.days, lead.held) == ("2022-04-06-brussels", 6, True)


@pytest.mark.django_db
def test_it_measures_no_lead_of_a_vague_day_or_of_a_later_announcement():
    an_announcement(an_event(date_precision="month"), date(2022, 3, 1))
    an_announcement(an_event(slug="2022-04-07-after", date="2022-04-07"), date(2022, 4, 8))
    off = an_event(slug="2022-05-01-off", date="2022-05-01", status="cancelled")
    an_announcement(off, date(2022, 4, 20))
    assert [(lead.slug, lead.held) for lead in announced(asked(), UNTIL)] == [("2022-05-01-off", False)]
