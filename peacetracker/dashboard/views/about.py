"""Pages about the record itself: how to take it away, how it is made."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.structured import dataset_data
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.choices import TRACK_RULE, Kind, Precision, Stance, Status, Track, Visibility
from peacetracker.diplomacy.models import (
    Body,
    Commitment,
    Event,
    Leader,
    Party,
    Place,
    Position,
    Proposal,
    Topic,
)

FORMATS = (("csv", "CSV"), ("xlsx", "Excel"), ("parquet", "Parquet"), ("jsonl", "JSON Lines"))


@dataclass(frozen=True)
class Table:
    """One noun of the API as files: its address, what it is called, and its rows (None: too many to count here)."""

    address: str
    label: str
    rows: int | None


def tables() -> list[Table]:
    """The nouns beside events, counted in one query."""
    shown = Q(proposal=None) | Q(proposal__visibility=Visibility.PUBLIC)
    nouns: dict[str, tuple[str, QuerySet[Any]]] = {
        "leaders": (_("Leaders"), Leader.objects.public()),
        "parties": (_("Parties"), Party.objects.all()),
        "proposals": (_("Proposals"), Proposal.objects.public()),
        "positions": (_("Positions"), Position.objects.filter(shown)),
        "commissions": (_("Commissions"), Body.objects.public()),
        "commitments": (_("Commitments"), Commitment.objects.public()),
        "topics": (_("Topics"), Topic.objects.public()),
        "places": (_("Places"), Place.objects.public()),
    }
    each = [
        rows.order_by().annotate(of=Value(name)).values("of").annotate(n=Count("pk")).values_list("of", "n")
        for name, (_label, rows) in nouns.items()
    ]
    counts = dict(each[0].union(*each[1:], all=True))
    found = [Table(name, label, counts.get(name, 0)) for name, (label, _rows) in nouns.items()]
    return [*found, Table("sources", _("Sources"), None)]


@answered
def data(request: HttpRequest) -> HttpResponse:
    until, site = until_of(request), request.build_absolute_uri("/")
    first = Event.objects.public().order_by("first_day").values_list("first_day", flat=True).first()
    about = _("Calls, meetings, visits, statements, agreements, commission sessions and incidents of the"
              " Armenia–Azerbaijan peace process, each with the sources whose text was read.")  # fmt: skip
    name = _("Peace Tracker: a record of the Armenia–Azerbaijan peace process")
    described = dataset_data(site.rstrip("/"), name=name, about=about, first=first, until=until)
    context = {
        "until": until, "address": site, "structured": [described], "described": about,
        "tables": tables(), "formats": FORMATS,
    }  # fmt: skip
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
