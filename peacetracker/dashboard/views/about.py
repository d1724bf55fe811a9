"""Pages about the record itself: how to take it away, how it is made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.choices import TRACK_RULE, Kind, Precision, Stance, Status, Track
from peacetracker.diplomacy.models import Topic


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
