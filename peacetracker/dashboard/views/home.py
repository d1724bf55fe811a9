"""The home page: where the process stands, in one sentence and in pictures."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.analysis.contacts import held_contacts, listed
from peacetracker.analysis.positions import latest_by_point
from peacetracker.analysis.quarters import ORDER, Quarter, direct_share, quarters
from peacetracker.analysis.silence import gauges
from peacetracker.analysis.standing import ahead_of, standing
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.figures import quarters as quarters_figure
from peacetracker.dashboard.sharing import Embedded
from peacetracker.dashboard.strips import GAUGE_SCALE, gauge_strip
from peacetracker.dashboard.views.finding import answered
from peacetracker.dashboard.words import GAUGE_NAMES, LANE_NAMES, SIDE_NAMES
from peacetracker.diplomacy.filters import read_nothing

BEFORE, SINCE = range(2021, 2024), range(2024, 2100)


@answered
def home(request: HttpRequest) -> HttpResponse:
    until = until_of(request)
    if until is None:
        return render(request, "dashboard/empty.html")
    return render(request, "dashboard/home.html", _now(until) | _counted(until) | {"until": until})


def _now(until: date) -> dict[str, Any]:
    measured = gauges(until)
    now = standing(until, measured, ahead_of(until))
    rows = latest_by_point(now.treaty.proposal, {code: str(name) for code, name in SIDE_NAMES.items()})[:5] if (
        now.treaty
    ) else []  # fmt: skip
    return {
        "standing": now,
        "gauges": [(gauge_strip(gauge), *GAUGE_NAMES[gauge.key]) for gauge in measured],
        "scale": [GAUGE_SCALE * i // 4 for i in range(4)],
        "scale_end": GAUGE_SCALE,
        "stands": rows,
        "sides": SIDE_NAMES,
    }


def _counted(until: date) -> dict[str, Any]:
    counted = quarters(until)
    return _quarters(counted) | {
        "both": listed(held_contacts(joint=True)).newest_first()[:5],
        "one_side": listed(held_contacts(joint=False)).newest_first()[:4],
        "share": _share(counted),
    }


def _quarters(counted: list[Quarter]) -> dict[str, Any]:
    """The table of the bars."""
    return {
        "quarters": [(row.name, [row.counts.get(track, 0) for track in ORDER]) for row in counted],
        "quarter_heads": [(track, LANE_NAMES[track]) for track in ORDER],
    }


def _share(counted: list[Quarter]) -> dict[str, int] | None:
    """The finding that the title of the bars states, where the numbers carry it."""
    before, before_all = direct_share(counted, BEFORE)
    since, since_all = direct_share(counted, SINCE)
    if not (before_all and since_all) or since * 2 <= since_all or before * 2 >= before_all:
        return None
    return {"since": since, "since_all": since_all, "before": before, "before_all": before_all}


@answered
def quarters_data(request: HttpRequest) -> HttpResponse:
    """The bars of the home page as a figure."""
    until = until_of(request)
    counted = quarters(until) if until else []
    return JsonResponse(quarters_figure.figure(counted))


def embedded(request: HttpRequest) -> Embedded:
    read_nothing(request.GET)
    until = until_of(request)
    return Embedded(
        title=_("Contacts of both sides per quarter, by third party"),
        label=_("Stacked bars of contacts per quarter by third party. The same numbers are in the table below."),
        figure="cadence",
        src=reverse("dashboard:quarters-figure"),
        page=reverse("dashboard:home") + "#quarters",
        twin="dashboard/_quarters_table.html",
        context=_quarters(quarters(until) if until else []),
        size="m",
    )
