"""Cadence and silence: pictures drawn by the server, a dated sentence over each, and the same rows as a file."""

import csv
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.analysis import cadence as counting
from peacetracker.analysis.facets import Among, facets
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.figures import cadence as drawing
from peacetracker.dashboard.figures import cadence_words as words
from peacetracker.dashboard.figures.cadence_words import Twin
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.listing import ask, chosen, data_links, filter_row
from peacetracker.dashboard.sharing import Embedded, Share, share
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.choices import Status
from peacetracker.diplomacy.filters import BadFilter, EventFilter
from peacetracker.diplomacy.models import Event, Leader, Party

# A cell that a spreadsheet would run as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Part:
    """One picture: its sentence, what is drawn, and its rows."""

    key: str
    sentence: str
    drawn: Any
    twin: Twin
    share: Share | None = None
    # The year from which it is drawn, where the record begins before that.
    since: int | None = None


PARTS = ("months", "silence", "quarters", "lead", "calendar")
SHEETS = ("css/drawn.css",)
# More years are not drawn at once: a page must stay light however long the record is. Its files have them all.
MOST_YEARS = 7


@dataclass(frozen=True)
class Question:
    """What is asked, and the day to which everything counts."""

    asked: EventFilter
    until: date

    @cached_property
    def is_stored(self) -> bool:
        return counting.is_stored(self.asked, self.until)

    @property
    def among(self) -> Among:
        """What is counted here, whatever else is asked."""
        closed = {"kind": list(map(str, counting.KINDS)), "status": [Status.HELD.value]}
        return Among(counting.held(self.until), "" if self.is_stored else None, closed)

    def events(self, first: date, last: date) -> str:
        """The list of what is counted between two days."""
        return f"{self._counted}&after={first.isoformat()}&before={last.isoformat()}"

    def joint_events(self, first: date, last: date) -> str:
        """The list of contacts of both sides between two days."""
        return f"{self._counted_joint}&after={first.isoformat()}&before={last.isoformat()}"

    @cached_property
    def _counted(self) -> str:
        return self._list(("after", "before", "status", "kind", "ordering"))

    @cached_property
    def _counted_joint(self) -> str:
        return self._list(("after", "before", "status", "kind", "ordering", "joint")) + "&joint=true"

    def _list(self, ours: tuple[str, ...]) -> str:
        kept = [(name, value) for name, value in self.asked.query if name not in ours]
        kinds = [kind for kind in counting.KINDS if kind in self.asked.given.get("kind", counting.KINDS)]
        pairs = [("status", Status.HELD.value), *(("kind", kind.value) for kind in kinds), *kept]
        return with_query(reverse("dashboard:events"), pairs)


@answered
def cadence(request: HttpRequest) -> HttpResponse:
    covered = until_of(request)
    if covered is None:
        return render(request, "dashboard/empty.html")
    asked = ask(request)
    question = Question(asked, counting.reach(asked, covered))
    found = parts(question)
    counted = facets(asked, question.among)
    context = {
        "asked": asked,
        "until": question.until,
        "covered": covered,
        "shown": counted.total,
        "filters": [filter_row(facet) for facet in counted.facets if facet.name != "status"],
        "chosen": chosen(asked, request.path),
        "query": with_query("", asked.query),
        "links": data_links(asked.query),
        "leaders": Leader.objects.public().order_by("name").values_list("slug", "name"),
        "parties": Party.objects.order_by("name").values_list("code", "name"),
        "tracks": counting.TRACKS,
        "parts": [replace(part, share=_share(request, question, part)) for part in found],
    }
    return render(request, "dashboard/cadence.html", context)


def _share(request: HttpRequest, question: Question, part: Part) -> Share:
    """`part`: the picture alone."""
    state = [*question.asked.query, ("part", part.key)]
    rows = [with_query(reverse("dashboard:cadence-data", args=[part.key, form]), question.asked.query)
            for form in ("csv", "json")]  # fmt: skip
    page = f"{with_query(request.path, question.asked.query)}#{part.key}-title"
    files = list(zip(("CSV", "JSON"), rows, strict=True))
    box = share(request, view="cadence", title=_("Cadence and silence"), state=state, api=rows[1], files=files)
    return replace(box, link=request.build_absolute_uri(page))


def embedded(request: HttpRequest) -> Embedded:
    """One of the five pictures."""
    asked = ask(request, besides=("part",))
    wanted = request.GET.get("part") or PARTS[0]
    if wanted not in PARTS or len(request.GET.getlist("part")) > 1:
        raise BadFilter("part", f"“{wanted}”", PARTS)
    covered = until_of(request)
    question = Question(asked, counting.reach(asked, covered or date.min))
    part = next(one for one in parts(question) if one.key == wanted)
    page = reverse("dashboard:cadence")
    return Embedded(
        title=_("Cadence and silence"),
        page=with_query(page, asked.query),
        picture="dashboard/cadence/_embed.html",
        context={"part": part, "until": question.until, "query": with_query("", asked.query),
                 "chosen": chosen(asked, page), "tracks": counting.TRACKS},
        scripts="dashboard/cadence/_scripts.html",
        styles=SHEETS,
    )  # fmt: skip


