"""The map of places, the places as a table, and the events of one place beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.analysis.facets import Among, facets, total
from peacetracker.analysis.map import THIRD, Venue, events_at, placed, venues
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.figures import map as drawing
from peacetracker.dashboard.links import api_link, with_query
from peacetracker.dashboard.listing import BESIDES, chosen, data_links, filter_row
from peacetracker.dashboard.sharing import Embedded, files, share
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.filters import BadFilter, EventFilter, read_filter
from peacetracker.diplomacy.models import Leader, Party

OWN = ("at", "view")
BESIDE = 12  # events of a place that stand beside the map
Pairs = list[tuple[str, str]]


def ask(request: HttpRequest) -> tuple[EventFilter, str]:
    """The question and the view. `at`: the place whose events stand beside the map."""
    asked: EventFilter = read_filter(request.GET, lenient=True, besides=(*BESIDES, *OWN))
    view = request.GET.get("view") or "europe"
    if view not in drawing.VIEWS:
        raise BadFilter("view", f"“{view}”", list(drawing.VIEWS))
    return asked, view


@answered
def places(request: HttpRequest) -> HttpResponse:
    asked, view = ask(request)
    found = venues(asked)
    counted = facets(asked, Among(placed(), "placed"))
    at = chosen_place(request, found)
    query = [*asked.query, *([("view", view)] if view != "europe" else [])]
    drawn = _drawn(asked, query)
    links = {form: drawn["links"][form] for form in ("csv", "json", "jsonl", "geojson")}
    context = {
        "asked": asked,
        "until": until_of(request),
        "filters": [filter_row(facet) for facet in counted.facets],
        "chosen": chosen(asked, request.path),
        "shown": counted.total,
        "sentence": drawing.sentence(found, total(asked), until_of(request)),
        "venues": [_row(asked, query, venue) for venue in found],
        "at": at,
        "beside": events_at(asked, at.place, BESIDE) if at else [],
        "at_events": events_link(asked, at) if at else "",
        "views": [(name, title, with_query("", views(asked, name, at)), name == view) for name, (title, *_r) in
                  drawing.VIEWS.items()],
        "carried": [*([("view", view)] if view != "europe" else []), *([("at", at.place.slug)] if at else [])],
        **drawn,
        "share": share(request, view="map", title=_("Where events took place"), state=query,
                       api=api_link(asked.query, "geojson"), files=files(links, counted.total)),
        "leaders": Leader.objects.public().order_by("name").values_list("slug", "name"),
        "parties": Party.objects.order_by("name").values_list("code", "name"),
    }  # fmt: skip
    return render(request, "dashboard/map.html", context)


def _drawn(asked: EventFilter, query: Pairs) -> dict[str, Any]:
    return {
        "figure": with_query(reverse("dashboard:map-figure"), query),
        "tracks": THIRD,
        "links": {**data_links(asked.query), "geojson": api_link(asked.query, "geojson")},
    }


def embedded(request: HttpRequest) -> Embedded:
    asked, view = ask(request)
    query = [*asked.query, *([("view", view)] if view != "europe" else [])]
    page = reverse("dashboard:map")
    found = venues(asked)
    return Embedded(
        title=_("Where events took place"),
        page=with_query(page, query),
        picture="dashboard/_map_figure.html",
        twin="dashboard/_map_table.html",
        context={**_drawn(asked, query), "venues": [_row(asked, query, venue, page) for venue in found],
                 "shown": sum(venue.total for venue in found), "chosen": chosen(asked, page)},
        scripts="dashboard/_map_scripts.html",
        styles=("css/map.css",),
    )  # fmt: skip


@answered
def figure(request: HttpRequest) -> HttpResponse:
    """The same places as a figure."""
    asked, view = ask(request)
    return JsonResponse(drawing.figure(venues(asked), view))


def chosen_place(request: HttpRequest, found: list[Venue]) -> Venue | None:
    """The place that `at` names. None without one, or where no event there answers the question."""
    slug = request.GET.get("at")
    if len(request.GET.getlist("at")) > 1:
        raise BadFilter("at", _("at can be given once only."), ["at"])
    return next((venue for venue in found if venue.place.slug == slug), None) if slug else None


def views(asked: EventFilter, name: str, at: Venue | None) -> Pairs:
    return [*asked.query, ("view", name), *([("at", at.place.slug)] if at else [])]


def events_link(asked: EventFilter, venue: Venue) -> str:
    """The list of exactly the events that the map counts at a place."""
    kept = [pair for pair in asked.query if pair[0] != "place"]
    return with_query(reverse("dashboard:events"), [*kept, ("place", venue.place.slug)])


def _row(asked: EventFilter, query: Pairs, venue: Venue, path: str = "") -> dict[str, Any]:
    return {
        "venue": venue,
        "through": drawing.through(venue),
        "events": events_link(asked, venue),
        "beside": with_query(path, [*query, ("at", venue.place.slug)]),
    }
