"""Proposals: what was put on the table, and who stood where on each point, and when."""

from dataclasses import replace
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.analysis.contacts import listed
from peacetracker.analysis.positions import grid, stands_on
from peacetracker.analysis.readouts import disputes
from peacetracker.analysis.standing import TREATY
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.landing import landing
from peacetracker.dashboard.links import api_link, with_query
from peacetracker.dashboard.sharing import Embedded, Share, share, share_list
from peacetracker.dashboard.strips import grid_picture
from peacetracker.dashboard.structured import proposal_data
from peacetracker.dashboard.views import past, past_records
from peacetracker.dashboard.views.finding import answered, find
from peacetracker.dashboard.words import SIDE_NAMES
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.filters import TRACKING, BadFilter, read_nothing
from peacetracker.diplomacy.models import Citation, Discrepancy, Event, Party, Proposal


@answered
def proposals(request: HttpRequest) -> HttpResponse:
    rows = _listed()
    context = {
        "proposals": rows,
        "until": until_of(request),
        "share": share_list(request, "proposals", _("Proposals"), len(rows)),
    }
    return render(request, "dashboard/proposals.html", context)


def embedded(request: HttpRequest) -> Embedded:
    read_nothing(request.GET)
    return Embedded(
        title=_("Armenia and Azerbaijan: proposals and what became of them"),
        page=reverse("dashboard:proposals"),
        picture="dashboard/_proposals_table.html",
        counted="dashboard/_proposals_counted.html",
        context={"proposals": _listed()},
        scripts="",
    )


def _listed() -> list[Proposal]:
    rows = Proposal.objects.public().prefetch_related("proposer", "recipient").annotate(
        point_count=Count("points", distinct=True), stand_count=Count("positions", distinct=True),
        event_count=Count("events", distinct=True, filter=Q(events__visibility=Visibility.PUBLIC)),
    )  # fmt: skip
    return list(rows.order_by("-date", "-pk"))


def embedded_grid(request: HttpRequest) -> Embedded:
    """Who stood where on one proposal; without a name, on the text that the home page speaks of."""
    title, page = _("Who stood where on each point, and when"), reverse("dashboard:proposals")
    shown = Proposal.objects.prefetch_related("points")
    slug = _named(request)
    if not slug and not shown.public().filter(slug=TREATY).exists():
        return Embedded(title=title, page=page, picture="dashboard/_stances.html", scripts="")
    found: Proposal = find(request, shown, slug or TREATY, noun="proposal", link=_framed)
    page = reverse("dashboard:proposal", args=[found.slug])
    return Embedded(
        title=". ".join((found.name, title)),
        page=page,
        picture="dashboard/_stances.html",
        context=_grid(found) | {"stands_at": page},
        scripts="",
    )


def _named(request: HttpRequest) -> str:
    """The slug that `proposal=` gives. Raises BadFilter for more of them, and for anything else."""
    for name, values in request.GET.lists():
        if not name.startswith(TRACKING) and (name != "proposal" or len(values) > 1):
            raise BadFilter(name, _("“%(name)s” is not a parameter of this page.") % {"name": name}, ["proposal"])
    return request.GET.get("proposal", "")


def _framed(slug: str) -> str:
    return with_query(reverse("dashboard:embed", args=["positions"]), [("proposal", slug)])


def _share_grid(request: HttpRequest, found: Proposal) -> Share:
    asked = [("proposal", found.slug)]
    api = api_link(asked, "json", "positions")
    box = share(request, view="positions", title=found.name, state=asked, api=api)
    return replace(box, link=request.build_absolute_uri(request.path))


def _grid(found: Proposal) -> dict[str, Any]:
    laid = grid(found.points.all(), stands_on(found), {code: str(name) for code, name in SIDE_NAMES.items()})
    return {"grid": laid, "picture": grid_picture(laid)}


@answered
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    if past.is_asked(request):
        return past_records.record(request, slug, "proposal")
    rows = Proposal.objects.select_related("succeeds", "part_of").prefetch_related(
        "points", Prefetch("proposer", Party.objects.all()), "recipient",
        Prefetch("successors", Proposal.objects.public().order_by("date")),
        Prefetch("versions_of", Proposal.objects.public().order_by("date")),
        Prefetch("citations", Citation.objects.select_related("side", "source")),
        Prefetch("discrepancies", Discrepancy.objects.select_related("source")),
    )  # fmt: skip
    found: Proposal = find(
        request, rows, slug, noun="proposal", link=lambda heir: reverse("dashboard:proposal", args=[heir])
    )
    events = Event.objects.public().filter(proposals=found)
    context = {
        "proposal": found,
        **_grid(found),
        "share": _share_grid(request, found),
        "disputes": disputes(
            {"field": d.field, "value": d.value, "according_to": d.according_to, "source": d.source.url, "note": d.note}
            for d in found.discrepancies.all()
        ),
        "events": listed(events).newest_first()[:8],
        "event_count": events.count(),
        **past_records.cite_now(request, found.slug, "proposal"),
        **landing(request, proposal_data(found, request.build_absolute_uri(request.path)), noun="proposal",
                  slug=found.slug, name=found.name, list_name=_("Proposals"), list_address="proposals"),
    }  # fmt: skip
    return render(request, "dashboard/proposal.html", context)
