"""Two filters above each other on one time axis: the picture, its numbers by year, and both lists."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from peacetracker.analysis.contacts import listed
from peacetracker.analysis.facets import total
from peacetracker.analysis.timeline import LANES, SINGLE_MARKS, density, lanes_used, marks, monthly, months
from peacetracker.core.dates import in_words
from peacetracker.dashboard.caching import BUILD, until_of, version_of
from peacetracker.dashboard.context import DAY_S
from peacetracker.dashboard.figures import timeline as drawing
from peacetracker.dashboard.figures.parts import Figure
from peacetracker.dashboard.figures.stacked import stacked
from peacetracker.dashboard.halves import USUAL, Half, Naming, address, read_halves, state, swapped
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.listing import undated
from peacetracker.dashboard.sharing import Embedded, Share, share, share_events
from peacetracker.dashboard.views.finding import answered
from peacetracker.dashboard.views.timeline import HERO, window
from peacetracker.diplomacy.models import Event

ROWS = 20  # events of each half that the page lists

Halves = tuple[Half, Half]


@dataclass(frozen=True)
class Side:
    """One half as the page shows it."""

    half: Half
    title: str
    sentence: str
    count: int
    by_year: dict[int, int]
    events: list[Event]
    all_events: str
    share: Share


@answered
def compare(request: HttpRequest) -> HttpResponse:
    if not request.GET:
        return HttpResponseRedirect(address(USUAL))
    halves = read_halves(request.GET)
    naming = Naming()
    asked = halves[0].asked
    context = {
        **shown(request, halves, naming),
        **window(asked, months(*(undated(half.asked) for half in halves))),
        "asked": asked,
        "fields": [(half, naming.title(half), naming.fields(half), naming.carried(half)) for half in halves],
        "figure": address(state(halves), "compare-figure"),
        "swapped": address(swapped(halves)),
        "suggested": [(name, address(pairs)) for name, pairs in suggestions()],
        "share": share(request, view="compare", title=_("Two timelines"), state=state(halves)),
    }
    return render(request, "dashboard/compare.html", context)


def suggestions() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (_("Moscow and Brussels"), list(USUAL)),
        (_("With a third party and direct"), [("a.mediator", "EU"), ("a.mediator", "RU"), ("a.mediator", "US"),
                                              ("b.track", "direct")]),
        (_("Leaders and ministers"), [("a.joint", "true"), ("a.level", "leaders"), ("b.joint", "true"),
                                      ("b.level", "ministers")]),
        (_("Border and treaty"), [("a.topic", "border-delimitation"), ("b.topic", "peace-treaty")]),
    ]  # fmt: skip


def shown(request: HttpRequest, halves: Halves, naming: Naming) -> dict[str, Any]:
    """Both halves with their numbers."""
    sides = [_side(request, half, naming.title(half)) for half in halves]
    years = sorted({year for side in sides for year in side.by_year})
    return {
        "until": until_of(request),
        "sides": sides,
        "years": [(year, [side.by_year.get(year, 0) for side in sides]) for year in years],
    }


def _side(request: HttpRequest, half: Half, title: str) -> Side:
    by_year: Counter[int] = Counter()
    for _kind, _track, month, n in monthly(half.asked):
        by_year[month.year] += n
    asked, query = half.asked, half.asked.query
    events = list(listed(asked.events())[:ROWS])
    timeline = reverse("dashboard:timeline")
    return Side(
        half, title, _sentence(by_year, events), by_year.total(), dict(by_year), events,
        with_query(reverse("dashboard:events"), query),
        share_events(request, "timeline", title, query, by_year.total(), timeline),
    )  # fmt: skip


def _sentence(by_year: Counter[int], events: list[Event]) -> str:
    if not events:
        return _("No event of the record answers this question.")
    year, most = max(by_year.items(), key=lambda one: (one[1], one[0]))
    n = by_year.total()
    counted = ngettext("%(n)d event", "%(n)d events", n) % {"n": n}
    newest = max(events, key=lambda event: event.first_day)
    last = in_words(newest.date, newest.date_precision)
    return _("%(counted)s, most in %(year)d (%(most)d); the latest: %(last)s.") % {
        "counted": counted, "year": year, "most": most, "last": last,
    }  # fmt: skip


@answered
def figure(request: HttpRequest) -> HttpResponse:
    halves = read_halves(request.GET)
    asked_for = hashlib.sha256(repr(state(halves)).encode()).hexdigest()
    key = f"dashboard:compare:{BUILD}:{version_of(request)}:{get_language()}:{asked_for}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = orjson.dumps(draw(halves, Naming()))
        cache.set(key, drawn, DAY_S)
    return HttpResponse(drawn, content_type="application/json")


def draw(halves: Halves, naming: Naming) -> Figure:
    first, last = _days(halves)
    return stacked([_half(half, first, last) for half in halves],
                   [(half.letter, naming.title(half)) for half in halves])  # fmt: skip


def _days(halves: Halves) -> tuple[date, date]:
    """The days of the one axis: those asked for, else from the first event of both to the last."""
    runs = [run for half in halves if (run := months(half.asked))]
    asked = halves[0].asked.values
    first = asked.get("after", min((run[0].first for run in runs), default=date(2020, 11, 1)))
    last = asked.get("before", max((run[-1].first for run in runs), default=first))
    return first, max(first, last)


def _half(half: Half, first: date, last: date) -> Figure:
    if total(half.asked) > SINGLE_MARKS:
        cells = density(monthly(half.asked))
        lanes: list[Any] = [lane for lane in LANES if any(cell.lane == lane for cell in cells)]
        return drawing.density_figure(cells, drawing.frame_around(first, last, lanes, width=HERO))
    found = marks(half.asked.events())
    return drawing.figure(found, drawing.frame_around(first, last, lanes_used(found), width=HERO))


def embedded(request: HttpRequest) -> Embedded:
    halves = read_halves(request.GET)
    naming = Naming()
    title = _("%(one)s, and %(other)s") % {"one": naming.title(halves[0]), "other": naming.title(halves[1])}
    return Embedded(
        title=title,
        label=_("Two timelines above each other on one time axis; the lists below hold the events of each."),
        figure="timeline",
        src=address(state(halves), "compare-figure"),
        page=address(state(halves)),
        twin="dashboard/_compare_lists.html",
        context=shown(request, halves, naming),
        shapes=True,
    )
