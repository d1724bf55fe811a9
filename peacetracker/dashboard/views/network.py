"""Who dealt with whom: the picture, the matrix, one person's contacts, the link between two, who is central."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peacetracker.analysis.facets import facets
from peacetracker.analysis.linking import MOST_CENTRAL, Centrality, busiest, centralities, path, ranked
from peacetracker.analysis.network import (
    BODY,
    LEADER,
    Edge,
    Graph,
    Node,
    contact_query,
    defaults,
    graph,
    levels,
    offices_held,
    shared_events,
    with_sides,
)
from peacetracker.analysis.timeline import months
from peacetracker.dashboard.caching import BUILD, until_of, version_of
from peacetracker.dashboard.context import DAY_S
from peacetracker.dashboard.figures import network as drawing
from peacetracker.dashboard.figures.attendance import attendance
from peacetracker.dashboard.figures.matrix import matrix
from peacetracker.dashboard.listing import Chosen, chosen, data_links, filter_row, undated
from peacetracker.dashboard.sharing import Embedded, share
from peacetracker.dashboard.strips import brush_bars
from peacetracker.dashboard.ties import Ties, read_ties
from peacetracker.dashboard.views.finding import answered
from peacetracker.dashboard.words import BAND_NAMES, MEASURE_NAMES, NETWORK_NAMES
from peacetracker.diplomacy.calling import called
from peacetracker.diplomacy.choices import LEVELS, SIDES, Track
from peacetracker.diplomacy.filters import EventFilter, read_filter

LISTED = 16


@answered
def network(request: HttpRequest) -> HttpResponse:
    ties = read_ties(request)
    context = {"ties": ties, "links": data_links(contact_query(ties.asked))}
    key = key_of(request, "page", ties.pairs)
    body = cache.get(key)
    if body is None:
        body = render_to_string("dashboard/_network.html", page(request, ties), request)
        cache.set(key, body, DAY_S)
    return render(request, "dashboard/network.html", {**context, "body": body})


def key_of(request: HttpRequest, what: str, pairs: Iterable[tuple[str, str]]) -> str:
    asked = hashlib.sha256(repr(list(pairs)).encode()).hexdigest()
    return f"dashboard:network:{BUILD}:{version_of(request)}:{get_language()}:{request.get_host()}:{what}:{asked}"


def page(request: HttpRequest, ties: Ties) -> dict[str, Any]:
    found = answer(ties)
    by_month = months(of_contacts(undated(ties.asked)))
    ego = found.by_id().get(ties.ego)
    shared = {
        "request": request,
        "ties": ties,
        "found": found,
        "until": until_of(request),
        "views": [(str(name), ties.page(of=of, ego="", ends=("", "")), of == ties.of) for of, name in NETWORK_NAMES],
        "links": {form: ties.api(form) for form in ("csv", "json", "graphml", "gexf")},
        "share": share(request, view="network", title=_("Who dealt with whom"), state=ties.pairs, api=ties.api()),
        "bars": brush_bars(by_month),
        "top": max((month.count for month in by_month), default=0),
        "years": _years(ties, by_month),
        "ego": ego,
        "own_events": ties.of_one(ego) if ego else "",
        "tracks": list(Track),
        **_filters(ties),
    }
    parts = _of_events(ties, found) if ties.of == "events" else _of_pairs(request, ties, found)
    return {**shared, **parts}


def answer(ties: Ties) -> Graph:
    """Those with most contacts are enough for a page, unless somebody else is asked for."""
    found = graph(ties.asked, ties.of, most=MOST_CENTRAL)
    named = {ties.ego, *ties.ends} - {""}
    if found.all_nodes and named - found.by_id().keys():
        found = graph(ties.asked, ties.of)
    return _called(found)


def _called(found: Graph) -> Graph:
    """The same with names in the reader's language."""
    return replace(found, nodes=[replace(node, name=called(node.name)) for node in found.nodes])


def of_contacts(asked: EventFilter) -> EventFilter:
    """The question with what a contact is, where it does not say so itself."""
    usual = {
        name.removesuffix("__in"): list(value) if isinstance(value, tuple) else [value]
        for name, value in defaults(asked).items()
    }
    return replace(asked, values={**asked.values, **usual})


def _filters(ties: Ties) -> dict[str, Any]:
    """The bar of filters, its counts those of contacts."""
    asked = ties.asked
    counted = facets(of_contacts(asked))
    own = [pair for pair in ties.pairs if pair not in asked.query]
    fields = {row.name for row in counted.facets} | {"q", "after", "before"}
    return {
        "asked": asked,
        "filters": [filter_row(facet) for facet in counted.facets],
        "shown": counted.total,
        "chosen": [_kept(one, own) for one in chosen(asked, "")],
        "clear": Ties(read_filter(QueryDict()), ties.of, ties.ego).page(),
        "carried": [*own, *((name, value) for name, value in asked.query if name not in fields)],
    }


