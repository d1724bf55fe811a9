"""Who dealt with whom: pairs at the same held contacts, of people, of parties, of people and bodies or events.

A pair is two people who are recorded as taking part in the same contact, whatever their parties and roles.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import StrIndex, Substr, TruncMonth

from peacetracker.analysis.tallies import stored
from peacetracker.diplomacy.choices import CONTACTS, SIDES, Status, Track
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Body, Event, Leader, Office, PairCount, Participation, Party
from peacetracker.diplomacy.querysets import EventQuerySet

OF = ("leaders", "parties", "commissions", "events")
LEADER, PARTY, BODY, EVENT = "leader", "party", "commission", "event"
# More shared events than this are not told one by one: a file then has the first and last day of a pair alone.
MOST_SPELLS = 50_000
Key = tuple[str, str]
Spell = tuple[date, date]


@dataclass(frozen=True)
class Node:
    """Somebody or something with contacts. `events`: how many; `first` and `last`: the days between which."""

    id: str
    name: str
    party: str | None
    events: int
    type: str = LEADER
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Edge:
    """Two that took part in the same events: how many in all and by track, and the first and last day."""

    source: str
    target: str
    events: int
    first: date
    last: date
    tracks: Mapping[str, int] = field(default_factory=dict)

    @property
    def track(self) -> str:
        """The track of most of them; among equals the first by name."""
        return min(self.tracks, key=lambda track: (-self.tracks[track], track), default="")

    @property
    def ends(self) -> Key:
        return self.source, self.target

    def other(self, one: str) -> str:
        return self.target if one == self.source else self.source


@dataclass(frozen=True)
class Graph:
    """The answer to one question: who, with whom, in how many events in all. Most contacts first."""

    of: str
    nodes: list[Node]
    edges: list[Edge]
    events: int = 0
    # How many there are in all, where only the busiest are here.
    all_nodes: int = 0
    all_edges: int = 0

    @property
    def node_count(self) -> int:
        return self.all_nodes or len(self.nodes)

    @property
    def edge_count(self) -> int:
        return self.all_edges or len(self.edges)

    def by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    def around(self, one: str) -> list[Edge]:
        """The pairs of one node."""
        return [edge for edge in self.edges if one in (edge.source, edge.target)]


def contacts(asked: EventFilter) -> EventQuerySet:
    """The events asked for; without a kind or status in the question, held contacts alone."""
    events: EventQuerySet = asked.apply(Event.objects.public())
    return events.filter(**defaults(asked)).order_by()


def defaults(asked: EventFilter) -> dict[str, Any]:
    """What narrows a question that names no kind or status of its own, as lookups of an event."""
    kinds = {} if "kind" in asked.values else {"kind__in": CONTACTS}
    return kinds if "status" in asked.values else {**kinds, "status": Status.HELD}


def contact_query(asked: EventFilter) -> list[tuple[str, str]]:
    """The question as the lists of events understand it, so that a link shows just what was counted."""
    kinds = [] if "kind" in asked.values else [("kind", str(kind)) for kind in CONTACTS]
    status = [] if "status" in asked.values else [("status", str(Status.HELD))]
    return [*asked.query, *kinds, *status]


def graph(asked: EventFilter, of: str = "leaders", *, most: int | None = None) -> Graph:
    """The nodes and pairs of one question. At most four queries, whatever the number of events.

    `most`: those with most contacts are enough, and the pairs among them, where the stored counts know the answer.
    """
    if not asked and of in ("leaders", "parties"):
        return _stored(most) if of == "leaders" else _stored_parties()
    events = contacts(asked)
    return {"leaders": _leaders, "parties": _parties, "commissions": _commissions, "events": _events}[of](events)


TRACKS = tuple(map(str, Track))
NAMED, BETWEEN = ("slug", "name", "party__code"), ("first_day", "last_day")
# How many rows of a table that knows its event, and the days between which.
SPAN = {"n": Count("pk"), "first": Min("event__first_day"), "last": Max("event__last_day")}


def _stored(most: int | None) -> Graph:
    """The people of the whole record, from the counts that are kept up with every change (docs/decisions/0015)."""
    called = {slug: (name, party) for slug, name, party in Leader.objects.public().values_list(*NAMED)}
    whole, nodes = 0, list[Node]()
    for slug, n, first, last in PairCount.objects.filter(one=F("another")).values_list("one", "n", *BETWEEN):
        if slug in called:
            nodes.append(Node(slug, *called[slug], n, LEADER, first, last))
        elif not slug:
            whole = n
    rows = PairCount.objects.exclude(Q(one=F("another")) | Q(another__in=SIDES) | Q(one__startswith=PairCount.OF_PARTY))
    found = busiest_first("leaders", nodes, [], whole)
    if most is None or len(nodes) <= most:
        return busiest_first("leaders", nodes, _stored_edges(rows, called), whole)
    some = [node.id for node in found.nodes[:most]]
    edges = _stored_edges(rows.filter(one__in=some, another__in=some), called)
    return replace(busiest_first("leaders", nodes[:most], edges, whole), all_nodes=len(nodes), all_edges=rows.count())


def _stored_parties() -> Graph:
    """The parties of the whole record, from the same counts."""
    mark, nodes, whole = PairCount.OF_PARTY, list[Node](), 0
    called = {f"{mark}{code}": (code, name) for code, name in Party.objects.values_list("code", "name")}
    for party, n, first, last in PairCount.objects.filter(one=F("another")).values_list("one", "n", *BETWEEN):
        if party in called:
            nodes.append(Node(*called[party], called[party][0], n, PARTY, first, last))
        whole = whole if party else n
    found = _stored_edges(PairCount.objects.filter(one__startswith=mark).exclude(one=F("another")), called)
    edges = [replace(edge, source=called[edge.source][0], target=called[edge.target][0]) for edge in found]
    return busiest_first("parties", nodes, edges, whole)


def _stored_edges(rows: Any, called: Container[str]) -> list[Edge]:
    return [
        Edge(one, another, n, first, last, _most_first(zip(TRACKS, counts, strict=True)))
        for one, another, n, first, last, *counts in rows.values_list("one", "another", "n", *BETWEEN, *TRACKS)
        if one in called and another in called
    ]


def _most_first(tracks: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(((track, n) for track, n in tracks if n), key=lambda one: (-one[1], one[0])))


def _leaders(events: EventQuerySet) -> Graph:
    rows = Participation.objects.filter(event__in=events.values("pk")).order_by()
    known = rows.filter(leader__in=Leader.objects.public())
    pairs = rows.filter(event__participations__leader__gt=F("leader"))
    named = ("leader", "leader__slug", "leader__name", "leader__party__code")
    return _graph("leaders", LEADER, known.values_list(*named), pairs, "event__participations__leader", events)


def _parties(events: EventQuerySet) -> Graph:
    rows: Any = Event.parties.through.objects.filter(event__in=events.values("pk")).order_by()
    pairs = rows.filter(event__parties__gt=F("party"))
    named = ("party", "party__code", "party__name", "party__code")
    return _graph("parties", PARTY, rows.values_list(*named), pairs, "event__parties", events)


def _graph(of: str, type: str, named: Any, pairs: Any, other: str, events: EventQuerySet) -> Graph:
    """`named`: key, public name, name and party of each end; `pairs`: rows of pairs, `other` their other end."""
    called, nodes = dict[int, str](), list[Node]()
    for pk, slug, name, party, n, first, last in named.annotate(**SPAN):
        called[pk] = slug
        nodes.append(Node(slug, name, party, n, type, first, last))
    known = [
        (called[a], called[b], track, n, first, last)
        for a, b, track, n, first, last in pairs.values_list(type, other, "event__track").annotate(**SPAN)
        if a in called and b in called
    ]
    return busiest_first(of, nodes, edges_of(known), events.count())


def edges_of(rows: Iterable[tuple[str, str, str | None, int, date, date]]) -> list[Edge]:
    """Pairs from rows of (one, another, track, events, first day, last day): the tracks of a pair brought together."""
    counts: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    days: dict[Key, Spell] = {}
    for a, b, track, n, first, last in rows:
        pair = min(a, b), max(a, b)
        counts[pair][track or "none"] += n
        known = days.get(pair, (first, last))
        days[pair] = min(known[0], first), max(known[1], last)
    return [Edge(*pair, tracks.total(), *days[pair], _most_first(tracks.items())) for pair, tracks in counts.items()]


def busiest_first(of: str, nodes: list[Node], edges: list[Edge], events: int) -> Graph:
    nodes.sort(key=lambda node: (-node.events, node.id))
    edges.sort(key=lambda edge: (-edge.events, edge.source, edge.target))
    return Graph(of, nodes, edges, events)


def _commissions(events: EventQuerySet) -> Graph:
    """Bodies and the people who took part in what the record counts to them."""
    rows: Any = Event.bodies.through.objects.filter(event__in=events.values("pk"), body__in=Body.objects.public())
    rows = rows.order_by()
    bodies = [
        Node(slug, name, None, n, BODY, first, last)
        for slug, name, n, first, last in rows.values_list("body__slug", "body__name").annotate(**SPAN)
    ]
    person = "event__participations__leader"
    people = [
        Node(slug, name, party, n, LEADER, first, last)
        for slug, name, party, n, first, last in rows.filter(**{f"{person}__in": Leader.objects.public()})
        .values_list(f"{person}__slug", f"{person}__name", f"{person}__party__code")
        .annotate(**SPAN | {"n": Count("event", distinct=True)})
    ]
    shown = {node.id for node in people}
    pairs = (
        (body, leader, track, n, first, last)
        for body, leader, track, n, first, last in rows.values_list(
            "body__slug", f"{person}__slug", "event__track"
        ).annotate(**SPAN)
        if leader in shown
    )
    counted = events.filter(bodies__in=Body.objects.public()).distinct().count()
    return busiest_first("commissions", [*bodies, *people], edges_of(pairs), counted)


def _events(events: EventQuerySet) -> Graph:
    """People and the single events at which they were."""
    rows = Participation.objects.filter(event__in=events.values("pk"), leader__in=Leader.objects.public()).order_by(
        "pk"
    )
    seen: dict[str, Node] = {}
    count: Counter[str] = Counter()
    who: dict[str, tuple[str, str | None, date, date]] = {}
    edges = []
    for slug, name, party, event, title, track, first, last in rows.order_by("pk").values_list(
        "leader__slug", "leader__name", "leader__party__code", "event__slug", "event__title", "event__track",
        "event__first_day", "event__last_day",
    ):  # fmt: skip
        seen.setdefault(event, Node(event, title, None, 0, EVENT, first, last))
        known = who.get(slug, (name, party, first, last))
        who[slug] = (name, party, min(known[2], first), max(known[3], last))
        count.update((slug, event))
        edges.append(Edge(slug, event, 1, first, last, {track or "none": 1}))
    nodes = [Node(slug, name, party, count[slug], LEADER, a, b) for slug, (name, party, a, b) in who.items()]
    nodes += [Node(one.id, one.name, None, count[one.id], EVENT, one.first, one.last) for one in seen.values()]
    return busiest_first("events", nodes, edges, len(seen))


# ---- when
def _shared(asked: EventFilter, of: str, among: Iterable[str] | None = None) -> tuple[Any, str, str]:
    """A row for each pair of each event asked for (`among`: of these nodes), and the columns of its two ends.

    All conditions stand in one filter(): a second one would join the other end anew.
    """
    known: dict[str, tuple[Any, str, str, dict[str, Any]]] = {
        "leaders": (
            Participation.objects, "leader__slug", "event__participations__leader__slug",
            {"event__participations__leader__gt": F("leader")},
        ),
        "parties": (
            Event.parties.through.objects, "party__code", "event__parties__code", {"event__parties__gt": F("party")},
        ),
        "commissions": (
            Event.bodies.through.objects, "body__slug", "event__participations__leader__slug",
            {"event__participations__isnull": False},
        ),
        "events": (Participation.objects, "leader__slug", "event__slug", {}),
    }  # fmt: skip
    rows, one, other, once = known[of]
    narrow = {} if among is None else {f"{end}__in": set(among) for end in (one, other)}
    found: Any = rows.filter(event__in=contacts(asked).values("pk"), **once, **narrow)
    return found.order_by(), one, other


def spells(asked: EventFilter, of: str) -> dict[Key, list[Spell]]:
    """Of each pair the days of every event that it shares, oldest first. One query. For questions with few events."""
    rows, one, other = _shared(asked, of)
    found: defaultdict[Key, list[Spell]] = defaultdict(list)
    when = rows.order_by("event__first_day", "pk").values_list(one, other, "event__first_day", "event__last_day")
    for a, b, first, last in when:
        found[(a, b) if of == "events" else (min(a, b), max(a, b))].append((first, last))
    return dict(found)


def pairs_by_month(asked: EventFilter, of: str, ids: Iterable[str]) -> dict[Key, list[tuple[date, str, int]]]:
    """Of each pair of these nodes its contacts by month and track, oldest first. One query."""
    rows, one, other = _shared(asked, of, ids)
    counted = rows.values_list(one, other, TruncMonth("event__first_day"), "event__track").annotate(n=Count("pk"))
    found: defaultdict[Key, list[tuple[date, str, int]]] = defaultdict(list)
    for a, b, month, track, n in counted:
        found[min(a, b), max(a, b)].append((month, track or "none", n))
    return {pair: sorted(found[pair]) for pair in sorted(found)}


def nodes_by_month(asked: EventFilter, of: str) -> dict[str, list[tuple[date, int]]]:
    """Contacts by month of each person or party, oldest first. One query."""
    rows: Any = Participation.objects if of == "leaders" else Event.parties.through.objects
    one = "leader__slug" if of == "leaders" else "party__code"
    counted = (
        rows.filter(event__in=contacts(asked).values("pk"))
        .order_by()
        .values_list(one, TruncMonth("event__first_day"))
        .annotate(n=Count("pk"))
    )
    found: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for node, month, n in counted:
        found[node].append((month, n))
    return {node: sorted(found[node]) for node in sorted(found)}


def with_sides(asked: EventFilter) -> dict[str, Counter[str]]:
    """Of each person: at how many contacts people of Armenia and of Azerbaijan were present. One query."""
    if asked:
        present = "event__participations__party__code"
        events = contacts(asked).values("pk")
        rows: Any = Participation.objects.filter(event__in=events, **{f"{present}__in": sorted(SIDES)}).order_by()
        counted = rows.values_list("leader__slug", present).annotate(n=Count("event", distinct=True))
    else:
        counted = PairCount.objects.filter(another__in=SIDES).values_list("one", "another", "n")
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for slug, code, n in counted:
        found[slug][code] = n
    return dict(found)


# ---- one person, some pairs
@dataclass(frozen=True)
class OfficeHeld:
    """An office in which a person had contacts, and how many: the office of the day of each."""

    title: str
    level: str | None
    events: int
    first: date
    last: date


def levels() -> dict[str, str]:
    """Each person's level in the picture: that of the offices held on the days of most contacts. One query."""
    title = Substr(OuterRef("value"), StrIndex(OuterRef("value"), Value(" ")) + 1)
    level = Subquery(Office.objects.order_by().filter(title=title).values("level")[:1])
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for value, level_, n in stored("leader-office").values_list("value", level, "n"):
        found[value.partition(" ")[0]][level_] += n
    return {slug: min(counts, key=lambda level: (-counts[level], level)) for slug, counts in found.items()}


