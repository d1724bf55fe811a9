"""Search over events, people, proposals and bodies, in any spelling."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peacetracker.analysis.contacts import listed
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import Body, Event, Leader, Proposal

MOST = 50


@answered
def search(request: HttpRequest) -> HttpResponse:
    words = read_filter(request.GET, lenient=True).values.get("q", "")
    context = {"words": words, "until": until_of(request)}
    if words:
        events = Event.objects.public().matching(words)
        context |= {
            "leaders": Leader.objects.public().matching(words)[:MOST],
            "proposals": Proposal.objects.public().matching(words)[:MOST],
            "bodies": Body.objects.public().matching(words)[:MOST],
            "event_count": events.count(),
            "events": listed(events).newest_first()[:MOST],
        }
    return render(request, "dashboard/search.html", context)