def _kept(one: Chosen, own: list[tuple[str, str]]) -> Chosen:
    """The link that takes a filter away keeps the rest of the state."""
    more = "&".join(f"{name}={value}" for name, value in own)
    sign = "&" if one.href else "?"
    return Chosen(one.name, one.label, one.value, f"{one.href}{sign}{more}" if more else one.href or "?")


def _years(ties: Ties, by_month: list[Any]) -> list[tuple[str, str, bool]]:
    """The window of each year, and of all: what the slider does, as links."""
    if not by_month:
        return []
    plain = Ties(undated(ties.asked), ties.of, ties.ego, ties.ends, ties.sort)
    now = tuple(ties.asked.given.get(name, [""])[0] for name in ("after", "before"))
    found = [(_("All years"), plain.page(), now == ("", ""))]
    for year in range(by_month[0].first.year, by_month[-1].first.year + 1):
        given = {**plain.asked.given, "after": [str(year)], "before": [str(year)]}
        dated = EventFilter(given, plain.asked.values, plain.asked.ordering)
        found.append((str(year), Ties(dated, ties.of, ties.ego, ties.ends, ties.sort).page(), now == (str(year),) * 2))
    return found


# ---- pairs: people, parties, bodies
@dataclass(frozen=True)
class Pair:
    """A pair as a list shows it, seen from one end or from outside."""

    edge: Edge
    one: Node
    other: Node
    href: str | None


def _of_pairs(request: HttpRequest, ties: Ties, found: Graph) -> dict[str, Any]:
    drawn = drawing.picture(layout_of(request, ties, found), found, ties.ego)
    nodes = found.by_id()
    table = matrix(found, ties.ego)
    linked = _linked(ties, found) if ties.of == "leaders" else {}
    central = centralities(busiest(found, MOST_CENTRAL))
    return {
        "picture": drawn,
        "bands": _bands(ties.of, drawn.layout),
        "listed": _listed(ties, found, nodes),
        "offices": offices_held(ties.asked, ties.ego) if ties.ego and ties.of == "leaders" else [],
        "matrix": table,
        "sides": _sides(ties, found, nodes),
        "central": ranked(central, ties.sort),
        "measures": [(key, str(name), str(told), ties.page(sort=key)) for key, name, told in MEASURE_NAMES],
        "summary": _summary(ties, found, nodes, ranked(central, "betweenness")),
        **linked,
    }


def layout_of(request: HttpRequest, ties: Ties, found: Graph) -> drawing.Layout:
    """Everybody's place, worked out once for each state of the record."""
    of = ties.of
    key = f"dashboard:network:{BUILD}:{version_of(request)}:{get_language()}:layout:{of}"
    places: drawing.Layout | None = cache.get(key)
    if places is None:
        whole = _called(graph(read_filter(QueryDict()), of, most=MOST_CENTRAL)) if ties.asked else found
        places = drawing.layout(whole, _bands_of(whole))
        cache.set(key, places, DAY_S)
    return places


def _bands_of(whole: Graph) -> dict[str, int]:
    if whole.of == "leaders":
        return {slug: LEVELS.index(level) for slug, level in levels().items()}
    if whole.of == "commissions":
        return {node.id: 0 if node.type == BODY or node.party in SIDES else 1 for node in whole.nodes}
    return dict.fromkeys((node.id for node in whole.nodes), 0)


def _bands(of: str, places: drawing.Layout) -> list[tuple[drawing.Band, str]]:
    names = BAND_NAMES.get(of, ())
    return [(band, str(names[band.index]) if band.index < len(names) else "") for band in places.bands]


def _listed(ties: Ties, found: Graph, nodes: dict[str, Node]) -> list[Pair]:
    """One node's pairs, or the pairs of most contacts in which both sides meet."""
    if ties.ego:
        edges = found.around(ties.ego)
        return [_pair(ties, edge, nodes[ties.ego], nodes[edge.other(ties.ego)]) for edge in edges]
    across = [edge for edge in found.edges if _is_across(nodes[edge.source], nodes[edge.target])]
    return [_pair(ties, edge, nodes[edge.source], nodes[edge.target]) for edge in across[:LISTED]]


def _is_across(one: Node, other: Node) -> bool:
    return one.type != other.type or one.party != other.party


def _pair(ties: Ties, edge: Edge, one: Node, other: Node) -> Pair:
    """Armenia before Azerbaijan, both before third parties, unless one of them is looked at."""
    if not ties.ego and (_rank(other), other.id) < (_rank(one), one.id):
        one, other = other, one
    return Pair(edge, one, other, ties.shared(one, other))


