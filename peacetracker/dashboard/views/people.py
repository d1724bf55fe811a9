"""Leaders by party, and one person: offices, contacts, counterparts, stands."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.analysis.contacts import listed
from peacetracker.analysis.facets import total
from peacetracker.analysis.people import contacts_by_year, counterparts, people, span_of
from peacetracker.analysis.positions import stands_by
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.landing import landing
from peacetracker.dashboard.sharing import Embedded, share_events, share_list
from peacetracker.dashboard.strips import office_strip, year_bars
from peacetracker.dashboard.structured import person_data
from peacetracker.dashboard.views import past, past_records
from peacetracker.dashboard.views.finding import answered, find
from peacetracker.diplomacy.calling import called
from peacetracker.diplomacy.filters import EventFilter, read_nothing
from peacetracker.diplomacy.models import Leader


@answered
def leaders(request: HttpRequest) -> HttpResponse:
    until = until_of(request)
    if until is None:
        return render(request, "dashboard/empty.html")
    context = _by_party(until) | {"until": until}
    context["share"] = share_list(request, "leaders", _("Leaders"), context["shown"])
    return render(request, "dashboard/leaders.html", context)


def _by_party(until: date) -> dict[str, Any]:
    groups = people(until)
    return {"groups": groups, "shown": sum(len(group.people) for group in groups)}


def embedded(request: HttpRequest) -> Embedded:
    read_nothing(request.GET)
    until = until_of(request)
    return Embedded(
        title=_("Armenia and Azerbaijan: people, their offices and contacts"),
        page=reverse("dashboard:leaders"),
        picture="dashboard/_leaders.html",
        counted="dashboard/_leaders_counted.html",
        context=_by_party(until) if until else {"shown": 0},
        scripts="",
    )


@answered
def leader(request: HttpRequest, slug: str) -> HttpResponse:
    if past.is_asked(request):
        return past_records.record(request, slug, "leader")
    found: Leader = find(
        request, Leader.objects.select_related("party"), slug, noun="leader",
        link=lambda heir: reverse("dashboard:leader", args=[heir]),
    )  # fmt: skip
    until = until_of(request)
    tenures = list(found.tenures.select_related("office__party", "source").order_by("-start", "pk"))
    span = span_of(tenures, until) if until else None
    asked = EventFilter({"leader": [found.slug]}, {"leader": [found.pk]})
    count = total(asked)
    context = {
        "leader": found,
        "until": until,
        "tenures": tenures,
        "offices": office_strip(tenures, span) if span else None,
        "years": year_bars(contacts_by_year(found)),
        "counterparts": counterparts(found),
        "stands": stands_by(found),
        "memberships": found.memberships.select_related("body", "party", "source"),
        "events": listed(asked.events())[:20],
        "first": listed(replace(asked, ordering="date").events()).first(),
        "event_count": count,
        "share": share_events(request, "events", called(found.name), asked.query, count, reverse("dashboard:events")),
        **past_records.cite_now(request, found.slug, "leader"),
        **landing(request, person_data(found, tenures, request.build_absolute_uri(request.path)), noun="leader",
                  slug=found.slug, name=found.name, list_name=_("Leaders"), list_address="leaders"),
    }  # fmt: skip
    return render(request, "dashboard/leader.html", context)
