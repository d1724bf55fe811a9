"""Cadence and silence: how often the sides were in touch, through whom, and whether a silence is unusual.

Counted are held calls, meetings, visits and commission sessions. Documents are left out: a summit and the text adopted
there are two records. Everything reaches to the day that the record covers, never to today. What the database answers
is `counted` and `announced`; all else is arithmetic on their rows.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, Min

from peacetracker.analysis.contacts import contacts, listed
from peacetracker.analysis.quarters import Quarter
from peacetracker.analysis.silence import Intervals, intervals, stored_intervals
from peacetracker.diplomacy.choices import ENCOUNTERS, TALKS, Kind, Level, Precision, Status, Track
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Announcement, Event
from peacetracker.diplomacy.models import Tally as Stored
from peacetracker.diplomacy.querysets import EventQuerySet

KINDS = ENCOUNTERS
TRACKS = (Track.DIRECT, Track.COMMISSIONS, Track.EU, Track.US, Track.RUSSIA, Track.OTHER)
SILENT_LEVELS = (Level.LEADERS, Level.MINISTERS, Level.DEPUTIES, "commissions")
SILENT_TRACKS = (Track.DIRECT, Track.EU, Track.RUSSIA, Track.US, Track.OTHER)
# A silence is unusual when it is longer than this share of the earlier gaps, of which there must be enough to tell.
UNUSUAL, ENOUGH = 0.9, 8


class Tally(NamedTuple):
    """`n` contacts that began on `day` and are alike in all that is counted. `precision`: how well the day is known."""

    day: date
    precision: str
    kind: str
    track: str | None
    level: str | None
    joint: bool
    n: int = 1

    @property
    def to_the_day(self) -> bool:
        return self.precision == Precision.DAY


def reach(asked: EventFilter, covered: date) -> date:
    """The day to which everything counts: the record's end, or the end of the period asked for if that is earlier."""
    return min(asked.values.get("before", covered), covered)


def held(until: date) -> EventQuerySet:
    """What is counted here, whatever else is asked."""
    return contacts().held().filter(kind__in=KINDS, first_day__lte=until)


def counted(asked: EventFilter, until: date) -> list[Tally]:
    """The contacts that answer a question, oldest first. One query; a row for each day and kind of contact."""
    rows = asked.apply(held(until)).order_by("first_day", "kind", "track", "level", "joint", "date_precision")
    columns = ("first_day", "date_precision", "kind", "track", "level", "joint")
    return [Tally(*row) for row in rows.values_list(*columns).annotate(n=Count("pk"))]


@dataclass(frozen=True)
class Counts:
    """All that the pictures are drawn from. The tallies of `by_month` and `by_week` may stand for a whole month or
    week."""

    by_month: list[Tally]
    by_week: list[Tally]
    levels: "list[Silence]"
    tracks: "list[Silence]"
    imprecise: int


def is_stored(asked: EventFilter, until: date) -> bool:
    """Whether the stored counts know the answer: of the whole record, and nothing was held after the day."""
    after = contacts().held().filter(kind__in=KINDS, first_day__gt=until)
    return not asked.values and not after.exists()


def count(asked: EventFilter, until: date, *, known: bool) -> Counts:
    """The contacts that answer a question. `known`: the stored counts know it, so that no event is looked at."""
    if not known:
        found = counted(asked, until)
        return Counts(found, found, *silences(found, until), imprecise(found))
    rows = _stored()
    days, months_, weeks_, years = (rows[axis] for axis in MET)
    axes = [f"day-{level}" for level in SILENT_LEVELS], [f"form-{track}" for track in SILENT_TRACKS]
    measured = stored_intervals([*axes[0], *axes[1]], until)
    levels, tracks = (
        [
            Silence(axis.partition("-")[2], one, until - timedelta(days=one.now))
            for axis in some
            if (one := measured.get(axis))
        ]
        for some in axes
    )
    return Counts([*days, *months_], weeks_, levels, tracks, sum(one.n for one in [*months_, *years]))


# Where held encounters are counted, and how well the day of such a count is known.
MET = {
    "met-day": Precision.MONTH, "met-month": Precision.MONTH, "met-week": Precision.DAY, "met-year": Precision.YEAR,
}  # fmt: skip


def _stored() -> dict[str, list[Tally]]:
    found: dict[str, list[Tally]] = {axis: [] for axis in MET}
    first_of = cache(date.fromisoformat)  # a month has some dozen rows
    rows = Stored.objects.filter(axis__in=MET, n__gt=0).order_by("value")
    for axis, value, track, joint, n in rows.values_list("axis", "value", "track", "joint", "n"):
        day = first_of(f"{value}-01"[:10])
        found[axis].append(Tally(day, MET[axis], "", track or None, None, joint, n))
    return found


# ---- silence
@dataclass(frozen=True)
class Silence:
    """The present silence of one level or format beside its earlier gaps, in days."""

    key: str
    intervals: Intervals
    last_day: date

    @property
    def can_tell(self) -> bool:
        return len(self.intervals.gaps) >= ENOUGH

    @property
    def unusual(self) -> bool:
        return self.can_tell and self.intervals.shorter >= UNUSUAL * len(self.intervals.gaps)


def level_key(tally: Tally) -> str | None:
    """Which level's silence a contact of both sides breaks. None where the level is not known, or for a mere visit."""
    if tally.kind == Kind.COMMISSION_SESSION:
        return "commissions"
    return tally.level if tally.kind in TALKS else None


def track_key(tally: Tally) -> str | None:
    return tally.track if tally.kind in TALKS else None


