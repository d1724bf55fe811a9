"""What search engines are told of: every public record with a page of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from peacetracker.core.cache import generation
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import Body, Citation, Event, Leader, Party, Place, Proposal, Publisher, Topic


class RecordSitemap(Sitemap):
    """The public records of one noun, oldest first, so that a full page of the map never changes its rows."""

    limit = 10_000

    def __init__(self, model: type[Any], address: str) -> None:
        self.model, self.address = model, address

    def items(self) -> Any:
        return self.model.objects.public().order_by("pk").only("slug", "updated_at")

    def location(self, item: Any) -> str:
        return reverse(self.address, args=[item.slug])

    def lastmod(self, item: Any) -> Any:
        return item.updated_at


class CitedSitemap(Sitemap):
    """Nouns that change with the events they have part in: parties and publishers."""

    def __init__(self, rows: Callable[[], Any], latest: Callable[[], dict[int, Any]], address: Callable[[Any], str]):
        self.rows, self.latest, self.address = rows, latest, address

    def items(self) -> Any:
        changed = self.latest()
        return [(row, changed.get(row.pk)) for row in self.rows()]

    def location(self, item: Any) -> str:
        return self.address(item[0])

    def lastmod(self, item: Any) -> Any:
        return item[1]


def _latest_of_parties() -> dict[int, Any]:
    rows = Event.objects.public().order_by().values("parties").annotate(at=Max("updated_at"))
    return {row["parties"]: row["at"] for row in rows}


def _latest_of_publishers() -> dict[int, Any]:
    rows = Citation.objects.filter(event__visibility=Visibility.PUBLIC).order_by().values("source__publisher")
    return {row["source__publisher"]: row["at"] for row in rows.annotate(at=Max("event__updated_at"))}


class PageSitemap(Sitemap):
    def items(self) -> list[str]:
        names: tuple[str, ...] = ("home", "timeline", "events", "leaders", "proposals", "commissions", "commitments")
        names += (
            "data",
            "method",
            "readouts",
            "publishers",
            "cadence",
            "map",
            "network",
            "changes",
            "proposals-beside",
        )
        return [f"dashboard:{name}" for name in names]

    def location(self, item: str) -> str:
        return reverse(item)

    def lastmod(self, _item: str) -> Any:
        return generation().changed_at


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap(),
    "events": RecordSitemap(Event, "dashboard:event"),
    "leaders": RecordSitemap(Leader, "dashboard:leader"),
    "proposals": RecordSitemap(Proposal, "dashboard:proposal"),
    "commissions": RecordSitemap(Body, "dashboard:commission"),
    "places": RecordSitemap(Place, "dashboard:place"),
    "topics": RecordSitemap(Topic, "dashboard:topic"),
    "parties": CitedSitemap(
        lambda: Party.objects.order_by("pk"),
        _latest_of_parties,
        lambda party: reverse("dashboard:party", args=[party.code.lower()]),
    ),
    "publishers": CitedSitemap(
        lambda: Publisher.objects.order_by("pk"),
        _latest_of_publishers,
        lambda publisher: reverse("dashboard:publisher", args=[publisher.domain]),
    ),
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; the desk and endless combinations of filters need not be."""
    address = request.build_absolute_uri("/sitemap.xml")
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*?*cursor=", f"Sitemap: {address}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
