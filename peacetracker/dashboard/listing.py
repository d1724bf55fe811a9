"""A filtered list of events as a page shows it: chips with counts, what is chosen, rows from a keyset, data links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from peacetracker.analysis.contacts import listed
from peacetracker.analysis.facets import Facet, facets
from peacetracker.core.dates import parse_partial
from peacetracker.dashboard.links import Pairs, api_link, with_query, without
from peacetracker.dashboard.words import CLOSED, FACET_NAMES, OPTION_NAMES
from peacetracker.diplomacy.calling import called
from peacetracker.diplomacy.choices import SIDES
from peacetracker.diplomacy.filters import PARAMETERS, BadFilter, EventFilter, read_filter
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.names import names
from peacetracker.diplomacy.querysets import EventQuerySet

ROWS = 100
BESIDES = ("cursor", "fragment", "lanes")
DATES = ("after", "before")
# What the bar of filters has a field for, beside its chips.
FIELDS = ("q", *DATES, "ordering")
# Parameters whose values are records, by the noun.
NAMED = {"leader": "leader", "with": "leader", "party": "party", "mediator": "party", "topic": "topic",
         "commission": "body", "place": "place", "proposal": "proposal"}  # fmt: skip
LISTS = ("leader", "party", "mediator", "commission")


@dataclass(frozen=True)
class Chip:
    """One choice of a facet, with the number of events that it would show."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class FilterRow:
    name: str
    label: str
    chips: list[Chip]

    @property
    def single(self) -> bool:
        """Only one choice can stand, or none."""
        return not PARAMETERS[self.name].repeatable

    @property
    def open(self) -> bool:
        return not any(chip.chosen for chip in self.chips)


@dataclass(frozen=True)
class LinkedChip(Chip):
    """A choice as a link: to the page narrowed by it, or if it is chosen to the page without it."""

    href: str


@dataclass(frozen=True)
class LinkedRow:
    name: str
    label: str
    chips: list[LinkedChip]


@dataclass(frozen=True)
class Chosen:
    """One value that is asked for, with the address of the view without it."""

    name: str
    label: str
    value: str
    href: str


@dataclass(frozen=True)
class Rows:
    """Some rows of a list and the addresses of its neighbours; `following` is None on the last page."""

    events: list[Event]
    following: str | None
    first: str | None


def ask(request: HttpRequest, *, kind: str | None = None, besides: Iterable[str] = ()) -> EventFilter:
    """The question of the query string. `kind`: the page is about one kind, whatever is asked; `besides`: parameters
    that the page reads itself."""
    params = request.GET.copy()
    if kind:
        params["kind"] = kind
    return read_filter(params, lenient=True, besides=(*BESIDES, *besides))


def undated(asked: EventFilter) -> EventFilter:
    """The same question of the whole time that the record covers."""
    given, values = (
        {name: value for name, value in known.items() if name not in DATES} for known in (asked.given, asked.values)
    )
    return EventFilter(given, values, asked.ordering)


def filter_row(facet: Facet) -> FilterRow:
    return FilterRow(facet.name, str(FACET_NAMES[facet.name]), _chips(facet))


def _chips(facet: Facet) -> list[Chip]:
    return [
        Chip(
            option.value,
            str(OPTION_NAMES.get((facet.name, option.value), called(option.label))),
            option.count,
            option.chosen,
        )
        for option in facet.options
    ]


def chosen(asked: EventFilter, path: str) -> list[Chosen]:
    """Everything that narrows the view, one value each."""

    def one(name: str, value: str) -> Chosen:
        href = with_query(path, without(asked, name, value))
        return Chosen(name, str(PARAMETERS[name].meaning), in_words(name, value), href)

    return [one(name, value) for name, value in asked.query if name in PARAMETERS]


def in_words(name: str, value: str) -> str:
    """What a value is called on pages; days, words and what has no name stand as they were given."""
    if name in NAMED:
        known = names().called(NAMED[name])
        return called(known.get(value) or known.get(value.upper(), value))
    closed = dict(CLOSED[name].choices) if name in CLOSED else {}
    return str(OPTION_NAMES.get((name, value), closed.get(value, value)))


