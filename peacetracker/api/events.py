"""Events by filter and by slug. No HTTP here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from peacetracker.analysis.facets import total
from peacetracker.api.asking import Cursor, read_since
from peacetracker.api.rows import Joined, Row, Rows
from peacetracker.core.cache import found_in
from peacetracker.core.models import Generation
from peacetracker.diplomacy import recorded
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.filters import EventFilter, Params, read_filter
from peacetracker.diplomacy.models import Event, EventVersion
from peacetracker.diplomacy.statements import Statement, run, statement
from peacetracker.diplomacy.terms import term

Place = tuple[Cursor | None, bool]  # where a list goes on, and whether it descends


def with_documents(events: QuerySet[Any]) -> Any:
    """Join each event with its current version, as `current`."""
    current = FilteredRelation("versions", condition=Q(versions__recorded_to=None))
    return events.annotate(current=current).filter(current__isnull=False)


def columns(events: QuerySet[Any]) -> QuerySet[Any]:
    return events.values_list("first_day", "slug", "current__document")


def present() -> Subquery:
    """The generation in which a query is answered."""
    return Subquery(Generation.objects.filter(pk=1).values("number"))


def _read_events(events: QuerySet[Any]) -> Iterable[Row]:
    return [((day, slug), document.encode()) for day, slug, document in columns(events)]


def in_page(rows: QuerySet[Any], keys: Sequence[str], event: Any, place: Place, size: int) -> QuerySet[Any]:
    """So many rows that stand for events from a place on: their keys, which event, and the generation."""
    cursor, descending = place
    return Rows(lambda: rows, tuple(keys), list, descending).sliced(cursor, size).values_list(*keys, event, present())


def standing_for(filter: EventFilter) -> tuple[QuerySet[Any], Sequence[str], str]:
    """The rows that find the public events asked for best, the columns of their order, and that of the event."""
    parts = filter.parts()
    if parts is not None:
        return parts, ("event_first_day", "event_slug"), "event"
    if filter.is_at_hand:
        return *filter.in_order_at_hand(), "event"
    return filter.apply(Event.objects.public()), filter.keys, "pk"


def page_now(filter: EventFilter, place: Place, size: int) -> QuerySet[Any]:
    rows, keys, event = standing_for(filter)
    return in_page(rows, keys, F(event), place, size)


def past_page(filter: EventFilter, moment: datetime, terms: recorded.Terms, place: Place, size: int) -> QuerySet[Any]:
    """The same of a past moment, and which version. What has not changed since is found as the present is, by the same
    indexes; beside it stands what has."""
    rows, keys, event = standing_for(filter)
    current = EventVersion.objects.filter(event=OuterRef(event), recorded_to=None).order_by()
    unchanged = recorded.holding(current.filter(recorded_from__lt=moment), terms)
    kept = in_page(rows.filter(Exists(unchanged)), keys, Subquery(current.values("pk")), place, size)
    changed = recorded.between(recorded.holding(recorded.ended_since(moment), terms), filter.values)
    left = in_page(changed, ("first_day", "slug"), F("pk"), place, size)
    back, descending = bool(place[0] and place[0].back), place[1]
    order = (f"-{key}" if descending != back else key for key in keys)
    return kept.union(left, all=True).order_by(*order)[:size]


# The documents of a page, looked up when the page is cut and numbered: rows of keys alone are quick to handle.
DOCUMENT = "SELECT document FROM diplomacy_eventversion WHERE event_id = page.event AND recorded_to IS NULL"
PAST_DOCUMENT = "SELECT document FROM diplomacy_eventversion WHERE id = page.event"
ROW_BY_ROW = """
SELECT day, slug, convert_to(({document}), 'UTF8'), generation FROM ({page}) AS page (day, slug, event, generation)
"""
# A page as one row: its generation, how many rows, the keys of the first one and the last one shown, the documents.
JOINED = """
SELECT max(generation), count(*), max(day) FILTER (WHERE n = 1), max(slug) FILTER (WHERE n = 1),
    max(day) FILTER (WHERE n = {limit}), max(slug) FILTER (WHERE n = {limit}),
    convert_to(string_agg(({document}), ',' {order}) FILTER (WHERE n <= {limit}), 'UTF8')
