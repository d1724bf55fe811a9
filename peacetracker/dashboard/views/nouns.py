"""Pages of the smaller nouns: commissions, parties, places, topics, commitments; each with its events as a list."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from peacetracker.analysis.facets import closed_facets, total
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.landing import landing
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.listing import BESIDES, data_links, filter_row, rows
from peacetracker.dashboard.sharing import Embedded, files, share, share_list
from peacetracker.dashboard.structured import body_data, place_data
from peacetracker.dashboard.views import past, past_records
from peacetracker.dashboard.views.finding import answered, find
from peacetracker.diplomacy.calling import called
from peacetracker.diplomacy.choices import Kind, Status, Visibility
from peacetracker.diplomacy.filters import EventFilter, read_filter, read_nothing
from peacetracker.diplomacy.models import Body, Citation, Event, Membership, Party, Place, Topic

NUMBERS = ("joint", "kind", "track")  # by what the events of a noun are counted on its page
LISTS = {"commission": (_lazy("Commissions"), "commissions"), "place": (_lazy("Map"), "map"),
         "party": (_lazy("Leaders"), "leaders"), "topic": (_lazy("Events"), "events")}  # fmt: skip


def _noun(
    request: HttpRequest, record: Any, *, asked_by: str, value: str, facts: dict[str, Any],
    data: Callable[[Any, str], dict[str, Any]] | None = None,
) -> HttpResponse:  # fmt: skip
    """One record with its events: those of the filter `asked_by=value`, so that the data links give the same."""
    params = request.GET.copy()
    params[asked_by] = value
    asked: EventFilter = read_filter(params, lenient=True, besides=BESIDES)
    events = asked.apply(Event.objects.public())
    # A commission has facts of its own.
    counted = None if asked_by == "commission" else closed_facets(asked)
    shown, links = counted.total if counted else total(asked), data_links(asked.query)
    context = {
        "record_shown": record,
        "facts": facts,
        "asked": asked,
        "until": until_of(request),
        "shown": shown,
        "numbers": [filter_row(facet) for facet in (counted.facets if counted else []) if facet.name in NUMBERS],
        "narrowed": with_query(reverse("dashboard:events"), [(asked_by, value)]),
        "rows": rows(request, asked, events),
        "links": links,
        "share": share(
            request, view="events", title=called(record.name), state=asked.query, api=links["json"],
            page=reverse("dashboard:events"),
            files=files({form: links[form] for form in ("csv", "json", "jsonl", "ics", "atom")}, shown),
        ),
        "timeline": f"{reverse('dashboard:timeline')}?{asked_by}={value}",
        **_foot(asked_by, value),
        **landing(request, data(record, request.build_absolute_uri(request.path)) if data else None, noun=asked_by,
                  slug=value.lower(), name=record.name, list_name=str(LISTS[asked_by][0]),
                  list_address=LISTS[asked_by][1]),
    }  # fmt: skip
    return render(request, "dashboard/noun.html", context)


def _foot(asked_by: str, value: str) -> dict[str, str]:
    """Addresses of the versions and the document; a commission has them beside its citation."""
    if asked_by == "commission":
        return {}
    json = f"/api/v1/{'parties' if asked_by == 'party' else f'{asked_by}s'}/{value}/"
    return {"history": reverse(f"dashboard:{asked_by}-history", args=[value.lower()]), "json": json}


@answered
def commissions(request: HttpRequest) -> HttpResponse:
    bodies = _by_sessions()
    context = {
        "bodies": bodies,
        "until": until_of(request),
        "share": share_list(request, "commissions", _("Commissions"), len(bodies)),
    }
    return render(request, "dashboard/commissions.html", context)


def embedded(request: HttpRequest) -> Embedded:
    read_nothing(request.GET)
    return Embedded(
        title=_("Armenia and Azerbaijan: commissions, working groups and formats"),
        page=reverse("dashboard:commissions"),
        picture="dashboard/_commissions_table.html",
        context={"bodies": _by_sessions()},
        scripts="",
    )


def _by_sessions() -> list[Body]:
    sessions = Q(events__visibility=Visibility.PUBLIC, events__kind=Kind.COMMISSION_SESSION, events__status=Status.HELD)
    bodies = (
        Body.objects.public()
        .prefetch_related("parties")
        .annotate(
            session_count=Count("events", filter=sessions),
            last_session=Max("events__first_day", filter=sessions),
            event_count=Count("events", filter=Q(events__visibility=Visibility.PUBLIC)),
        )
        .order_by("-session_count", "-event_count", "name")
    )
    return list(bodies)


@answered
def commission(request: HttpRequest, slug: str) -> HttpResponse:
    if past.is_asked(request):
        return past_records.record(request, slug, "body")
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
        "cite": past_records.cite_now(request, found.slug, "body"),
    }
    return _noun(request, found, asked_by="commission", value=found.slug, facts=facts, data=body_data)


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
    native = {name: code for code, name in found.name_native.items() if name != found.name}
    names = {name: native.get(name, "") for name in [*native, *found.other_names]}
    facts = {"kind": _("Place"), "other_names": [(code, name) for name, code in names.items()]}
    return _noun(request, found, asked_by="place", value=found.slug, facts=facts, data=place_data)


@answered
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found: Topic = find(
        request, Topic.objects.all(), slug, noun="topic", link=lambda heir: reverse("dashboard:topic", args=[heir])
    )
    return _noun(
        request, found, asked_by="topic", value=found.slug, facts={"kind": _("Topic"), "lead": found.description}
    )
