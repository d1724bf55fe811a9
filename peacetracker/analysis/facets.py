"""Counts beside the choices of a filter: what each choice would show, the other choices kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import BigIntegerField, Count, Func, Model, QuerySet

from peacetracker.analysis.tallies import CLOSED, Combination, by_topic, combinations, only_closed, topics_counted
from peacetracker.diplomacy.choices import Kind, Level, Status, Track
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Event, Topic
from peacetracker.diplomacy.querysets import EventQuerySet

CHOICES = {"level": Level, "track": Track, "kind": Kind, "status": Status}


@dataclass(frozen=True)
class Option:
    """One choice of a facet, how many events it has, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    options: list[Option]


@dataclass(frozen=True)
class Facets:
    """The facets in the order in which they are read, and how many events answer the whole question."""

    facets: list[Facet]
    total: int


@dataclass(frozen=True)
class Among:
    """The events that a page is about. `axis`: where the stored counts know them (`placed`, `sided`, or "" for all);
    None if they do not. `closed`: values of closed lists that all of them have."""

    events: EventQuerySet
    axis: str | None = None
    closed: Mapping[str, list[str]] = field(default_factory=dict)

    def narrow(self, asked: EventFilter) -> EventFilter:
        for name, values in self.closed.items():
            asked = asked.also(name, values)
        return asked


def facets(asked: EventFilter, among: Among | None = None) -> Facets:
    """One query for all closed lists together, one or two for topics. `among`: the events that a page is about."""
    closed = closed_facets(asked, among)
    return Facets([*closed.facets, topic_facet(asked, among)], closed.total)


def closed_facets(asked: EventFilter, among: Among | None = None) -> Facets:
    """The facets of the closed lists alone.

    These have few combinations, so those are counted once (or are stored), and each facet adds up the combinations that
    the other facets let through.
    """
    counts = counted(asked, among)
    return Facets([_facet(name, asked, counts) for name in CLOSED], _total(asked, counts))


def counted(asked: EventFilter, among: Among | None = None) -> dict[Combination, int]:
    """Events by combination of the closed lists, by all else that is asked."""
    axis = among.axis if among else ""
    known = combinations(asked, axis) if axis is not None else None
    if known is not None:
        closed = among.closed if among else {}
        return {combination: n for combination, n in known.items() if passes(combination, closed)}
    free = replace(asked, values={name: value for name, value in asked.values.items() if name not in CLOSED})
    parts, hand = (free.parts(), free.at_hand()) if among is None else (None, None)
    rows: Any
    if parts is not None:
        rows = parts.values_list(*(f"event_{name}" for name in CLOSED)).annotate(n=Count("*"))
    elif hand is not None:
        rows = hand.values_list(*CLOSED).annotate(n=Count("*"))
    else:
        events = Event.objects.public() if among is None else among.events
        rows = free.apply(events).order_by().values_list(*CLOSED).annotate(n=Count("*"))
    return {tuple(combination): n for *combination, n in rows}


def total(asked: EventFilter) -> int:
    """How many events answer the question."""
    known = combinations(asked)
    if known is not None:
        return _total(asked, known)
    rows: Any = asked.parts()
    rows = asked.at_hand() if rows is None else rows
    return int((asked.apply(Event.objects.public()).order_by() if rows is None else rows).count())


def _total(asked: EventFilter, counts: Mapping[Combination, int]) -> int:
    return sum(n for combination, n in counts.items() if passes(combination, asked.values))


def passes(combination: Combination, values: Mapping[str, object], but: str = "") -> bool:
    for name, has in zip(CLOSED, combination, strict=True):
        wanted = values.get(name)
        if name == but or wanted is None:
            continue
        if has != wanted if isinstance(wanted, bool) else has not in _several(wanted):
            return False
    return True


def _several(wanted: object) -> Sequence[object]:
    return wanted if isinstance(wanted, list) else [wanted]


def _facet(name: str, asked: EventFilter, counts: Mapping[Combination, int]) -> Facet:
    at = CLOSED.index(name)
    found: Counter[object] = Counter()
    for combination, n in counts.items():
        if passes(combination, asked.values, but=name):
            found[combination[at]] += n
    chosen = asked.given.get(name, [])
    choices = CHOICES.get(name)
    if choices is None:
        return Facet(name, [Option(v, v, found[flag], v in chosen) for v, flag in (("true", True), ("false", False))])
    options = [Option(value, str(label), found[value], value in chosen) for value, label in choices.choices]
    return Facet(name, [option for option in options if option.count or option.chosen])


def topic_facet(asked: EventFilter, among: Among | None = None, most: int = 18) -> Facet:
    """The topics with most events."""
    chosen = asked.given.get("topic", [])
    axis = among.axis if among else ""
    narrow = among.narrow(asked) if among else asked
    if axis is not None and only_closed(asked, "topic"):
        rows = _most(by_topic(narrow, axis), most)
    elif axis == "" and (known := topics_counted(narrow)) is not None:
        rows = _most(known, most)
    else:
        rows = _counted_topics(asked, among, most)
    return Facet("topic", [Option(slug, name, n, slug in chosen) for slug, name, n in rows])


def _most(known: Mapping[str, int], most: int) -> list[tuple[str, str, int]]:
    first = sorted(known.items(), key=lambda one: (-one[1], one[0]))[:most]
    names = dict(Topic.objects.filter(slug__in=[slug for slug, _n in first]).values_list("slug", "name"))
    return [(slug, names[slug], n) for slug, n in first if slug in names]


def _counted_topics(asked: EventFilter, among: Among | None, most: int) -> list[tuple[str, str, int]]:
    free = replace(asked, values={name: value for name, value in asked.values.items() if name != "topic"})
    hand = free.at_hand() if among is None else None
    if hand is not None:
        each = hand.annotate(topic=Func("topics", function="unnest", output_field=BigIntegerField()))
        counts = dict(each.values_list("topic").annotate(n=Count("*")))
        topics = Topic.objects.values_list("pk", "slug", "name")
        found = [(slug, name, counts[pk]) for pk, slug, name in topics if pk in counts]
        return sorted(found, key=lambda one: (-one[2], one[0]))[:most]
    parts = free.parts() if among is None else None
    events: QuerySet[Any, Any]
    if parts is not None:
        events = parts.values("event")
    else:
        events = free.apply(Event.objects.public() if among is None else among.events).order_by().values("pk")
    through: type[Model] = Topic.events.through
    rows = through._default_manager.filter(event__in=events).values_list("topic__slug", "topic__name")
    return list(rows.annotate(n=Count("pk")).order_by("-n", "topic__slug")[:most])
