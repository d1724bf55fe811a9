"""Charts for the pages of others. A view joins by one line here and a function that says what its bare page shows."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.sharing import Embedded, framable
from peacetracker.dashboard.views import (
    cadence,
    commitments,
    compare,
    events,
    home,
    network,
    nouns,
    people,
    proposals,
    readouts,
    timeline,
)
from peacetracker.dashboard.views import map as places
from peacetracker.dashboard.views.finding import answered

VIEWS: dict[str, Callable[[HttpRequest], Embedded]] = {
    "timeline": timeline.embedded,
    "events": events.embedded,
    "compare": compare.embedded,
    "quarters": home.embedded,
    "network": network.embedded,
    "cadence": cadence.embedded,
    "map": places.embedded,
    "readouts": readouts.embedded,
    "proposals": proposals.embedded,
    "positions": proposals.embedded_grid,
    "commitments": commitments.embedded,
    "leaders": people.embedded,
    "commissions": nouns.embedded,
}


@framable
@answered
def embed(request: HttpRequest, view: str) -> HttpResponse:
    if view not in VIEWS:
        raise Http404(view)
    shown = VIEWS[view](request)
    context = {"embedded": shown, "until": until_of(request), "canonical": request.build_absolute_uri(shown.page)}
    return render(request, "dashboard/embed.html", context | shown.context)
