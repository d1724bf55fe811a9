"""What was promised: each commitment with its fate, filtered by what became of it and by who made it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.links import Pairs
from peacetracker.dashboard.listing import LinkedChip, LinkedRow, linked_chip
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.calling import called, short
from peacetracker.diplomacy.choices import CommitmentStatus, Visibility
from peacetracker.diplomacy.filters import TRACKING, BadFilter
from peacetracker.diplomacy.models import Commitment
from peacetracker.diplomacy.names import names

OWN = ("status", "party")
FEW = 10  # a year opens where fewer stand above it
Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Year:
    """The commitments that were made in a year, and how many came to what."""

    year: int
    made: list[Commitment]
    fates: list[tuple[str, int]]
    open: bool


@answered
def commitments(request: HttpRequest) -> HttpResponse:
    parties = names().called("party")
    given = read(request, {"status": CommitmentStatus.values, "party": list(parties)})
    made = list(
        Commitment.objects.public()
        .filter(event__visibility=Visibility.PUBLIC)
        .select_related("event", "resolved_by")
        .prefetch_related("by")
        .order_by("-event__first_day", "pk")
    )
    labels: dict[str, Mapping[str, object]] = {"status": dict(CommitmentStatus.choices), "party": parties}
    shown = [one for one in made if passes(one, given)]
    context = {
        "shown": len(shown),
        "years": by_year(shown, all_open=len(shown) < len(made)),
        "total": len(made),
        "facets": [facet(request.path, name, label, labels[name], made, given)
                   for name, label in (("status", _("What became of it")), ("party", _("Promised by")))],
        "until": until_of(request),
    }  # fmt: skip
    return render(request, "dashboard/commitments.html", context)


def by_year(shown: Iterable[Commitment], *, all_open: bool) -> list[Year]:
    """The commitments by the year in which they were made. The latest years with their first few lie open."""
    years, before = list[Year](), 0
    for year, some in groupby(shown, key=lambda one: one.event.first_day.year):
        made = list(some)
        counts = Counter(one.status for one in made)
        fates = [(str(label), counts[value]) for value, label in CommitmentStatus.choices if counts[value]]
        years.append(Year(year, made, fates, all_open or before < FEW))
        before += len(made)
    return years


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
    return [one.status] if name == "status" else [party.code for party in one.by.all()]


def passes(one: Commitment, given: Given, but: str = "") -> bool:
    return all(
        name == but or not wanted or set(wanted) & set(values_of(one, name)) for name, wanted in given.items()
    )  # fmt: skip


def facet(
    path: str, name: str, label: str, labels: Mapping[str, object], made: Iterable[Commitment], given: Given
) -> LinkedRow:
    """The choices of one parameter with what each would show, the other choice kept."""
    counts = Counter(value for one in made if passes(one, given, but=name) for value in values_of(one, name))
    asked: Pairs = [(key, value) for key, values in given.items() for value in values]
    chips: list[LinkedChip] = [
        linked_chip(path, asked, name, value, short(called(str(text))), counts[value])
        for value, text in labels.items()
        if counts[value] or value in given.get(name, ())
    ]
    return LinkedRow(name, label, sorted(chips, key=lambda chip: -chip.count) if name == "party" else chips)
