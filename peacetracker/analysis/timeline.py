"""The rows of the timeline: single marks while they can be told apart, counts per lane and month beyond that."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from peacetracker.analysis.tallies import DAYS, by_month, only_closed
from peacetracker.diplomacy.choices import Kind, Level, Status, Track
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Event, Participation
from peacetracker.diplomacy.querysets import EventQuerySet

GROUND, STATEMENTS = "ground", "statements"
LANES = (
    Track.DIRECT, Track.EU, Track.RUSSIA, Track.US, Track.OTHER, Track.COMMISSIONS, GROUND, STATEMENTS,
)  # fmt: skip
# More marks than this are drawn as counts per lane and month.
SINGLE_MARKS = 3000
# Words that belong to the family name.
PARTICLES = frozenset({"von", "der", "van", "de", "bin", "le", "el", "al"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One event on the timeline. `first` and `last` are every day on which it may have been."""

    slug: str
    title: str
    kind: str
    status: str
    first: date
    last: date
    precision: str
    place: str
    lane: str
    joint: bool
    level: str | None
    sources: int
    differs: bool
    who: tuple[str, ...] = ()

    @property
    def is_band(self) -> bool:
        return self.first != self.last

    @property
    def at_leaders_level(self) -> bool:
        return self.joint and self.level == Level.LEADERS


@dataclass(frozen=True, slots=True)
class Cell:
    """How many events a lane has in a month."""

    lane: str
    month: date
    count: int


def lane_of(kind: str, track: str | None) -> str:
    if kind == Kind.STATEMENT:
        return STATEMENTS
    return track or GROUND


def surname(name: str) -> str:
    """The family name with its particles: “von der Leyen”, “bin Zayed”, “Pashinyan”.

    >>> surname("Ursula von der Leyen")
    'von der Leyen'
    """
    words = name.split()
    start = next((i for i, word in enumerate(words) if i and word.lower() in PARTICLES), len(words) - 1)
    return " ".join(words[start:])


FIELDS = (
    "pk", "slug", "title", "kind", "status", "first_day", "last_day", "date_precision", "place__name", "track",
    "joint", "level", "source_count", "accounts_differ",
)  # fmt: skip


def marks(events: EventQuerySet) -> list[Mark]:
    """The events as marks, oldest first. Two queries."""
    chosen = events.order_by("first_day", "slug")
    people = _people(chosen)
    return [
        Mark(
            slug=slug, title=title, kind=kind, status=status, first=first, last=last, precision=precision,
            place=place or "", lane=lane_of(kind, track), joint=joint, level=level, sources=sources, differs=differs,
            who=tuple(people[pk]),
        )
        for (
            pk, slug, title, kind, status, first, last, precision, place, track, joint, level, sources, differs,
        ) in chosen.values_list(*FIELDS)
    ]  # fmt: skip


def _people(events: EventQuerySet) -> defaultdict[int, list[str]]:
    people = defaultdict(list)
    ids = events.order_by().values("pk")
    rows = Participation.objects.filter(event__in=ids).order_by("pk").values_list("event", "leader__name")
    for event, name in rows:
        people[event].append(name)
    return people


Monthly = list[tuple[str, str | None, date, int]]


def monthly(asked: EventFilter) -> Monthly:
    """Kind, track, month and number of the events asked for; an event known to the year counts in its first month."""
    return _by_month(asked, "kind", "track")


def _by_month(asked: EventFilter, *of: str) -> list[tuple[Any, ...]]:
    if only_closed(asked, *DAYS):
        return by_month(asked, *of)
    parts, rows = asked.parts(), asked.apply(Event.objects.public())
    if parts is not None:
        counted = parts.values_list(*(f"event_{name}" for name in of), TruncMonth("event_first_day"))
    else:
        counted = rows.values_list(*of, TruncMonth("first_day"))
    return list(counted.order_by().annotate(n=Count("*")))


def density(rows: Monthly) -> list[Cell]:
    """Counts per lane and month, oldest first, the lanes of a month in their order."""
    counts: Counter[tuple[str, date]] = Counter()
    for kind, track, month, n in rows:
        counts[lane_of(kind, track), month] += n
    return [Cell(lane, month, n) for (lane, month), n in sorted(counts.items(), key=_in_order)]


def _in_order(counted: tuple[tuple[str, date], int]) -> tuple[date, int]:
    (lane, month), _n = counted
    return month, LANES.index(lane)


@dataclass(frozen=True)
class Month:
    first: date
    count: int


def months(*questions: EventFilter) -> list[Month]:
    """Events per month of some questions together, from the first month to the last, empty ones too."""
    counts: Counter[date] = Counter()
    for asked in questions:
        for month, n in _by_month(asked):
            counts[month] += n
    if not counts:
        return []
    first, last = min(counts), max(counts)
    run = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    return [Month(month, counts[month]) for month in run if first <= month <= last]


def was_not_known(status: str, last: date, until: date | None) -> bool:
    """A scheduled event whose day the record has passed: nobody recorded whether it was held."""
    return status == Status.SCHEDULED and until is not None and last <= until


def lanes_used(found: Iterable[Mark]) -> list[str]:
    used = {mark.lane for mark in found}
    return [lane for lane in LANES if lane in used]
