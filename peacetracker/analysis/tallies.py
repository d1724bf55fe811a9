"""Counts that are stored, where the stored ones answer the question; else None, and the events are counted.

Stored are the public events by kind, status, track, level and whether both sides took part: in all, by month, and for
each person, party, topic, place, commission and proposal (diplomacy/tallying.py).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model, OuterRef, Subquery, Sum

from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Body, Leader, Party, Place, Proposal, Tally, Topic

# The closed lists that a count is kept for, in the order of a combination.
CLOSED = ("joint", "level", "track", "kind", "status")
Combination = tuple[object, ...]
AXES: dict[str, tuple[str, type[Model], str]] = {
    "leader": ("leader", Leader, "slug"),
    "with": ("leader", Leader, "slug"),
    "party": ("party", Party, "code"),
    "topic": ("topic", Topic, "slug"),
    "place": ("place", Place, "slug"),
    "commission": ("commission", Body, "slug"),
    "proposal": ("proposal", Proposal, "slug"),
}


def stored(axis: str) -> Any:
    return Tally.objects.filter(axis=axis, n__gt=0)


def narrowed(tallies: Any, values: Mapping[str, Any]) -> Any:
    """Those that the closed lists of a question let through."""
    for name in CLOSED:
        if name in values:
            tallies = tallies.filter(**{name: values[name]} if name == "joint" else {f"{name}__in": values[name]})
    return tallies


def combinations(asked: EventFilter) -> dict[Combination, int] | None:
    """Events by combination of CLOSED, whatever the question says of those; None if that is not stored."""
    rest = {name: value for name, value in asked.values.items() if name not in CLOSED}
    if not rest:
        found = stored("")
    elif len(rest) == 1 and (name := next(iter(rest))) in AXES and len(rest[name]) == 1:
        axis, model, field = AXES[name]
        value = model._default_manager.values_list(field, flat=True).get(pk=rest[name][0])
        found = stored(axis).filter(value=value)
    else:
        return None
    return {
        (joint, level or None, track or None, kind, status): n
        for joint, level, track, kind, status, n in found.values_list(*CLOSED, "n")
    }


def only_closed(asked: EventFilter, *besides: str) -> bool:
    return asked.values.keys() <= {*CLOSED, *besides}


def by_topic(asked: EventFilter) -> list[tuple[str, str, int]]:
    """Slug, name and events of each topic, by the closed lists of the question; the commonest first."""
    of_one = narrowed(stored("topic").filter(value=OuterRef("slug")), asked.values).order_by().values("axis")
    topics = Topic.objects.annotate(total=Subquery(of_one.annotate(total=Sum("n")).values("total")))
    return list(topics.filter(total__gt=0).order_by("-total", "slug").values_list("slug", "name", "total"))


def by_month(asked: EventFilter) -> list[tuple[str, str | None, date, int]]:
    """Kind, track, first day of the month and number, from the stored counts: for questions of closed lists only."""
    rows = narrowed(stored("month"), asked.values).values_list("kind", "track", "value").annotate(total=Sum("n"))
    return [(kind, track or None, date.fromisoformat(f"{value}-01"), n) for kind, track, value, n in rows.order_by()]


def days_of_talks(levels: Iterable[str]) -> dict[str, list[date]]:
    """By level: the days on which there were held talks of both sides, or sessions of commissions, oldest first."""
    found: dict[str, list[date]] = {level: [] for level in levels}
    rows = Tally.objects.filter(axis__in=[f"day-{level}" for level in found], n__gt=0)
    for axis, day in rows.order_by("value").values_list("axis", "value"):
        found[axis.removeprefix("day-")].append(date.fromisoformat(day))
    return found
