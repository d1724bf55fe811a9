"""Pages of the smaller nouns: commissions, parties, places, topics, commitments; each with its events as a list."""

from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.analysis.facets import total
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.listing import BESIDES, data_links, rows
from peacetracker.dashboard.views.finding import answered, find
from peacetracker.diplomacy.choices import Kind, Status, Visibility
from peacetracker.diplomacy.filters import EventFilter, read_filter
from peacetracker.diplomacy.models import Body, Citation, Commitment, Event, Membership, Party, Place, Topic


def _noun(request: HttpRequest, record: Any, *, asked_by: str, value: str, facts: dict[str, Any]) -> HttpResponse:
    """One record with its events: those of the filter `asked_by=value`, so that the data links give the same."""
    params = request.GET.copy()
    params[asked_by] = value
    asked: EventFilter = read_filter(params, lenient=True, besides=BESIDES)
    events = asked.apply(Event.objects.public())
    context = {
        "record_shown": record,
        "facts": facts,
        "asked": asked,
        "until": until_of(request),
        "shown": total(asked),
        "rows": rows(request, asked, events),
        "links": data_links(asked.query),
        "timeline": f"{reverse('dashboard:timeline')}?{asked_by}={value}",
    }
    return render(request, "dashboard/noun.html", context)


@answered
def commissions(request: HttpRequest) -> HttpResponse:
    sessions = Q(events__visibility=Visibility.PUBLIC, events__kind=Kind.COMMISSION_SESSION, events__status=Status.HELD)
    bodies = (
        Body.objects.public()
        .prefetch_related("parties")
        .annotate(
            session_count=Count("events", filter=sessions), last_session=Max("events__first_day", filter=sessions)
        )
        .order_by("name")
    )
    return render(request, "dashboard/commissions.html", {"bodies": bodies, "until": until_of(request)})


@answered
def commission(request: HttpRequest, slug: str) -> HttpResponse:
    bodies = Body.objects.select_related("part_of").prefetch_related(
        "parties",
        "parts",
        "sits_jointly_with",
        Prefetch("memberships", Membership.objects.select_related("leader", "party", "source")),
    )
    found: Body = find(
        request, bodies, slug, noun="body", link=lambda heir: reverse("dashboard:commission", args=[heir])
    )
    until = until_of(request)
    sessions = Event.objects.public().filter(bodies=found, kind=Kind.COMMISSION_SESSION, status=Status.HELD)
    last = sessions.newest_first().first()
    facts = {
        "lead": found.mandate,
        "kind": found.get_kind_display(),
        "body": found,
        "last": last,
        "days": (until - last.first_day).days if last and until else None,
        "sources": Citation.objects.filter(body=found).select_related("source", "side"),
    }
    return _noun(request, found, asked_by="commission", value=found.slug, facts=facts)


@answered
def party(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Party, code=slug.upper())
    facts = {
        "kind": found.get_kind_display(),
        "leaders": found.leaders.filter(visibility=Visibility.PUBLIC).order_by("name"),
        "publishers": found.publishers.order_by("name")[:40],
    }
    return _noun(request, found, asked_by="party", value=found.code, facts=facts)


@answered
def place(request: HttpRequest, slug: str) -> HttpResponse:
    found: Place = find(
        request, Place.objects.all(), slug, noun="place", link=lambda heir: reverse("dashboard:place", args=[heir])
    )
    facts = {"kind": _("Place"), "other_names": [*found.name_native.values(), *found.other_names]}
    return _noun(request, found, asked_by="place", value=found.slug, facts=facts)


@answered
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found: Topic = find(
        request, Topic.objects.all(), slug, noun="topic", link=lambda heir: reverse("dashboard:topic", args=[heir])
    )
    return _noun(
        request, found, asked_by="topic", value=found.slug, facts={"kind": _("Topic"), "lead": found.description}
    )


@answered
def commitments(request: HttpRequest) -> HttpResponse:
    made = (
        Commitment.objects.public()
        .filter(event__visibility=Visibility.PUBLIC)
        .select_related("event", "resolved_by")
        .prefetch_related("by")
        .order_by("-event__first_day", "pk")
    )
    return render(request, "dashboard/commitments.html", {"commitments": made, "until": until_of(request)})
