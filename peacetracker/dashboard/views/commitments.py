"""What was promised: each commitment with its fate, filtered by what became of it, by who made it and on which day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.core.dates import partial_iso
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.listing import LinkedChip, LinkedRow, linked_chip
from peacetracker.dashboard.sharing import Embedded, share_list
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.calling import called, short
from peacetracker.diplomacy.choices import CommitmentStatus, Visibility
from peacetracker.diplomacy.filters import TRACKING, BadFilter
from peacetracker.diplomacy.models import Commitment
from peacetracker.diplomacy.names import names

OWN = ("status", "party", "day")
FEW = 10  # years lie open as long as no more than these stand in them
MANY = 3  # a day on which so much was promised is offered as a choice
Given = Mapping[str, Sequence[str]]
Labels = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Found:
    """All commitments, those that answer the question, the question, and its possible values in words."""

    made: list[Commitment]
    shown: list[Commitment]
    given: Given
    labels: Labels


@dataclass(frozen=True)
class Year:
    """The commitments that were made in a year, and how many came to what."""

    year: int
    made: list[Commitment]
    fates: list[tuple[str, int]]
    open: bool


@answered
def commitments(request: HttpRequest) -> HttpResponse:
    found = find(request)
    shared = share_list(
        request, "commitments", _("Commitments"), len(found.shown), pairs(found.given), for_api(found.given, found.made)
    )
    context = in_context(found) | {
        "facets": facets(found, request.path),
        "until": until_of(request),
        "share": shared,
    }
    return render(request, "dashboard/commitments.html", context)


def embedded(request: HttpRequest) -> Embedded:
    found, page = find(request), reverse("dashboard:commitments")
    chosen = [(row.label, chip.label) for row in facets(found, page) for chip in row.chips if chip.chosen]
    return Embedded(
        title=_("Armenia and Azerbaijan: commitments and what became of them"),
        page=with_query(page, pairs(found.given)),
        picture="dashboard/_commitments.html",
        counted="dashboard/_commitments_counted.html",
        context=in_context(found) | {"chosen": [{"label": label, "value": value} for label, value in chosen]},
        scripts="",
    )


def find(request: HttpRequest) -> Found:
    """The commitments that the query string asks for, among all of them. Raises BadFilter."""
    made = list(
        Commitment.objects.public()
        .filter(event__visibility=Visibility.PUBLIC)
        .select_related("event", "resolved_by")
        .prefetch_related("by")
        .order_by("-event__first_day", "pk")
    )
    labels: Labels = {
        "status": dict(CommitmentStatus.choices),
        "party": names().called("party"),
        "day": {day_of(one): one.event.date_in_words() for one in made},
    }
    given = read(request, {name: list(values) for name, values in labels.items()})
    return Found(made, [one for one in made if passes(one, given)], given, labels)


def in_context(found: Found) -> dict[str, Any]:
    made, shown = found.made, found.shown
    return {
        "shown": len(shown),
        "total": len(made),
        "fates": fates(shown),
        "years": by_year(shown, all_open=len(shown) < len(made) and len(shown) <= 2 * FEW),
    }


def facets(found: Found, path: str) -> list[LinkedRow]:
    asked = (("status", _("What became of it")), ("party", _("Promised by")), ("day", _("Promised on")))
    return [facet(path, name, label, found.labels[name], found.made, found.given) for name, label in asked]


def by_year(shown: Iterable[Commitment], *, all_open: bool) -> list[Year]:
    """The commitments by the year in which they were made. The latest years lie open, a few commitments together."""
    years, so_far = list[Year](), 0
    for year, some in groupby(shown, key=lambda one: one.event.first_day.year):
        made = list(some)
        so_far += len(made)
        years.append(Year(year, made, fates(made), all_open or so_far <= FEW))
    return years


def fates(made: Iterable[Commitment]) -> list[tuple[str, int]]:
    """How many came to what."""
    counts = Counter(one.status for one in made)
    return [(str(label), counts[value]) for value, label in CommitmentStatus.choices if counts[value]]


def day_of(one: Commitment) -> str:
    """The day of the event, or its month or year where no more is known."""
    return partial_iso(one.event.date, one.event.date_precision)


def pairs(given: Given) -> list[tuple[str, str]]:
    return [(name, value) for name, values in given.items() for value in values]


def for_api(given: Given, made: Iterable[Commitment]) -> list[tuple[str, str]]:
    """The same question for the API, which knows a day by its events."""
    on = dict.fromkeys(one.event.slug for one in made if day_of(one) in given.get("day", ()))
    return [*(pair for pair in pairs(given) if pair[0] != "day"), *(("event", slug) for slug in on)]


def read(request: HttpRequest, known: Mapping[str, Sequence[str]]) -> Given:
    """The values asked for, by parameter. Raises BadFilter for what is not known."""
    given: dict[str, Sequence[str]] = {}
    for name, values in request.GET.lists():
        if name.startswith(TRACKING):
            continue
        if name not in known:
            raise BadFilter(name, _("“%(name)s” is not a parameter of this page.") % {"name": name}, OWN)
        wanted = [value.upper() if name == "party" else value for value in values if value]
        for value in wanted:
            if value not in known[name]:
                problem = _("“%(value)s” is not a value of %(name)s.") % {"value": value, "name": name}
                raise BadFilter(name, problem, known[name])
        given[name] = wanted
    return given


def values_of(one: Commitment, name: str) -> list[str]:
    if name == "party":
        return [party.code for party in one.by.all()]
    return [one.status if name == "status" else day_of(one)]


def passes(one: Commitment, given: Given, but: str = "") -> bool:
    return all(
        name == but or not wanted or set(wanted) & set(values_of(one, name)) for name, wanted in given.items()
    )  # fmt: skip


def facet(
    path: str, name: str, label: str, labels: Mapping[str, object], made: Iterable[Commitment], given: Given
) -> LinkedRow:
    """The choices of one parameter with what each would show, the other choice kept."""
    counts = Counter(value for one in made if passes(one, given, but=name) for value in values_of(one, name))
    asked, least = pairs(given), MANY if name == "day" else 1
    chips: list[LinkedChip] = [
        linked_chip(path, asked, name, value, short(called(str(text))), counts[value])
        for value, text in labels.items()
        if counts[value] >= least or value in given.get(name, ())
    ]
    return LinkedRow(name, label, sorted(chips, key=lambda chip: -chip.count) if name == "party" else chips)