def offices_held(asked: EventFilter, slug: str) -> list[OfficeHeld]:
    """The offices that a person held on the days of the contacts asked for. One query."""
    rows = (
        Participation.objects.filter(event__in=contacts(asked).values("pk"), leader__slug=slug)
        .exclude(office=None)
        .order_by()
        .values_list("office__title", "office__level")
        .annotate(n=Count("pk"), first=Min("event__first_day"), last=Max("event__last_day"))
    )
    return sorted((OfficeHeld(*row) for row in rows), key=lambda held: held.first)


def shared_events(asked: EventFilter, pairs: Iterable[Key], most: int = 3) -> dict[Key, list[Event]]:
    """Of each pair of people the latest events that it shares. Two queries."""
    wanted = list(pairs)
    if not wanted:
        return {}
    either = Q()
    for a, b in wanted:
        either |= Q(leader__slug=a, event__participations__leader__slug=b)
    rows = Participation.objects.filter(either, event__in=contacts(asked).values("pk")).order_by(
        "-event__first_day", "pk"
    )
    chosen: defaultdict[Key, list[int]] = defaultdict(list)
    for a, b, pk in rows.values_list("leader__slug", "event__participations__leader__slug", "event"):
        if len(chosen[a, b]) < most:
            chosen[a, b].append(pk)
    found = Event.objects.select_related("place").in_bulk([pk for pks in chosen.values() for pk in pks])
    return {pair: [found[pk] for pk in chosen[pair]] for pair in wanted}
