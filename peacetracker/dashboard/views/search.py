"""Search over the record, in any spelling: names first, then events with the words marked and counts to narrow by."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from peacetracker.analysis.searching import FACETS, Counts, counts, groups, hits, looked_for, meant
from peacetracker.core.text import fold
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.listing import LinkedChip, LinkedRow, chosen, linked_chip, rows
from peacetracker.dashboard.views.finding import PAGES, answered
from peacetracker.dashboard.words import FACET_NAMES, NOUN_NAMES, OPTION_NAMES, YEAR_NAME
from peacetracker.diplomacy.choices import Kind, Status, Track
from peacetracker.diplomacy.filters import EventFilter, read_filter
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.names import names

ROWS = 20
BESIDES = ("cursor",)
CHOICES = {"kind": Kind, "track": Track, "status": Status}
SHOWN_AS_CHIPS = ("q", "after", "before", *FACETS)


@answered
def search(request: HttpRequest) -> HttpResponse:
    asked: EventFilter = read_filter(request.GET, lenient=True, besides=BESIDES)
    words = asked.values.get("q", "")
    context: dict[str, Any] = {"words": words, "asked": asked, "until": until_of(request)}
    if words:
        context |= _answer(request, asked, words)
    return render(request, "dashboard/search.html", context)


def _answer(request: HttpRequest, asked: EventFilter, words: str) -> dict[str, Any]:
    known = names()
    events = asked.apply(Event.objects.public())
    counted = counts(events)
    found = [] if "cursor" in request.GET else groups(known, words)
    shown = rows(request, asked, events, ROWS)
    suggested = None if counted.total or any(one.exact for one in found) else meant(known, words)
    return {
        "groups": [(NOUN_NAMES[one.noun], f"dashboard:{PAGES.get(one.noun, one.noun)}", one) for one in found],
        "counted": counted,
        "facets": list(_facets(request.path, asked, counted)),
        "chosen": [one for one in chosen(asked, request.path) if one.name not in SHOWN_AS_CHIPS],
        "narrowed": asked.given.keys() > {"q"},
        "parties": known.called("party"),
        "clear": with_query(request.path, [("q", words)]),
        "rows": shown,
        "hits": hits(shown.events, looked_for(known, words)),
        "others": [known.written(word) for word in looked_for(known, words) if word not in fold(words).split()],
        "suggested": suggested and {"words": suggested, "href": with_query(request.path, [("q", suggested)])},
        "all_events": with_query(reverse("dashboard:events"), asked.query),
    }


def _facets(path: str, asked: EventFilter, counted: Counts) -> Iterable[LinkedRow]:
    """What is found by kind, format and status, and by year. Too much to be counted is offered without numbers."""
    for name in FACETS:
        by = counted.by.get(name, {})
        labels = {value: str(OPTION_NAMES.get((name, value), label)) for value, label in CHOICES[name].choices}
        chips = [
            linked_chip(path, asked.query, name, value, label, by.get(value, 0)) for value, label in labels.items()
        ]
        yield LinkedRow(name, str(FACET_NAMES[name]), _worth(chips, counted))
    years = sorted(counted.by.get("year", {}).items(), reverse=True)
    chips = [_year_chip(path, asked, str(year), n) for year, n in years]
    yield LinkedRow("year", str(YEAR_NAME), _worth(chips, counted))


def _worth(chips: list[LinkedChip], counted: Counts) -> list[LinkedChip]:
    """Only choices that would find something, and none if there is only one to choose."""
    left = [chip for chip in chips if chip.count or chip.chosen or not counted.all_counted]
    return left if len(left) > 1 or any(chip.chosen for chip in left) else []


def _year_chip(path: str, asked: EventFilter, year: str, count: int) -> LinkedChip:
    span = [("after", year), ("before", year)]
    here = set(span) <= set(asked.query)
    rest = [pair for pair in asked.query if pair[0] not in ("after", "before")]
    return LinkedChip(year, year, count, here, with_query(path, rest if here else [*rest, *span]))