def linked_chip(path: str, asked: Pairs, name: str, value: str, label: str, count: int) -> LinkedChip:
    pairs = list(asked)
    here = (name, value) in pairs
    query = [pair for pair in pairs if pair != (name, value)] if here else [*pairs, (name, value)]
    return LinkedChip(value, label, count, here, with_query(path, query))


def rows(
    request: HttpRequest, asked: EventFilter, events: EventQuerySet, size: int = ROWS, *, path: str = "",
    whole: bool = True,
) -> Rows:  # fmt: skip
    """The rows after the cursor. The last row of a million is as near as the first.

    `path`: the address of the list, where it is not this one; `whole`: these are all events that answer the question.
    """
    cursor = request.GET.get("cursor", "")
    place, ascending = read_cursor(cursor) if cursor else None, asked.ordering == "date"
    if whole and asked.is_at_hand:
        short, keys = asked.in_order_at_hand()
        page = _page(short, keys, place, ascending=ascending)
        events = events.filter(pk__in=list(page.values_list("pk", flat=True)[: size + 1]))
    found = list(listed(_page(events, asked.keys, place, ascending=ascending))[: size + 1])
    path, query = path or request.path, asked.query
    after = f"{found[size - 1].first_day.isoformat()}~{found[size - 1].slug}" if len(found) > size else None
    following = with_query(path, [*query, ("cursor", after)]) if after else None
    return Rows(found[:size], following, with_query(path, query) if cursor else None)


def _page(rows: Any, keys: tuple[str, str], place: tuple[date, str] | None, *, ascending: bool) -> Any:
    """The rows beyond a place, in order."""
    ordered = rows.order_by(*(key if ascending else f"-{key}" for key in keys))
    return ordered.filter(_beyond(keys, *place, ascending=ascending)) if place else ordered


def read_cursor(text: str) -> tuple[date, str]:
    """Where a list goes on. Raises BadFilter for anything that no page has handed out."""
    day, _sep, slug = text.partition("~")
    try:
        first, _precision = parse_partial(day)
    except ValueError:
        problem = _("“%(value)s” is not a place in the list.") % {"value": text[:60]}
        raise BadFilter("cursor", problem, [_("the link at the end of a list")]) from None
    return first, slug


def _beyond(keys: tuple[str, str], day: date, slug: str, *, ascending: bool) -> Q:
    first, second = keys
    sign = "gt" if ascending else "lt"
    # The day is bounded on its own, so that the index of days can be entered there.
    bound = Q(**{f"{first}__{sign}e": day})
    return bound & (Q(**{f"{first}__{sign}": day}) | Q(**{f"{second}__{sign}": slug}))


def data_links(query: Iterable[tuple[str, str]]) -> dict[str, str]:
    """This view as data; `atom` follows it."""
    pairs = list(query)
    return {form: api_link(pairs, form) for form in ("csv", "xlsx", "json", "jsonl", "ics", "atom", "cite", "bibtex")}


def choices(asked: EventFilter) -> dict[str, Any]:
    """What the bar of filters lets one choose from long lists. A mediator may also be a person, by slug."""
    parties = list(names().called("party").items())
    named = asked.given.get("mediator", [])[:1]
    people = [(slug, slug) for slug in named if slug.upper() not in {code for code, _name in parties}]
    return {
        "leaders": names().called("leader").items(),
        "parties": parties,
        "mediators": [*people, *((code, name) for code, name in parties if code not in SIDES)],
        "bodies": names().called("body").items(),
    }


def carried(asked: EventFilter, visible: Iterable[str]) -> list[tuple[str, str]]:
    """What a form must carry along: everything asked for that it has no field for. A list shows one choice alone."""
    left, seen = [], set(visible)
    for name, value in asked.query:
        if name in seen or (name in LISTS and value == asked.given[name][0]):
            continue
        left.append((name, value))
    return left


def table(request: HttpRequest, asked: EventFilter, events: EventQuerySet) -> dict[str, Any]:
    """What a page with a filtered list of events needs."""
    counted = facets(asked)
    return {
        "asked": asked,
        "filters": [filter_row(facet) for facet in counted.facets],
        "shown": counted.total,
        "chosen": chosen(asked, request.path),
        "rows": rows(request, asked, events),
        "links": data_links(asked.query),
        "query": with_query("", asked.query),
        "carried": carried(asked, [*(facet.name for facet in counted.facets), *FIELDS]),
        **choices(asked),
    }
