"""How long it has been quiet: intervals between contacts at one level, and the present one beside them."""

import statistics
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise
from operator import or_

from django.db.models import Q

from peacetracker.analysis.contacts import at_level, contacts, listed
from peacetracker.analysis.tallies import gaps
from peacetracker.diplomacy.choices import Kind
from peacetracker.diplomacy.models import Event

LEVELS = ("leaders", "ministers", "commissions")


@dataclass(frozen=True)
class Intervals:
    """Days between neighbouring contacts (`gaps`, shortest first) and days from the last one to the record's end."""

    now: int
    gaps: tuple[int, ...]

    @property
    def median(self) -> int | None:
        return round(statistics.median(self.gaps)) if self.gaps else None

    @property
    def longest(self) -> int | None:
        return max(self.gaps, default=None)

    @property
    def shorter(self) -> int:
        """How many earlier intervals were shorter than the present one."""
        return bisect_left(self.gaps, self.now)


@dataclass(frozen=True)
class Gauge:
    """One level: its intervals and the last contact."""

    key: str
    intervals: Intervals
    last: Event


def intervals(days: Iterable[date], until: date) -> Intervals | None:
    """Intervals between the days on which there was contact, up to `until`. None when there was none by then."""
    known = sorted({day for day in days if day <= until})
    if not known:
        return None
    gaps = sorted((later - earlier).days for earlier, later in pairwise(known))
    return Intervals((until - known[-1]).days, tuple(gaps))


def stored_intervals(axes: Sequence[str], until: date) -> dict[str, Intervals]:
    """The same from the stored days of talks: `day-` and a level, `form-` and a track. One query."""
    return {axis: Intervals((until - last).days, tuple(found)) for axis, (last, found) in gaps(axes, until).items()}


def gauges(until: date, levels: Sequence[str] = LEVELS) -> list[Gauge]:
    """The silence at each level that has had a contact. Two queries."""
    found = stored_intervals([f"day-{key}" for key in levels], until)
    measured = {key: found[f"day-{key}"] for key in levels if f"day-{key}" in found}
    if not measured:
        return []
    lasts = [Q(first_day=until - timedelta(days=found.now)) & at_level(key) for key, found in measured.items()]
    last: dict[str, Event] = {}
    for event in listed(contacts().held().filter(reduce(or_, lasts))).oldest_first():
        last[level_key(event.kind, event.level)] = event
    return [Gauge(key, found, last[key]) for key, found in measured.items()]


def level_key(kind: str, level: str | None) -> str:
    return "commissions" if kind == Kind.COMMISSION_SESSION else str(level)
