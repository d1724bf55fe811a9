"""Counts, marks and networks of the record as it was recorded on a day, from the versions that stood then.

Relations and stored counts hold only the present, so here everything comes from what a version is found by
(diplomacy/terms.py); only what is shown one by one is read from the documents.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from django.db.models import Max, Q, QuerySet

from peacetracker.analysis.network import (
    BODY,
    EVENT,
    LEADER,
    PARTY,
    Edge,
    Graph,
    Key,
    Node,
    Spell,
    busiest_first,
    edges_of,
)
from peacetracker.analysis.tallies import Combination
from peacetracker.analysis.timeline import Mark, Monthly, lane_of
from peacetracker.diplomacy.choices import CONTACTS, Status
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import EventVersion, Version
from peacetracker.diplomacy.recorded import end_of, events_at, narrow, records_at
from peacetracker.diplomacy.terms import term

Called = Mapping[str, tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Then:
    """One event as a version of that time is found: its possible days and its terms, by name."""

    slug: str
    first: date
    last: date
    terms: Mapping[str, list[str]]

    def one(self, name: str) -> str | None:
        return next(iter(self.terms.get(name, ())), None)

    @property
    def month(self) -> date:
        return self.first.replace(day=1)

    @property
    def track(self) -> str:
        return self.one("track") or "none"


def versions(asked: EventFilter, day: date) -> QuerySet[EventVersion]:
    """What the question would have found at the end of the day."""
    return narrow(events_at(end_of(day)), asked, end_of(day))


def found(asked: EventFilter, day: date) -> Iterator[Then]:
    return _read(versions(asked, day))


def _read(rows: QuerySet[EventVersion]) -> Iterator[Then]:
    for slug, first, last, terms in rows.values_list("slug", "first_day", "last_day", "terms").iterator():
        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for pair in terms.split():
            name, _equals, value = pair.partition("=")
            by_name[name].append(value)
        yield Then(slug, first, last, by_name)


def covered_until(day: date) -> date | None:
    """The day that the record reached then: that of the last event which was not merely scheduled."""
    rows = events_at(end_of(day)).exclude(terms__contains=term("status", Status.SCHEDULED))
    reached: date | None = rows.aggregate(last=Max("last_day"))["last"]
    return reached


def changed_at(day: date) -> datetime | None:
    """When the record last changed by the end of the day."""
    moment = end_of(day)
    ends = [
        rows.filter(**{f"{name}__lt": moment}).aggregate(last=Max(name))["last"]
        for rows in (EventVersion.objects.order_by(), Version.objects.order_by())
        for name in ("recorded_from", "recorded_to")
    ]
    return max((end for end in ends if end), default=None)


# ---- counts and marks
def combinations(rows: Iterable[Then]) -> Counter[Combination]:
    """Events by joint, level, track, kind and status, as tallies.CLOSED orders them."""
    return Counter(
        (one.one("joint") == "true", one.one("level"), one.one("track"), one.one("kind"), one.one("status"))
        for one in rows
    )


def monthly(rows: Iterable[Then]) -> Monthly:
    """Kind, track, month and number."""
    counts = Counter((one.one("kind") or "", one.one("track"), one.month) for one in rows)
    return [(*key, n) for key, n in counts.items()]


def marks(rows: QuerySet[EventVersion]) -> list[Mark]:
    """The versions as marks, oldest first."""
    ordered = rows.order_by("first_day", "slug").values_list("document", "first_day", "last_day")
    return [_mark(orjson.loads(text), first, last) for text, first, last in ordered]


def _mark(document: Mapping[str, Any], first: date, last: date) -> Mark:
    return Mark(
        slug=document["slug"], title=document["title"], kind=document["kind"], status=document["status"],
        first=first, last=last, precision=document["date_precision"],
        place=document["place"]["name"] if document["place"] else "",
        lane=lane_of(document["kind"], document["track"]), joint=document["joint"], level=document["level"],
        sources=len(document["sources"]), differs=bool(document["discrepancies"]),
        who=tuple(part["leader"]["name"] for part in document["participants"]),
    )  # fmt: skip


# ---- who dealt with whom
def contacts(asked: EventFilter, day: date) -> QuerySet[EventVersion]:
    """As analysis.network.contacts: without a kind or status in the question, held contacts alone."""
    rows = versions(asked, day)
    if "kind" not in asked.values:
        wanted = Q(pk=None)
        for kind in CONTACTS:
            wanted |= Q(terms__contains=term("kind", kind))
        rows = rows.filter(wanted)
    return rows if "status" in asked.values else rows.filter(terms__contains=term("status", Status.HELD))


def graph(asked: EventFilter, of: str, day: date) -> Graph:
    """The nodes and pairs of one question as they would have been counted at the end of the day."""
    rows = list(_read(contacts(asked, day)))
    people = _called("leader", day)
    if of == "parties":
        codes = {code: (name, code) for code, (name, _party) in _called("party", day).items()}
        return _of_one_kind(of, PARTY, "party", rows, codes)
    if of == "commissions":
        return _of_bodies(rows, people, _called("body", day))
    if of == "events":
        return _of_events(rows, people, dict(_titles(contacts(asked, day))))
    return _of_one_kind(of, LEADER, "leader", rows, people)


def spells(asked: EventFilter, of: str, day: date) -> dict[Key, list[Spell]]:
    """Of each pair the days of every event that it shared, oldest first."""
    days: defaultdict[Key, list[Spell]] = defaultdict(list)
    for one in sorted(_read(contacts(asked, day)), key=lambda one: (one.first, one.slug)):
        for pair in _pairs(one, of):
            days[pair].append((one.first, one.last))
    return dict(days)


def _pairs(one: Then, of: str) -> list[Key]:
    people = one.terms.get("leader", [])
    if of == "events":
        return [(leader, one.slug) for leader in people]
    if of == "commissions":
        return [(min(a, b), max(a, b)) for a in one.terms.get("commission", []) for b in people]
    ends = sorted(people if of == "leaders" else one.terms.get("party", []))
    return [(a, b) for n, a in enumerate(ends) for b in ends[n + 1 :]]


def _called(noun: str, day: date) -> Called:
    """Name and party by public name, of the records that stood then."""
    rows = records_at(noun, end_of(day)).values_list("slug", "document")
    documents = ((slug, orjson.loads(text)) for slug, text in rows)
    return {slug: (one["name"], one.get("party")) for slug, one in documents}


def _titles(rows: QuerySet[EventVersion]) -> Iterator[tuple[str, str]]:
    for slug, text in rows.values_list("slug", "document"):
        yield slug, orjson.loads(text)["title"]


def _nodes(type: str, name: str, rows: Iterable[Then], called: Called) -> list[Node]:
    count: Counter[str] = Counter()
    days: dict[str, Spell] = {}
    for one in rows:
        for end in one.terms.get(name, []):
            count[end] += 1
            first, last = days.get(end, (one.first, one.last))
            days[end] = min(first, one.first), max(last, one.last)
    return [Node(end, *called[end], count[end], type, *days[end]) for end in count if end in called]


def _edges(of: str, rows: Iterable[Then], known: Iterable[str]) -> list[Edge]:
    shown = set(known)
    return edges_of(
        (*pair, one.track, 1, one.first, one.last) for one in rows for pair in _pairs(one, of) if shown.issuperset(pair)
    )


def _of_one_kind(of: str, type: str, name: str, rows: list[Then], called: Called) -> Graph:
    return busiest_first(of, _nodes(type, name, rows, called), _edges(of, rows, called), len(rows))


def _of_bodies(rows: list[Then], people: Called, bodies: Called) -> Graph:
    theirs = [one for one in rows if any(body in bodies for body in one.terms.get("commission", []))]
    nodes = [*_nodes(BODY, "commission", theirs, bodies), *_nodes(LEADER, "leader", theirs, people)]
    return busiest_first("commissions", nodes, _edges("commissions", theirs, [*people, *bodies]), len(theirs))


def _of_events(rows: list[Then], people: Called, titles: Mapping[str, str]) -> Graph:
    present = {one.slug: [end for end in one.terms.get("leader", []) if end in people] for one in rows}
    seen = [one for one in rows if present[one.slug]]
    nodes = _nodes(LEADER, "leader", seen, people)
    nodes += [Node(o.slug, titles[o.slug], None, len(present[o.slug]), EVENT, o.first, o.last) for o in seen]
    edges = [Edge(end, one.slug, 1, one.first, one.last, {one.track: 1}) for one in seen for end in present[one.slug]]
    return busiest_first("events", nodes, edges, len(seen))
