"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

import pytest

from peacetracker.newsroom.pacing import Wishes, learned, max_age, next_check, retry_after, slower

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def wait(**asked):
    return next_check(now=NOW, pace=asked.pop("pace", 30 * MINUTE), **asked) - NOW


def about(span):
    """What chance may make of a span: up to a tenth more."""
    return pytest.approx(span.total_seconds() * 1.05, rel=0.05)


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ({}, 30 * MINUTE),
        ({"pace": MINUTE}, 10 * MINUTE),
        ({"pace": 9 * DAY}, DAY),
        ({"wishes": Wishes(ttl_minutes=60)}, HOUR),
        ({"wishes": Wishes(ttl_minutes=10**9)}, DAY),
        ({"max_age_s": 7200}, 2 * HOUR),
        ({"max_age_s": 10**9}, DAY),
        ({"retry_after_s": 3 * 3600}, 3 * HOUR),
        ({"retry_after_s": 1e300}, DAY),
        ({"error_count": 1}, HOUR),
        ({"error_count": 3}, 4 * HOUR),
        ({"error_count": 10_000}, DAY),
    ],
)
def test_it_waits_as_long_as_the_most_patient_wish(asked, span):
    assert wait(**asked).total_seconds() == about(span)


def test_it_keeps_feeds_from_moving_in_step():
    assert len({wait() for _ in range(20)}) > 10


def test_it_skips_the_hours_and_days_that_a_feed_asks_to_skip():
    later = next_check(now=NOW, pace=30 * MINUTE, wishes=Wishes(skip_hours=[12, 13, 14], skip_days=[2]))
    assert (later.weekday(), later.hour) == (3, 0)


def test_it_does_not_wait_for_ever_for_a_feed_that_skips_the_whole_day():
    assert wait(wishes=Wishes(skip_hours=range(24))).total_seconds() == about(30 * MINUTE)


def test_it_learns_how_often_a_feed_publishes():
    assert learned([NOW - n * HOUR for n in range(1, 11)], now=NOW) == 30 * MINUTE
    assert learned([NOW - n * MINUTE for n in range(1, 60)], now=NOW) == 10 * MINUTE
    assert learned([NOW - n * 30 * DAY for n in range(1, 11)], now=NOW) == DAY


def test_it_learns_nothing_from_dates_that_are_few_or_to_come():
    assert learned([NOW - HOUR, None, NOW + HOUR, NOW + DAY], now=NOW) is None


def test_it_slows_down_for_a_feed_that_brings_nothing():
    assert 40 * MINUTE < slower(HOUR * 0.6) < HOUR
    assert slower(DAY) == DAY


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Wed, 04 Mar 2026 12:10:00 GMT", 600),
        ("Wed, 04 Mar 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("9" * 400, None),
        ("Wed, 99 Mar 99999 12:10:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_it_reads_retry_after_in_both_forms_and_makes_nothing_of_nonsense(said, seconds):
    assert retry_after(said, NOW) == seconds


def test_it_reads_how_long_an_answer_is_fresh():
    assert max_age({"cache-control": "public, max-age=300"}) == 300
    assert max_age({"cache-control": "s-maxage=300"}) is None
