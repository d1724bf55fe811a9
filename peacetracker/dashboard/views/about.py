"""Pages about the record itself: how to take it away, how it is made, what changed in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.choices import TRACK_RULE, Kind, Precision, Stance, Status, Track, Visibility
from peacetracker.diplomacy.models import Event, EventVersion, Topic

LATEST = 100


@answered
def data(request: HttpRequest) -> HttpResponse:
    context = {"until": until_of(request), "address": request.build_absolute_uri("/")}
    return render(request, "dashboard/data.html", context)


@answered
def method(request: HttpRequest) -> HttpResponse:
    context = {
        "until": until_of(request),
        "codes": [
            ("kind", Kind),
            ("status", Status),
            ("track", Track),
            ("date precision", Precision),
            ("stance", Stance),
        ],
        "track_rule": TRACK_RULE,
        "topics": Topic.objects.public().order_by("name"),
    }
    return render(request, "dashboard/method.html", context)


@answered
def changes(request: HttpRequest) -> HttpResponse:
    """The latest versions of public events, and the events that are no longer public."""
    versions = EventVersion.objects.filter(event__visibility=Visibility.PUBLIC).select_related("event")
    context = {
        "versions": versions.defer("document", "event__search_text").order_by("-pk")[:LATEST],
        "gone": Event.objects.filter(visibility__in=(Visibility.WITHDRAWN, Visibility.MERGED))
        .select_related("heir")
        .order_by("-updated_at")[:LATEST],
    }
    return render(request, "dashboard/changes.html", context)
