"""Events by filter and by slug, and what is gone of them. No HTTP here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from peacetracker.analysis.facets import total
from peacetracker.api.asking import Cursor, read_since
from peacetracker.api.rows import Row, Rows
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.filters import EventFilter, Params, read_filter
from peacetracker.diplomacy.models import Event, EventVersion
from peacetracker.diplomacy.statements import run, statement


def with_documents(events: QuerySet[Any]) -> Any:
    """Join each event with its current version, as `current`."""
    current = FilteredRelation("versions", condition=Q(versions__recorded_to=None))
    return events.annotate(current=current).filter(current__isnull=False)


def columns(events: QuerySet[Any]) -> QuerySet[Any]:
    return events.values_list("first_day", "slug", "current__document")


def _read_events(events: QuerySet[Any]) -> Iterable[Row]:
    return [Row((day, slug), document) for day, slug, document in columns(events)]


def led_columns(parts: QuerySet[Any], cursor: Cursor | None, size: int, descending: bool) -> QuerySet[Any]:
    """The same of one person's participations alone."""
    current = EventVersion.objects.filter(event=OuterRef("event"), recorded_to=None).values("document")
    rows = Rows(lambda: parts, ("event_first_day", "event_slug"), list, descending)
    return rows.sliced(cursor, size).values_list("event_first_day", "event_slug", Subquery(current))


# Whatever their values, an index has the events of these in order.
INDEXED = {"leader", "kind", "after", "before"}


@dataclass(frozen=True)
class EventRows(Rows):
    """Events by their filter; on PostgreSQL each shape of a question is compiled once."""

    question: "EventQuestion | None" = None
    kind: str | None = None

    def _slice(self, cursor: Cursor | None, size: int) -> list[Row]:
        asked = self.question
        if asked is None or asked.since or "q" in asked.filter.values or connection.vendor != "postgresql":
            return super()._slice(cursor, size)
        names = tuple(asked.filter.values)
        back = cursor.back if cursor else None

        def build(nest: Any) -> QuerySet[Any]:
            values, key = nest
            filter = replace(asked.filter, values=dict(zip(names, values, strict=True)))
            filter = filter.also("kind", [self.kind]) if self.kind else filter
            place, parts = Cursor(bool(back), key) if key else None, filter.parts()
            if parts is not None:
                return led_columns(parts, place, size, self.descending)
            return columns(replace(asked, filter=filter).rows(self.kind).sliced(place, size))

        known, values = statement(
            (tuple(asked.filter.values.values()), cursor.key if cursor else None),
            (names, asked.filter.ordering, self.kind, back, size),
            build,
        )
        found = run(known, values, prepare=INDEXED.issuperset(names))
        return [Row((day, slug), document) for day, slug, document in found]


@dataclass(frozen=True)
class EventQuestion:
    """Filters and `modified_since`, checked."""

    filter: EventFilter
    since: datetime | None

    def events(self, kind: str | None) -> Any:
        events = self.filter.apply(Event.objects.public())
        events = events.of_kind(kind) if kind else events
        return with_documents(events).filter(current__recorded_from__gte=self.since) if self.since else events

    def rows(self, kind: str | None = None) -> Rows:
        return EventRows(
            lambda: self.documents(kind),
            self.filter.keys,
            _read_events,
            self.filter.ordering == "-date",
            lambda: self.count(kind),
            self,
            kind,
        )

    def count(self, kind: str | None) -> int:
        if self.since:
            return int(self.events(kind).count())
        return total(self.filter.also("kind", [kind]) if kind else self.filter)

    def documents(self, kind: str | None) -> Any:
        events = self.events(kind)
        return events if self.since else with_documents(events)

    def latest(self, limit: int, kind: str | None = None) -> list[str]:
        """The documents that were recorded last."""
        ordered = self.documents(kind).order_by("-current__recorded_from", "-current__pk")
        return list(ordered.values_list("current__document", flat=True)[:limit])


def read_event_question(params: Params, besides: Iterable[str]) -> EventQuestion:
    return EventQuestion(read_filter(params, besides=[*besides, "modified_since"]), read_since(params))


def find_event(slug: str, kind: str | None = None) -> str | None:
    """The document of a public event."""
    events = with_documents(Event.objects.public().filter(slug=slug))
    found: str | None = (events.of_kind(kind) if kind else events).values_list("current__document", flat=True).first()
    return found


def tombstones(since: datetime) -> list[dict[str, Any]]:
    """Events that were withdrawn or merged since then; the time is that of the end of their last version."""
    gone = Event.objects.exclude(visibility=Visibility.PUBLIC).filter(updated_at__isnull=False)
    ended = gone.values("slug", "visibility", "heir__slug", "reason", "versions__recorded_to").order_by(
        "slug", "-versions__recorded_to"
    )
    latest = {row["slug"]: row for row in reversed(ended) if row["versions__recorded_to"]}
    return [
        {
            "slug": row["slug"],
            "gone": row["visibility"],
            "heir": row["heir__slug"],
            "reason": row["reason"],
            "at": row["versions__recorded_to"],
        }
        for row in latest.values()
        if row["versions__recorded_to"] >= since
    ]