def _rank(node: Node) -> int:
    return {"AM": 0, "AZ": 1}.get(node.party or "", 2)


@dataclass(frozen=True)
class Balance:
    """A third party's contacts with each side, and their bars on 100 units."""

    node: Node
    am: int
    az: int
    am_bar: float
    az_bar: float


def _sides(ties: Ties, found: Graph, nodes: dict[str, Node]) -> list[Balance]:
    if ties.of == "commissions":
        return []
    if ties.of == "leaders":
        counts: dict[str, Any] = dict(with_sides(ties.asked))
    else:
        counts = {node.id: {} for node in found.nodes}
        for edge in found.edges:
            for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
                counts[one][other] = edge.events
    third = [node for node in found.nodes if node.party not in SIDES and node.id in counts][:LISTED]
    rows = [(node, counts[node.id].get("AM", 0), counts[node.id].get("AZ", 0)) for node in third]
    top = max((max(am, az) for _node, am, az in rows), default=0) or 1
    return [
        Balance(node, am, az, round(am / top * 50, 1), round(az / top * 50, 1)) for node, am, az in rows if am or az
    ]


def _summary(ties: Ties, found: Graph, nodes: dict[str, Node], between: list[Centrality]) -> dict[str, Any]:
    """What the words above the picture are made of."""
    busiest_pair = next((e for e in found.edges if {nodes[e.source].party, nodes[e.target].party} == SIDES), None)
    plain = Ties(ties.asked, ties.of)
    return {
        "pair": _pair(plain, busiest_pair, *(nodes[end] for end in busiest_pair.ends)) if busiest_pair else None,
        "third": next((node for node in found.nodes if node.party not in SIDES and node.type != BODY), None),
        "between": between[0].node if between and between[0].betweenness > 0 else None,
        "body": next((node for node in found.nodes if node.type == BODY), None),
        "people": sum(node.type != BODY for node in found.nodes),
        "first": min((node.first for node in found.nodes if node.first), default=None),
        "last": max((node.last for node in found.nodes if node.last), default=None),
    }


# ---- how two are linked
@dataclass(frozen=True)
class Step:
    """One link of a way between two people, with the latest events that make it."""

    one: Node
    other: Node
    edge: Edge
    events: list[Any]
    href: str | None


def _linked(ties: Ties, found: Graph) -> dict[str, Any]:
    nodes = found.by_id()
    people = sorted(((node.id, node.name) for node in found.nodes), key=lambda one: one[1])
    one, other = ties.ends
    told: dict[str, Any] = {"people": people, "ends": ties.ends}
    told["own"] = [pair for pair in ties.pairs if pair[0] not in ("from", "to")]
    if not (one and other):
        return told
    way = path(found, one, other) if one != other else []
    if way is None:
        return {**told, "apart": True, "end_names": [nodes[end].name if end in nodes else end for end in ties.ends]}
    events = shared_events(ties.asked, [edge.ends for edge in way])
    steps, at = list[Step](), one
    for edge in way:
        then = edge.other(at)
        href = ties.shared(nodes[at], nodes[then])
        steps.append(Step(nodes[at], nodes[then], edge, events.get(edge.ends, []), href))
        at = then
    return {**told, "steps": steps, "same": one == other}


# ---- people and events
def _of_events(ties: Ties, found: Graph) -> dict[str, Any]:
    drawn = attendance(found, ties.ego)
    nodes = found.by_id()
    who: dict[str, list[Node]] = {}
    for edge in found.edges:
        who.setdefault(edge.target, []).append(nodes[edge.source])
    return {
        "attendance": drawn,
        "table": [(column, who[column.node.id]) for column in reversed(drawn.columns)],
        "everybody": sorted(
            ((node.id, node.name) for node in found.nodes if node.type == LEADER), key=lambda one: one[1]
        ),
        "carried_own": [pair for pair in ties.pairs if pair[0] != "ego"],
    }


# ---- for the pages of others
def embedded(request: HttpRequest) -> Embedded:
    """The picture as it stands, with the matrix or the list of events; its names lead to the full page."""
    ties = read_ties(request)
    found = answer(ties)
    parts = _of_events(ties, found) if ties.of == "events" else _of_pairs(request, ties, found)
    here = reverse("dashboard:network")
    return Embedded(
        title=_("Who dealt with whom"),
        page=ties.page(),
        picture="dashboard/_network_embed.html",
        twin="" if ties.of == "events" else "dashboard/_network_matrix.html",
        context={**parts, "ties": ties, "found": found, "ego": found.by_id().get(ties.ego), "tracks": list(Track),
                 "shown": found.events, "chosen": chosen(ties.asked, here)},
        scripts="",
        styles=("css/network.css",),
    )  # fmt: skip
