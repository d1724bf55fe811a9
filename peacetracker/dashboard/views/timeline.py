"""The timeline and its figure: two answers to one question."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import orjson
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peacetracker.analysis import recorded
from peacetracker.analysis.facets import total
from peacetracker.analysis.timeline import (
    LANES,
    SINGLE_MARKS,
    STATEMENTS,
    Mark,
    Month,
    density,
    lanes_used,
    marks,
    monthly,
    months,
)
from peacetracker.dashboard.caching import BUILD, until_of, version_of
from peacetracker.dashboard.context import DAY_S
from peacetracker.dashboard.figures import timeline as timeline_figure
from peacetracker.dashboard.figures.parts import Figure
from peacetracker.dashboard.halves import address
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.listing import DATES, ask, chosen, rows, table, undated
from peacetracker.dashboard.sharing import Embedded, share_events
from peacetracker.dashboard.strips import brush_bars
from peacetracker.dashboard.views import past
from peacetracker.dashboard.views.events import current_document, party_names
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.choices import Kind
from peacetracker.diplomacy.filters import BadFilter, EventFilter
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.recorded import AS_OF, read_as_of

HERO, PAGE = 1220, 950  # pixels that the chart usually has


@answered
def timeline(request: HttpRequest) -> HttpResponse:
    """`at`: the event that stands beside the chart."""
    if past.is_asked(request):
        return past.listing(request, title=_("Timeline"), figure=reverse("dashboard:timeline-figure"))
    asked = ask(request, besides=("at",))
    at = chosen_event(request)
    by_month = months(undated(asked))
    context = (
        table(request, asked, asked.events()) | window(asked, by_month) | beside(at) | {"until": until_of(request)}
    )
    context["carried"] += [("at", at.slug)] if at else []
    context["compare"] = address([(pair[0] if pair[0] in DATES else f"a.{pair[0]}", pair[1]) for pair in asked.query])
    context["share"] = share_events(request, "timeline", _("Timeline"), asked.query, context["shown"])
    return render(request, "dashboard/timeline.html", context)


def chosen_event(request: HttpRequest) -> Event | None:
    """The event that `at` names; None without one, or where it has no page of its own any more."""
    slugs = request.GET.getlist("at")
    if len(slugs) > 1:
        raise BadFilter("at", _("at can be given once only."), ["at"])
    return Event.objects.public().select_related("place").filter(slug__in=slugs).first()


def beside(event: Event | None) -> dict[str, Any]:
    """What the panel beside a chart shows of an event."""
    return {"event": event, "document": current_document(event), "parties_named": party_names()} if event else {}


def window(asked: EventFilter, by_month: Sequence[Month]) -> dict[str, Any]:
    """The brush holds every month of the record; the words above the chart name those in view."""
    ends = [by_month[0].first, by_month[-1].first] if by_month else [None, None]
    return {
        "bars": brush_bars(by_month),
        "top": max((month.count for month in by_month), default=0),
        "first_month": asked.values.get("after", ends[0]),
        "last_month": asked.values.get("before", ends[1]),
    }


def embedded(request: HttpRequest) -> Embedded:
    asked = ask(request)
    page = reverse("dashboard:timeline")
    return Embedded(
        title=_("Armenia and Azerbaijan: contacts in lanes by third party"),
        label=_("Timeline of events in lanes by third party; the table below holds the same rows."),
        figure="timeline",
        src=with_query(reverse("dashboard:timeline-figure"), asked.query),
        page=with_query(page, asked.query),
        twin="dashboard/_event_table.html",
        context={
            "shown": total(asked),
            "chosen": chosen(asked, page),
            "asked": asked,
            "rows": rows(request, asked, asked.events(), path=page),
        },
        shapes=True,
    )


@answered
def figure(request: HttpRequest) -> HttpResponse:
    """The picture of the same question. `lanes=contacts` leaves the statements out, as the home page does."""
    asked, day = ask(request, besides=(AS_OF,)), read_as_of(request.GET)
    lanes = request.GET.get("lanes", "all")
    if lanes not in ("all", "contacts"):
        raise BadFilter("lanes", f"“{lanes}”", ["all", "contacts"])
    asked_for = hashlib.sha256(repr(asked.query).encode()).hexdigest()
    key = f"dashboard:timeline:{BUILD}:{version_of(request)}:{get_language()}:{lanes}:{day}:{asked_for}"
    drawn = cache.get(key)
    if drawn is None:
        hero, until = lanes == "contacts", recorded.covered_until(day) if day else until_of(request)
        drawn = orjson.dumps(draw(asked, hero=hero, until=until, day=day))
        cache.set(key, drawn, DAY_S)
    return HttpResponse(drawn, content_type="application/json")


def draw(asked: EventFilter, *, hero: bool, until: date | None, day: date | None = None) -> Figure:
    """The picture of the question; with a day, of the record as it was recorded then."""
    width = HERO if hero else PAGE
    narrow_from = until - timedelta(days=890) if hero and until else None
    counted = recorded.monthly(recorded.found(asked, day)) if day else monthly(asked)
    if hero:
        counted = [row for row in counted if row[0] != Kind.STATEMENT]
    if sum(n for *_row, n in counted) > SINGLE_MARKS:
        cells = density(counted)
        lanes: list[Any] = [lane for lane in LANES if any(cell.lane == lane for cell in cells)]
        first, last_month = min(c.month for c in cells), max(c.month for c in cells)
        frame = timeline_figure.frame_around(first, last_month, lanes, width=width)
        return timeline_figure.density_figure(cells, frame)
    found = shown_marks(asked, hero, day)
    lanes = [lane for lane in lanes_used(found) if not (hero and lane == STATEMENTS)]
    first, last_day = span(asked, found)
    frame = timeline_figure.frame_around(first, last_day, lanes, width=width, narrow_from=narrow_from)
    return timeline_figure.figure(found, frame)


def span(asked: EventFilter, found: Sequence[Mark]) -> tuple[date, date]:
    """The days of the axis: those asked for, else from the first mark to the last."""
    first = found[0].first if found else date(2020, 11, 1)
    last = max((mark.last for mark in found), default=first)
    first, last = asked.values.get("after", first), asked.values.get("before", last)
    return first, max(first, last)


def shown_marks(asked: EventFilter, hero: bool, day: date | None) -> list[Mark]:
    if day:
        found = recorded.marks(recorded.versions(asked, day))
        return [mark for mark in found if mark.kind != Kind.STATEMENT] if hero else found
    events = asked.events()
    return marks(events.exclude(kind=Kind.STATEMENT) if hero else events)
