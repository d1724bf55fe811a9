"""Events that two or more sides reported, those whose accounts differ most first.

What is measured is told in differences.py. Accounts are set down by editors, so they are few and are read at once;
the events that merely have pages of two sides may be many, and stay a query.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from peacetracker.analysis.contacts import listed
from peacetracker.analysis.differences import Apart, Differences, Line, Published, Told, apart, differences, gather
from peacetracker.analysis.readouts import disputes
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Account, AccountLine, Citation, Discrepancy, Event
from peacetracker.diplomacy.querysets import EventQuerySet


@dataclass(frozen=True)
class Ranked:
    """One event whose accounts differ, with all that the difference was counted from."""

    event: Event
    told: tuple[Told, ...]
    published: Mapping[str, Published]
    differences: Differences
    apart: Apart | None


def two_sided() -> EventQuerySet:
    """Public events with pages or accounts of two or more sides."""
    events: EventQuerySet = Event.objects.public().alias(
        sides=_number(Citation.objects.all(), "side"), voices=_number(Account.objects.all(), "voice")
    )
    return events.filter(Q(sides__gt=1) | Q(voices__gt=1))


def _number(rows: QuerySet[Any], of: str) -> Subquery:
    """How many different ones an event has. Not by EXISTS, for which PostgreSQL would go through all pages at once;
    a list asks it of the few events that it shows."""
    mine = rows.filter(event=OuterRef("pk")).order_by().values("event")
    return Subquery(mine.annotate(number=Count(of, distinct=True)).values("number"))


def accounts() -> dict[int, tuple[Told, ...]]:
    """Event → what each voice says of it, of all public events. One query."""
    rows = (
        AccountLine.objects.filter(account__event__visibility=Visibility.PUBLIC)
        .order_by("pk")
        .values_list("account__event_id", "account__voice__code", "account__complete", "subject", "text")
    )
    return gather(Line(*row) for row in rows)


def contradictions() -> dict[int, list[dict[str, Any]]]:
    """Event → its recorded discrepancies. One query."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = Discrepancy.objects.filter(event__visibility=Visibility.PUBLIC).select_related("source")
    for row in rows:
        said = {"field": row.field, "value": row.value, "according_to": row.according_to}
        found.setdefault(row.event_id or 0, []).append({**said, "source": row.source.url, "note": row.note})
    return found


def counted(told: Mapping[int, Sequence[Told]]) -> dict[int, Differences]:
    """Event → its differences; events without any are left out. One query."""
    found = contradictions()
    all_events = {event: differences(told.get(event, ()), disputes(found.get(event, ()))) for event in {*told, *found}}
    return {event: one for event, one in all_events.items() if one.count}


def reported(asked: EventFilter, some: Iterable[int]) -> list[Event]:
    """Those of some public events that answer the question. One query."""
    return list(listed(_answering(asked, some)))


def answering(asked: EventFilter, some: Iterable[int]) -> list[int]:
    """The same as numbers."""
    return list(_answering(asked, some).values_list("pk", flat=True))


def _answering(asked: EventFilter, some: Iterable[int]) -> EventQuerySet:
    return asked.apply(Event.objects.public()).filter(pk__in=set(some))


def ranking(
    events: Iterable[Event], told: Mapping[int, tuple[Told, ...]], found: Mapping[int, Differences]
) -> list[Ranked]:
    """Those of two or more sides that have a difference, the most first. Ties: contradictions, days apart, then the
    newest. One query."""
    shown = [event for event in events if event.pk in found]
    published = pages_of(event.pk for event in shown)
    rows = [
        Ranked(event, voices, pages, found[event.pk], apart(pages))
        for event in shown
        for voices, pages in [(told.get(event.pk, ()), published.get(event.pk, {}))]
        if len(voices) > 1 or len(pages) > 1
    ]
    return sorted(rows, key=_order)


def _order(row: Ranked) -> tuple[int, int, int, int, str]:
    days = row.apart.days if row.apart else 0
    return (
        -row.differences.count,
        -len(row.differences.disputes),
        -days,
        -row.event.first_day.toordinal(),
        row.event.slug,
    )


def pages_of(events: Iterable[int]) -> dict[int, dict[str, Published]]:
    """Event → side → its pages; independent pages have no side. One query."""
    found: dict[int, dict[str, Published]] = {}
    rows = (
        Citation.objects.filter(event__in=list(events), side__isnull=False)
        .order_by()
        .values_list("event", "side__code")
        .annotate(Min("published"), Count("pk"))
    )
    for event, side, first, pages in rows:
        found.setdefault(event, {})[side] = Published(first, pages)
    return found