@answered
def data(request: HttpRequest, part: str, form: str) -> HttpResponse:
    """The rows of one picture, as the page's table has them, for programs."""
    covered = until_of(request)
    asked = ask(request)
    question = Question(asked, counting.reach(asked, covered or date.min))
    chosen_part = next(one for one in parts(question, whole=True) if one.key == part)
    twin = chosen_part.twin
    if form == "json":
        rows = [dict(zip(twin.keys, row, strict=True)) for row in twin.rows]
        until = question.until.isoformat() if covered else None
        return JsonResponse({"covered_until": until, "sentence": chosen_part.sentence, "rows": rows})
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="peacetracker-cadence-{part}.csv"'
    csv.writer(response).writerows([twin.keys, *([_harmless(cell) for cell in row] for row in twin.rows)])
    return response


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def parts(question: Question, *, whole: bool = False) -> list[Part]:
    """The five pictures. `whole`: with all years, as their files have them."""
    counts = counting.count(question.asked, question.until, known=question.is_stored)
    months = counting.months(counts.by_month, question.until)
    first = date.min if whole else date(max(question.until.year - MOST_YEARS + 1, 1), 1, 1)
    since = first.year if months and months[0].first < first else None
    return [
        _silence(question, counts.levels, counts.tracks),
        replace(_months(question, months, first), since=since),
        replace(_quarters(question, months, first), since=since),
        _lead(question),
        replace(_calendar(question, counts, first), since=since),
    ]


def _silence(question: Question, levels: list[counting.Silence], tracks: list[counting.Silence]) -> Part:
    until = question.until
    both = [*levels, *tracks]
    top = drawing.longest(both)
    events = counting.last_contacts(question.asked, until, both)
    groups = [
        (title, [(drawing.gauge(one, top), *words.SILENCE_NAMES[one.key], words.gauge_sentence(one, until),
                  last_event(one, events, key)) for one in group])
        for title, group, key in (
            (_("By level"), levels, counting.level_key), (_("By format"), tracks, counting.track_key),
        )
        if group
    ]  # fmt: skip
    twin = words.silence_twin(both, until)
    return Part(
        "silence",
        words.silence_sentence(both, until),
        {"groups": groups, "scale": drawing.gauge_scale(top), "top": top},
        twin,
    )


def last_event(silence: counting.Silence, events: list[Event], key: Any) -> Event | None:
    """The event that ended the gap before this silence."""
    return next((one for one in events if one.first_day == silence.last_day and key(one) == silence.key), None)


def _months(question: Question, months: list[counting.Month], first: date) -> Part:
    names = (_("Both sides"), _("One side with a third party"))
    shown = [month for month in months if month.first >= first]
    picture = drawing.months_picture(shown, words.month_said, question.events, names)
    twin = words.months_twin(shown, [mark.href for mark in picture.marks])
    return Part("months", words.months_sentence(months, question.until), picture, twin)


def _quarters(question: Question, months: list[counting.Month], first: date) -> Part:
    quarters = counting.quarters(months)
    shown = [quarter for quarter in quarters if quarter.year >= first.year]
    picture = drawing.quarters_picture(shown, words.quarter_said, question.joint_events)
    twin = words.quarters_twin(shown, [mark.href for mark in picture.marks])
    return Part("quarters", words.quarters_sentence(quarters, question.until), picture, twin)


def _lead(question: Question) -> Part:
    leads = counting.announced(question.asked, question.until)
    held = [lead for lead in leads if lead.held]

    events = reverse("dashboard:events")

    def link(lead: counting.Lead) -> str:
        return f"{events}{lead.slug}/"

    picture = drawing.lead_picture(held, words.lead_said, link)
    twin = words.lead_twin(held, [link(lead) for lead in held])
    return Part("lead", words.lead_sentence(leads, question.until), picture, twin)


def _calendar(question: Question, counts: counting.Counts, first: date) -> Part:
    weeks = counting.weeks(counts.by_week, question.until)
    shown = [week for week in weeks if week.year >= first.year]
    calendar = drawing.calendar_picture(shown, words.week_said, question.events)
    busy = [week for week in shown if week.count]
    twin = words.calendar_twin(busy, [mark.href for mark in calendar.picture.marks])
    sentence = words.calendar_sentence(weeks, counts.imprecise, question.until)
    return Part("calendar", sentence, calendar, twin)
