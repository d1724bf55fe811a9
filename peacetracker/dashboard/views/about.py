"""Pages about the record itself: how to take it away, how it is made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.structured import dataset_data
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.choices import TRACK_RULE, Kind, Precision, Stance, Status, Track
from peacetracker.diplomacy.models import Event, Topic


@answered
def data(request: HttpRequest) -> HttpResponse:
    until, site = until_of(request), request.build_absolute_uri("/")
    first = Event.objects.public().order_by("first_day").values_list("first_day", flat=True).first()
    about = _("Calls, meetings, visits, statements, agreements, commission sessions and incidents of the"
              " Armenia–Azerbaijan peace process, each with the sources whose text was read.")  # fmt: skip
    name = _("Peace Tracker: a record of the Armenia–Azerbaijan peace process")
    described = dataset_data(site.rstrip("/"), name=name, about=about, first=first, until=until)
    context = {"until": until, "address": site, "structured": [described], "described": about}
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