FROM (SELECT *, row_number() OVER () AS n FROM ({page}) AS row (day, slug, event, generation)) AS page
"""
# Whatever their values, an index has the events of these in order.
INDEXED = {"leader", "kind", "after", "before"}


@dataclass(frozen=True)
class EventRows(Rows):
    """Events by their filter; on PostgreSQL each shape of a question is compiled once."""

    question: "EventQuestion | None" = None
    kind: str | None = None

    def slice(self, cursor: Cursor | None, size: int) -> list[Row]:
        asked = self.compiled(cursor, size)
        if asked is None:
            return super().slice(cursor, size)
        known, values = asked
        whole = replace(known, sql=ROW_BY_ROW.format(document=self.document, page=known.sql))
        found = run(whole, values, prepare=self.is_indexed)
        if found:
            found_in(found[0][3])
        return [((day, slug), document) for day, slug, document, _number in found]

    def joined(self, cursor: Cursor | None, limit: int) -> Joined:
        """In one row, for fifty take both the database and us longer to pass on than to find."""
        asked = self.compiled(cursor, limit + 1)
        if asked is None:
            return super().joined(cursor, limit)
        known, values = asked
        back = bool(cursor and cursor.back)
        order = "ORDER BY n DESC" if back else ""
        whole = replace(known, sql=JOINED.format(document=self.document, page=known.sql, limit=limit, order=order))
        [(number, n, *first, last_day, last_slug, text)] = run(whole, values, prepare=self.is_indexed)
        if not n:
            return Joined(None, None, b"")
        found_in(number)
        beyond = Cursor(back, (last_day, last_slug)) if n > limit else None
        before = Cursor(not back, tuple(first)) if cursor else None
        return Joined(before, beyond, text) if back else Joined(beyond, before, text)

    @property
    def is_indexed(self) -> bool:
        """Whether one plan is good for all values of the question. For a past moment none is: much or nothing may have
        changed since."""
        asked = self.question
        if asked is None or asked.day or asked.filter.is_at_hand:
            return False
        return INDEXED.issuperset(asked.filter.values)

    @property
    def document(self) -> str:
        return PAST_DOCUMENT if self.question and self.question.day else DOCUMENT

    def compiled(self, cursor: Cursor | None, size: int) -> tuple[Statement, list[Any]] | None:
        """The statement for so many rows beyond the cursor, and its values; None where the ORM has to be asked."""
        asked = self.question
        if asked is None or asked.since or connection.vendor != "postgresql":
            return None
        names = tuple(asked.filter.values)
        # Words have no fixed shape; two lists of kinds may share none, which stand-ins cannot tell.
        if "q" in names or (self.kind and "kind" in names):
            return None
        moment = recorded.end_of(asked.day) if asked.day else None
        then = recorded.asked_then(asked.filter, moment) if moment else recorded.Then([], alike=True)
        if not then.alike:
            return None
        terms = [*then.terms, [term("kind", self.kind)]] if self.kind else then.terms
        back = cursor.back if cursor else None

        def build(nest: Any) -> QuerySet[Any]:
            values, key, moment, terms = nest
            filter = replace(asked.filter, values=dict(zip(names, values, strict=True)))
            filter = filter.also("kind", [self.kind]) if self.kind else filter
            place = (Cursor(bool(back), key) if key else None, self.descending)
            return past_page(filter, moment, terms, place, size) if moment else page_now(filter, place, size)

        return statement(
            (tuple(asked.filter.values.values()), cursor.key if cursor else None, moment, terms),
            (names, asked.filter.ordering, self.kind, back, size),
            build,
        )


def _read_versions(versions: QuerySet[EventVersion]) -> Iterable[Row]:
    found = versions.values_list("first_day", "slug", "document")
    return [((day, slug), document.encode()) for day, slug, document in found]


@dataclass(frozen=True)
class EventQuestion:
    """Filters, `modified_since` and `as_of`, checked."""

    filter: EventFilter
    since: datetime | None
    day: date | None = None

    def events(self, kind: str | None) -> Any:
        events = self.filter.apply(Event.objects.public())
        events = events.of_kind(kind) if kind else events
        return with_documents(events).filter(current__recorded_from__gte=self.since) if self.since else events

    def versions(self, kind: str | None, day: date) -> QuerySet[EventVersion]:
        """What the question would have found at the end of the day."""
        moment = recorded.end_of(day)
        found = recorded.of_kind(recorded.narrow(recorded.events_at(moment), self.filter, moment), kind)
        return found.filter(recorded_from__gte=self.since) if self.since else found

    def rows(self, kind: str | None = None) -> Rows:
        if day := self.day:
            return EventRows(
                lambda: self.versions(kind, day),
                ("first_day", "slug"),
                _read_versions,
                self.filter.ordering == "-date",
                None,
                self,
                kind,
            )
        return EventRows(
            lambda: self.documents(kind),
            self.filter.keys,
            _read_events,
            self.filter.ordering == "-date",
            lambda: self.count(kind),
            self,
            kind,
        )

    def pairs(self, kind: str | None) -> list[tuple[str, str]]:
        """Its filters in one spelling, for the address of their page."""
        asked = [pair for pair in self.filter.query if pair[0] != "ordering"]
        return [("kind", kind), *asked] if kind and ("kind", kind) not in asked else asked

    def count(self, kind: str | None) -> int:
        if self.since:
            return int(self.events(kind).count())
        return total(self.filter.also("kind", [kind]) if kind else self.filter)

    def names_of(self, pks: Iterable[int], kind: str | None) -> dict[int, str]:
        """Which of these events answer the question, whenever they were recorded, and how they are called."""
        whole = replace(self, since=None)
        if self.day:
            return dict(whole.versions(kind, self.day).filter(event__in=pks).values_list("event_id", "slug"))
        return dict(whole.events(kind).filter(pk__in=pks).values_list("pk", "slug"))

    def documents(self, kind: str | None) -> Any:
        events = self.events(kind)
        return events if self.since else with_documents(events)

    def digests(self, kind: str | None = None) -> Iterator[tuple[str, str]]:
        """Name and digest of every version that is found, by name."""
        if self.day:
            found = self.versions(kind, self.day).order_by("slug").values_list("slug", "sha256")
        else:
            found = self.documents(kind).order_by("slug").values_list("slug", "current__sha256")
        yield from found.iterator(chunk_size=2000)

    def latest(self, limit: int, kind: str | None = None) -> list[str]:
        """The documents that were recorded last."""
        if self.day:
            newest = self.versions(kind, self.day).order_by("-recorded_from", "-pk")
            return list(newest.values_list("document", flat=True)[:limit])
        ordered = self.documents(kind).order_by("-current__recorded_from", "-current__pk")
        return list(ordered.values_list("current__document", flat=True)[:limit])


def read_event_question(params: Params, besides: Iterable[str]) -> EventQuestion:
    asked = read_filter(params, besides=[*besides, "modified_since", recorded.AS_OF])
    return EventQuestion(asked, read_since(params), recorded.read_as_of(params))


@dataclass(frozen=True)
class Recorded:
    """A version of an event: its document and the digest of that."""

    document: str
    sha256: str


def find_event(slug: str, kind: str | None = None, day: date | None = None) -> Recorded | None:
    """The current version of a public event; with a day, that of then, by its name of then or of now."""
    if day:
        version = recorded.event_at(slug, recorded.end_of(day), kind)
        return Recorded(version.document, version.sha256) if version else None
    current = EventVersion.objects.filter(recorded_to=None, event__visibility=Visibility.PUBLIC, event__slug=slug)
    found = (current.filter(event__kind=kind) if kind else current).values_list("document", "sha256").first()
    return Recorded(*found) if found else None
