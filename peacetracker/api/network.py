"""Who dealt with whom: pairs of people or parties at the same held contacts, and the pairs as files for graph tools."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.db.models import Count, F, Max, Min

from peacetracker.diplomacy.choices import CONTACTS, Status
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Event, Leader, Participation, Party
from peacetracker.diplomacy.querysets import EventQuerySet

OF = ("leaders", "parties")


@dataclass(frozen=True)
class Node:
    id: str
    name: str
    party: str | None
    events: int


@dataclass(frozen=True)
class Edge:
    """Two that took part in the same events: how many, and the first and last day."""

    source: str
    target: str
    events: int
    first: date
    last: date


@dataclass(frozen=True)
class Graph:
    of: str
    nodes: list[Node]
    edges: list[Edge]


def contacts(asked: EventFilter) -> EventQuerySet:
    """The events asked for; without a kind or status in the question, held contacts alone."""
    events: EventQuerySet = asked.apply(Event.objects.public())
    if "kind" not in asked.values:
        events = events.filter(kind__in=CONTACTS)
    if "status" not in asked.values:
        events = events.filter(status=Status.HELD)
    return events.order_by()


def graph(asked: EventFilter, of: str) -> Graph:
    """The pairs of one question. Three queries."""
    events = contacts(asked).values("pk")
    if of == "leaders":
        rows: Any = Participation.objects.filter(event__in=events)
        mine, other = "leader", "event__participations__leader"
        called = {
            pk: (slug, name, party)
            for pk, slug, name, party in Leader.objects.public().values_list("pk", "slug", "name", "party__code")
        }
    else:
        rows = Event.parties.through.objects.filter(event__in=events)
        mine, other = "party", "event__parties"
        called = {pk: (code, name, code) for pk, code, name in Party.objects.values_list("pk", "code", "name")}
    counted = rows.order_by().values_list(mine).annotate(n=Count("pk"))
    nodes = [Node(*called[pk], n) for pk, n in counted if pk in called]
    pairs = (
        rows.order_by()
        .filter(**{f"{other}__gt": F(mine)})
        .values_list(mine, other)
        .annotate(n=Count("pk"), first=Min("event__first_day"), last=Max("event__last_day"))
    )
    edges = [
        Edge(min(called[a][0], called[b][0]), max(called[a][0], called[b][0]), n, first, last)
        for a, b, n, first, last in pairs
        if a in called and b in called
    ]
    nodes.sort(key=lambda node: (-node.events, node.id))
    edges.sort(key=lambda edge: (-edge.events, edge.source, edge.target))
    return Graph(of, nodes, edges)


def graphml(found: Graph) -> bytes:
    """GraphML, with names, parties, counts and days as attributes."""
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    keys = (("name", "node", "string"), ("party", "node", "string"), ("node_events", "node", "int"),
            ("weight", "edge", "int"), ("first", "edge", "string"), ("last", "edge", "string"))  # fmt: skip
    for key, target, kind in keys:
        named = {"id": key, "for": target, "attr.name": key.removeprefix("node_"), "attr.type": kind}
        SubElement(root, "key", named)
    body = SubElement(root, "graph", id=found.of, edgedefault="undirected")
    for node in found.nodes:
        _data(
            SubElement(body, "node", id=node.id),
            {"name": node.name, "party": node.party or "", "node_events": node.events},
        )
    for edge in found.edges:
        line = SubElement(body, "edge", source=edge.source, target=edge.target)
        _data(line, {"weight": edge.events, "first": edge.first, "last": edge.last})
    return _xml(root)


def _data(parent: Element, values: dict[str, Any]) -> None:
    for key, value in values.items():
        SubElement(parent, "data", key=key).text = str(value)


def gexf(found: Graph) -> bytes:
    """Dynamic GEXF 1.3: an edge lasts from the first shared event to the last."""
    root = Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    body = SubElement(root, "graph", defaultedgetype="undirected", mode="dynamic", timeformat="date")
    about = SubElement(body, "attributes", {"class": "node"})
    SubElement(about, "attribute", id="party", title="party", type="string")
    SubElement(about, "attribute", id="events", title="events", type="integer")
    nodes = SubElement(body, "nodes")
    for node in found.nodes:
        values = SubElement(SubElement(nodes, "node", id=node.id, label=node.name), "attvalues")
        SubElement(values, "attvalue", {"for": "party", "value": node.party or ""})
        SubElement(values, "attvalue", {"for": "events", "value": str(node.events)})
    edges = SubElement(body, "edges")
    for number, edge in enumerate(found.edges):
        SubElement(
            edges, "edge", id=str(number), source=edge.source, target=edge.target, weight=str(edge.events),
            start=edge.first.isoformat(), end=edge.last.isoformat(),
        )  # fmt: skip
    return _xml(root)


def _xml(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def edge_rows(found: Graph) -> Iterator[dict[str, Any]]:
    """The pairs as rows, with names beside the public names."""
    names = {node.id: node.name for node in found.nodes}
    for edge in found.edges:
        yield {
            "source": edge.source,
            "source_name": names[edge.source],
            "target": edge.target,
            "target_name": names[edge.target],
            "events": edge.events,
            "first": edge.first,
            "last": edge.last,
        }
