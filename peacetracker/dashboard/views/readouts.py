"""Where the sides' accounts differ: events by how much, and subjects by who leaves them out."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.analysis.differences import (
    Differences,
    Published,
    Silence,
    SubjectRow,
    Told,
    by_subject,
    whole_readouts,
)
from peacetracker.analysis.facets import Among, facets
from peacetracker.analysis.readouts import rank
from peacetracker.analysis.readouts_ranking import Ranked, accounts, answering, counted, ranking, reported, two_sided
from peacetracker.core.dates import partial_iso
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.listing import ask, chosen, filter_row, rows
from peacetracker.dashboard.sharing import Embedded, share
from peacetracker.dashboard.views.events import event_link, party_names
from peacetracker.dashboard.views.finding import answered
from peacetracker.dashboard.words import SIDE_NAMES
from peacetracker.diplomacy.calling import called
from peacetracker.diplomacy.choices import ACCOUNT_SUBJECTS, SIDES
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.names import names

FIRST = 10  # events of the ranking that stand in it; the others are folded below them
ALIKE = 10  # events without a difference on a page
SUBJECTS = 6  # subjects that lie open
OTHERS = "other"
GROUPS = {"AM": "AM", "AZ": "AZ"}
BAR = 100  # units of a bar that stands for every whole readout of its group
# A spreadsheet would run a cell that begins so.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Side:
    """What one voice reported of an event, in words. `told`: what it says was set down, not only its pages listed."""

    code: str
    name: str
    told: bool
    complete: bool
    names: list[str]
    left_out: list[str]
    initiative: str | None
    published: Published


@dataclass(frozen=True)
class Row:
    """An event of the ranking with its sides in columns; `others`: every voice but Armenia and Azerbaijan."""

    ranked: Ranked
    sides: dict[str, Side]
    others: list[Side]
    first: str
    last: str

    @property
    def columns(self) -> list[tuple[str, list[Side]]]:
        both = [(str(SIDE_NAMES[code]), [self.sides[code]] if code in self.sides else []) for code in sorted(SIDES)]
        return [*both, (_("Others"), self.others)]

    @property
    def leaving(self) -> list[Side]:
        """The voices that leave out what another names."""
        return [side for side in self.sides.values() if side.left_out]


@dataclass(frozen=True)
class SubjectCell:
    silence: Silence
    group: str
    name: str
    named: float
    left_out: float


@answered
def readouts(request: HttpRequest) -> HttpResponse:
    asked, among = ask(request), two_sided()
    beside = facets(asked, Among(among, "sided"))
    ranked, told = differing(asked)
    alike = asked.apply(among).exclude(pk__in=[row.event.pk for row in ranked])
    links = [with_query(reverse(f"dashboard:readouts-{form}"), asked.query) for form in ("csv", "json")]
    context = told | {
        "asked": asked,
        "filters": [filter_row(facet) for facet in beside.facets],
        "chosen": chosen(asked, request.path),
        "leaders": names().called("leader").items(),
        "parties": sorted(party_names().items(), key=lambda pair: pair[1]),
        "until": until_of(request),
        "shown": beside.total,
        "alike": beside.total - len(ranked),
        "rows": rows(request, asked, alike, ALIKE, whole=False),
        "share": share(
            request, view="readouts", title=_("Where accounts differ"), state=asked.query, api=links[1],
            files=list(zip(("CSV", "JSON"), links, strict=True)),
        ),
    }  # fmt: skip
    return render(request, "dashboard/readouts.html", context)


def embedded(request: HttpRequest) -> Embedded:
    """The ranking and its subjects; the events without a difference are on the full page."""
    asked, page = ask(request), reverse("dashboard:readouts")
    _ranked, told = differing(asked)
    return Embedded(
        title=_("Armenia and Azerbaijan: where accounts of the same event differ"),
        page=with_query(page, asked.query),
        picture="dashboard/_readouts_lists.html",
        counted="dashboard/_readouts_counted.html",
        context=told | {"shown": facets(asked, Among(two_sided(), "sided")).total, "chosen": chosen(asked, page)},
        scripts="",
        styles=("css/readouts.css",),
    )


def differing(asked: EventFilter) -> tuple[list[Ranked], dict[str, Any]]:
    """The events asked for whose accounts differ, and what a page tells of them."""
    told, topics, parties = accounts(), subject_names(), party_names()
    found = counted(told)
    ranked = ranking(reported(asked, found), told, found)
    in_order = [in_words(row, parties, topics) for row in ranked]
    return ranked, {
        "tally": tally(row.differences for row in ranked),
        "ranked": in_order[:FIRST],
        "fewer": in_order[FIRST:],
        **subjects([told[event] for event in answering(asked, told)], topics),
    }


def subject_names() -> dict[str, str]:
    return {slug: called(str(name)) for slug, name in (ACCOUNT_SUBJECTS | names().called("topic")).items()}


def tally(found: Iterable[Differences]) -> dict[str, int]:
    """How many events differ, and in how many of them by which rule."""
    each = list(found)
    return {
        "differ": len(each),
        "contradict": sum(1 for one in each if one.disputes),
        "leave_out": sum(1 for one in each if one.left_out),
    }


def in_words(row: Ranked, parties: Mapping[str, str], subjects: Mapping[str, str]) -> Row:
    told = {one.voice: one for one in row.told}
    voices = sorted({*told, *row.published}, key=rank)
    sides = {code: _side(code, told.get(code), row, parties, subjects) for code in voices}
    others = [side for code, side in sides.items() if code not in SIDES]
    first, last = (row.apart.first, row.apart.last) if row.apart else ("", "")
    return Row(row, sides, others, parties.get(first, first), parties.get(last, last))


def _side(
    code: str, told: Told | None, row: Ranked, parties: Mapping[str, str], subjects: Mapping[str, str]
) -> Side:  # fmt: skip
    def named(slugs: Iterable[str]) -> list[str]:
        return [subjects.get(slug, slug) for slug in slugs]

    return Side(
        code,
        parties.get(code, code),
        told is not None,
        bool(told and told.complete),
        named(told.subjects if told else ()),
        named(row.differences.left_out.get(code, ())),
        told.initiative if told else None,
        row.published.get(code, Published(None, 0)),
    )


def subjects(told: Sequence[Sequence[Told]], names: Mapping[str, str]) -> dict[str, Any]:
    """What whole readouts of the events asked for name and leave out, by subject."""
    read = whole_readouts(told, GROUPS, OTHERS)
    groups = [(code, str(SIDE_NAMES.get(code, _("Others"))), n) for code, n in read.items()]
    table = [(names.get(row.subject, row.subject), _cells(row, groups)) for row in by_subject(told, GROUPS, OTHERS)]
    return {
        "groups": groups,
        "subjects": table[:SUBJECTS],
        "subjects_below": table[SUBJECTS:],
        "whole": sum(read.values()),
    }


def _cells(row: SubjectRow, groups: Iterable[tuple[str, str, int]]) -> list[SubjectCell]:
    def part(n: int, read: int) -> float:
        return round(n / max(read, 1) * BAR, 1)

    return [
        SubjectCell(silence, code, name, part(silence.named, read), part(silence.left_out, read))
        for code, name, read in groups
        for silence in [row.by_group[code]]
    ]


def _ranking(request: HttpRequest) -> list[Row]:
    told = accounts()
    found = counted(told)
    ranked = ranking(reported(ask(request), found), told, found)
    parties, topics = party_names(), subject_names()
    return [in_words(row, parties, topics) for row in ranked]


@answered
def as_json(request: HttpRequest) -> HttpResponse:
    """The ranking as data, with everything that the count was made from."""
    until = until_of(request)
    return JsonResponse(
        {
            "covered_until": until.isoformat() if until else None,
            "results": [_document(request, row) for row in _ranking(request)],
        }
    )


def _document(request: HttpRequest, row: Row) -> dict[str, Any]:
    event, found = row.ranked.event, row.ranked.differences
    return {
        "slug": event.slug,
        "url": request.build_absolute_uri(event_link(event.slug)),
        "date": partial_iso(event.date, event.date_precision),
        "title": event.title,
        "differences": found.count,
        "contradictions": [
            {"about": one.field, "said": [{"value": s.value, "according_to": s.according_to} for s in one.said]}
            for one in found.disputes
        ],
        "days_apart": row.ranked.apart.days if row.ranked.apart else None,
        "sides": [
            {
                "side": side.code,
                "whole_readout": side.complete,
                "names": side.names,
                "leaves_out": side.left_out,
                "pages": side.published.pages,
                "first_page": _iso(side.published.first),
            }
            for side in row.sides.values()
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@answered
def as_csv(request: HttpRequest) -> HttpResponse:
    """The ranking as a table: a row for each event and side."""
    head = ("slug", "date", "title", "differences", "contradictions", "days_apart", "side", "whole_readout", "names",
            "leaves_out", "pages", "first_page")  # fmt: skip
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(head)
    for one in (_document(request, row) for row in _ranking(request)):
        shared = [one["slug"], one["date"], one["title"], one["differences"]]
        about = " | ".join(found["about"] for found in one["contradictions"])
        for side in one["sides"]:
            write.writerow(
                map(_cell, [
                    *shared, about, one["days_apart"], side["side"], str(side["whole_readout"]).lower(),
                    " | ".join(side["names"]), " | ".join(side["leaves_out"]), side["pages"], side["first_page"],
                ])
            )  # fmt: skip
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="peacetracker-readouts.csv"'
    return response


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
