"""What search engines are told of: every public record with a page of its own."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from peacetracker.diplomacy.models import Body, Event, Leader, Place, Proposal, Topic


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


class PageSitemap(Sitemap):
    def items(self) -> list[str]:
        names = ["home", "timeline", "events", "leaders", "proposals", "commissions", "commitments", "data", "method"]
        names += ["readouts", "publishers", "cadence", "map", "network"]
        return [f"dashboard:{name}" for name in names]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap(),
    "events": RecordSitemap(Event, "dashboard:event"),
    "leaders": RecordSitemap(Leader, "dashboard:leader"),
    "proposals": RecordSitemap(Proposal, "dashboard:proposal"),
    "commissions": RecordSitemap(Body, "dashboard:commission"),
    "places": RecordSitemap(Place, "dashboard:place"),
    "topics": RecordSitemap(Topic, "dashboard:topic"),
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; the desk and endless combinations of filters need not be."""
    address = request.build_absolute_uri("/sitemap.xml")
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*?*cursor=", f"Sitemap: {address}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