def silences(tallies: Iterable[Tally], until: date) -> tuple[list[Silence], list[Silence]]:
    """By level and by format: contacts of both sides whose day is known. A level without any contact is left out."""
    joint = [tally for tally in tallies if tally.joint and tally.to_the_day]
    levels = {key: [tally.day for tally in joint if level_key(tally) == key] for key in SILENT_LEVELS}
    tracks: dict[str, list[date]] = {
        key: [tally.day for tally in joint if track_key(tally) == key] for key in SILENT_TRACKS
    }
    return _measured(levels, until), _measured(tracks, until)


def _measured(days: dict[str, list[date]], until: date) -> list[Silence]:
    return [
        Silence(str(key), found, max(known)) for key, known in days.items() if (found := intervals(known, until))
    ]  # fmt: skip


def last_contacts(asked: EventFilter, until: date, found: Sequence[Silence]) -> list[Event]:
    """The events on the days since which it has been silent. One query."""
    days = {silence.last_day for silence in found}
    events = asked.apply(held(until)).filter(joint=True, first_day__in=days, date_precision=Precision.DAY)
    return list(listed(events).oldest_first()) if days else []


# ---- months and quarters
@dataclass(frozen=True)
class Month:
    """Contacts of one month by track: those of both sides, and those of one side with a third party."""

    first: date
    both: dict[str, int] = field(default_factory=dict)
    one: dict[str, int] = field(default_factory=dict)

    @property
    def both_total(self) -> int:
        return sum(self.both.values())

    @property
    def one_total(self) -> int:
        return sum(self.one.values())

    @property
    def last(self) -> date:
        return month_after(self.first) - timedelta(days=1)


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def months(tallies: Sequence[Tally], until: date) -> list[Month]:
    """Every month from the first contact to the end, empty ones too. Contacts known to the year are in none."""
    found: defaultdict[date, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    for tally in tallies:
        if tally.precision != Precision.YEAR:
            both, one = found[tally.day.replace(day=1)]
            (both if tally.joint else one)[tally.track or ""] += tally.n
    run: list[Month] = []
    month = min(found, default=date.max)
    while month <= until:
        both, one = found[month]
        run.append(Month(month, dict(both), dict(one)))
        month = month_after(month)
    return run


def quarters(months_: Iterable[Month]) -> list[Quarter]:
    """Contacts of both sides by quarter, from the quarter of the first month to that of the last."""
    found = []
    for (year, number), run in groupby(months_, key=lambda month: (month.first.year, (month.first.month + 2) // 3)):
        counts: Counter[str] = Counter()
        for month in run:
            counts.update(month.both)
        found.append(Quarter(year, number, dict(counts)))
    return found


def together(found: Iterable[Quarter]) -> Counter[str]:
    """Some quarters as one, by track."""
    total: Counter[str] = Counter()
    for quarter in found:
        total.update(quarter.counts)
    return total


# ---- the calendar
@dataclass(frozen=True)
class Week:
    """An ISO week (Monday to Sunday) and its contacts; `both`: those of both sides among them."""

    monday: date
    count: int
    both: int

    @cached_property
    def year(self) -> int:
        return self.monday.isocalendar().year

    @cached_property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def weeks(tallies: Iterable[Tally], until: date) -> list[Week]:
    """Every week from the first contact to the end. Only contacts known to the day."""
    count: Counter[date] = Counter()
    both: Counter[date] = Counter()
    for tally in tallies:
        if tally.to_the_day:
            monday = tally.day - timedelta(days=tally.day.weekday())
            count[monday] += tally.n
            both[monday] += tally.n * tally.joint
    if not count:
        return []
    first = min(count)
    mondays = [first + timedelta(weeks=i) for i in range((until - first).days // 7 + 1)]
    return [Week(monday, count[monday], both[monday]) for monday in mondays]


def imprecise(tallies: Iterable[Tally]) -> int:
    """Contacts that are known to the month or year alone."""
    return sum(tally.n for tally in tallies if not tally.to_the_day)


def year_only(tallies: Iterable[Tally]) -> int:
    return sum(tally.n for tally in tallies if tally.precision == Precision.YEAR)


def longest_quiet(found: Sequence[Week]) -> list[Week]:
    """The longest run of weeks without a contact; the earlier of two alike."""
    best: list[Week] = []
    for quiet, run in groupby(found, key=lambda week: week.count == 0):
        weeks_ = list(run)
        if quiet and len(weeks_) > len(best):
            best = weeks_
    return best


# ---- announced, then held
@dataclass(frozen=True, slots=True)
class Lead:
    """An event that was announced: when first, for which day, and whether it was held."""

    slug: str
    title: str
    day: date
    announced: date
    track: str | None
    status: str

    @property
    def days(self) -> int:
        return (self.day - self.announced).days

    @property
    def held(self) -> bool:
        return self.status == Status.HELD


def announced(asked: EventFilter, until: date) -> list[Lead]:
    """Contacts known to the day that were announced beforehand or on the day itself, held or called off. One query.

    Where several announcements are on record the first counts.
    """
    events = asked.apply(contacts()).filter(
        kind__in=KINDS, first_day__lte=until, date_precision=Precision.DAY, status__in=(Status.HELD, Status.CANCELLED)
    )
    names = ("event__slug", "event__title", "event__first_day", "first", "event__track", "event__status")
    rows = (
        Announcement.objects.filter(event__in=events.order_by().values("pk"))
        .order_by("event__first_day", "event__slug")
        .values("event__slug", "event__title", "event__first_day", "event__track", "event__status")
        .annotate(first=Min("announced_on"))
        .values_list(*names)
    )
    return [lead for lead in (Lead(*row) for row in rows) if lead.days >= 0]


def middle(leads: Sequence[Lead]) -> float | None:
    """The median lead time in days."""
    return statistics.median(lead.days for lead in leads) if leads else None
