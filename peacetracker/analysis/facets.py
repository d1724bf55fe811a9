"""Counts beside the choices of a filter: what each choice would show, the other choices kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Model

from peacetracker.diplomacy.choices import Kind, Level, Status, Track
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Event, Topic
from peacetracker.diplomacy.querysets import EventQuerySet

CLOSED = {"joint": None, "level": Level, "track": Track, "kind": Kind, "status": Status}
Combination = tuple[object, ...]


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


def facets(asked: EventFilter, among: EventQuerySet | None = None) -> Facets:
    """Two queries: one for all closed lists together, one for topics. `among`: the events that a page is about.

    The closed lists have few combinations, so the database counts those once, and each facet adds up the
    combinations that the other facets let through.
    """
    free = replace(asked, values={name: value for name, value in asked.values.items() if name not in CLOSED})
    events = Event.objects.public() if among is None else among
    rows = free.apply(events).order_by().values_list(*CLOSED).annotate(n=Count("pk"))
    counts = {tuple(combination): n for *combination, n in rows}
    closed = [_facet(name, asked, counts) for name in CLOSED]
    total = sum(n for combination, n in counts.items() if _passes(combination, asked.values))
    return Facets([*closed, topic_facet(asked, events)], total)


def _passes(combination: Combination, values: Mapping[str, object], but: str = "") -> bool:
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
    at = list(CLOSED).index(name)
    found: Counter[object] = Counter()
    for combination, n in counts.items():
        if _passes(combination, asked.values, but=name):
            found[combination[at]] += n
    chosen = asked.given.get(name, [])
    choices = CLOSED[name]
    if choices is None:
        return Facet(name, [Option(v, v, found[flag], v in chosen) for v, flag in (("true", True), ("false", False))])
    options = [Option(value, str(label), found[value], value in chosen) for value, label in choices.choices]
    return Facet(name, [option for option in options if option.count or option.chosen])


def topic_facet(asked: EventFilter, among: EventQuerySet, most: int = 18) -> Facet:
    """The topics with most events. One query."""
    chosen = asked.given.get("topic", [])
    events = asked.apply(among, but="topic").order_by().values("pk")
    through: type[Model] = Topic.events.through
    rows = (
        through._default_manager.filter(event__in=events)
        .values_list("topic__slug", "topic__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "topic__slug")[:most]
    )
    return Facet("topic", [Option(slug, name, n, slug in chosen) for slug, name, n in rows])
