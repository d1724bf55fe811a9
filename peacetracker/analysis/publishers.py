"""Who publishes what the record rests on: source pages, the events they back, and those that nothing else backs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef

from peacetracker.core.cache import remembered
from peacetracker.diplomacy.backing import public_citations
from peacetracker.diplomacy.models import Citation, Event, Publisher
from peacetracker.diplomacy.querysets import EventQuerySet
from peacetracker.diplomacy.sourcing import domain_of

DAY_S = 24 * 3600


@dataclass(frozen=True)
class Output:
    """How many pages of a publisher the record cites, and how many events they back."""

    pages: int = 0
    events: int = 0


@dataclass(frozen=True)
class Year:
    """Pages published in a year; None: their day is not known. `share`: of the fullest year, in per cent."""

    year: int | None
    pages: int
    share: float


def with_domains(sources: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sources as a document has them, each with the domain of its publisher, if the record knows one."""
    known = remembered("domains", lambda: frozenset(Publisher.objects.values_list("domain", flat=True)))
    return [{**source, "domain": domain_of(source["url"], known)} for source in sources]


def outputs(version: int) -> Mapping[int | None, Output]:
    """Publisher → its output; counted once for each generation of the record. None: pages without a publisher."""
    key = f"analysis:publishers:{version}"
    found: Mapping[int | None, Output] | None = cache.get(key)
    if found is None:
        rows = public_citations().order_by().values_list("source__publisher").annotate(
            Count("source", distinct=True), Count("event", distinct=True)
        )  # fmt: skip
        found = {publisher: Output(pages, events) for publisher, pages, events in rows}
        cache.set(key, found, DAY_S)
    return found


def by_year(publisher: Publisher) -> list[Year]:
    """Pages by the year of publication, years without any in between. One query."""
    rows = dict(
        public_citations()
        .filter(source__publisher=publisher)
        .order_by()
        .values_list("published__year")
        .annotate(Count("source", distinct=True))
    )
    unknown = rows.pop(None, 0)
    top = max([*rows.values(), unknown, 1])
    span = range(min(rows), max(rows) + 1) if rows else ()
    years = [Year(year, rows.get(year, 0), _share(rows.get(year, 0), top)) for year in span]
    return [*years, Year(None, unknown, _share(unknown, top))] if unknown else years


def _share(pages: int, top: int) -> float:
    return round(pages / top * 100, 1)


def backed_alone(publisher: Publisher) -> EventQuerySet:
    """Public events that no page of another publisher backs."""
    pages = Citation.objects.filter(event=OuterRef("pk"))
    others = pages.exclude(source__publisher=publisher)
    events: EventQuerySet = Event.objects.public().filter(
        Exists(pages.filter(source__publisher=publisher)), ~Exists(others)
    )
    return events
