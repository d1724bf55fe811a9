"""When to ask a feed again. Values in, a moment out; nothing here knows of tables."""

import random
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=1)
# So many of the newest entries tell how often a feed publishes; fewer than three tell nothing.
ENTRIES_LOOKED_AT, ENTRIES_NEEDED = 20, 3
SLOWER = 1.25


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a feed asks to be treated in its own words: minutes to be left alone, hours and days (in GMT, Monday is 0)
    at which it is not to be asked."""

    ttl_minutes: int | None = None
    skip_hours: Collection[int] = ()
    skip_days: Collection[int] = ()

    def unwelcome(self, at: datetime) -> bool:
        at = at.astimezone(UTC)
        return at.hour in self.skip_hours or at.weekday() in self.skip_days


def bounded(pace: timedelta) -> timedelta:
    return min(max(pace, SHORTEST), LONGEST)


def learned(published: Iterable[datetime | None], *, now: datetime) -> timedelta | None:
    """Half the mean gap between a feed's newest entries, the one since the last of them included; None if it has too
    few with a date. So a feed is asked about twice for each article that it brings."""
    newest = sorted((moment for moment in published if moment and moment <= now), reverse=True)[:ENTRIES_LOOKED_AT]
    if len(newest) < ENTRIES_NEEDED:
        return None
    return bounded((now - newest[-1]) / len(newest) / 2)


def slower(pace: timedelta) -> timedelta:
    """The pace after an answer that brought nothing new."""
    return bounded(pace * SLOWER)


def next_check(
    *,
    now: datetime,
    pace: timedelta,
    wishes: Wishes | None = None,
    max_age_s: float | None = None,
    retry_after_s: float | None = None,
    error_count: int = 0,
) -> datetime:
    """The latest of our pace, the feed's TTL, the answer's max-age and Retry-After; doubled for each error in a row.

    Never sooner than ten minutes and never later than a day, but for the hours that the feed asks to skip; a tenth of
    chance keeps feeds from moving in step.
    """
    wishes = wishes or Wishes()
    day = LONGEST.total_seconds()
    seconds = max(pace.total_seconds(), 60 * min(wishes.ttl_minutes or 0, 24 * 60), min(max_age_s or 0, day))
    seconds = max(seconds * 2 ** min(error_count, 12), min(retry_after_s or 0, day), SHORTEST.total_seconds())
    wait = timedelta(seconds=min(seconds, day)) * random.uniform(1.0, 1.1)  # noqa: S311
    return _welcome(now + wait, wishes)


def _welcome(at: datetime, wishes: Wishes) -> datetime:
    """The first hour from then on that the feed does not ask to skip; as it was, if it skips the whole week."""
    shifts = (timedelta(hours=hours) for hours in range(7 * 24))
    return next((at + shift for shift in shifts if not wishes.unwelcome(at + shift)), at)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds, from a Retry-After of seconds or of an HTTP date; None for anything else."""
    if not value:
        return None
    if re.fullmatch(r"\s*\d{1,12}\s*", value, re.ASCII):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None


def max_age(headers: Mapping[str, str]) -> float | None:
    """Seconds for which an answer calls itself fresh. `headers` by names in small letters."""
    found = re.search(r"(?:^|[\s,])max-age=(\d{1,9})", headers.get("cache-control", ""), re.IGNORECASE)
    return float(found[1]) if found else None
