"""Who dealt with whom, as files for graph tools and tables. The counting is analysis/network.py."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from peacetracker.analysis import recorded as past
from peacetracker.analysis.network import MOST_SPELLS, Graph, Key, Spell, spells
from peacetracker.diplomacy.choices import Track
from peacetracker.diplomacy.filters import EventFilter

TRACKS = (*map(str, Track), "none")
NODE_KEYS = (("name", "string"), ("type", "string"), ("party", "string"), ("events", "int"), ("first", "string"),
             ("last", "string"))  # fmt: skip
EDGE_KEYS = (("weight", "int"), ("first", "string"), ("last", "string"), ("track", "string"))


def document(found: Graph) -> dict[str, Any]:
    return {
        "of": found.of,
        "events": found.events,
        "nodes": found.nodes,
        "edges": [
            {
                "source": edge.source, "target": edge.target, "events": edge.events, "first": edge.first,
                "last": edge.last, "tracks": edge.tracks,
            }
            for edge in found.edges
        ],
    }  # fmt: skip


def busiest(found: Graph, most: int | None) -> Graph:
    """So many nodes with most contacts, and the pairs among them."""
    nodes = found.nodes[:most]
    known = {node.id for node in nodes}
    return replace(found, nodes=nodes, edges=[edge for edge in found.edges if known.issuperset(edge.ends)])


def graphml(found: Graph) -> bytes:
    """GraphML, with names, parties, counts, days and tracks as attributes."""
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for target, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys:
            SubElement(
                root, "key", {"id": f"{target}_{name}", "for": target, "attr.name": name, "attr.type": kind}
            )  # fmt: skip
    body = SubElement(root, "graph", id=found.of, edgedefault="undirected")
    for node in found.nodes:
        _data(
            SubElement(body, "node", id=node.id), "node",
            {
                "name": node.name, "type": node.type, "party": node.party or "", "events": node.events,
                "first": node.first, "last": node.last,
            },
        )  # fmt: skip
    for edge in found.edges:
        line = SubElement(body, "edge", source=edge.source, target=edge.target)
        _data(line, "edge", {"weight": edge.events, "first": edge.first, "last": edge.last, "track": edge.track})
    return _xml(root)


def _data(parent: Element, target: str, values: dict[str, Any]) -> None:
    for key, value in values.items():
        SubElement(parent, "data", key=f"{target}_{key}").text = str(value)


def told_spells(asked: EventFilter, found: Graph, day: date | None) -> Mapping[Key, list[Spell]]:
    """The days of every shared event, as recorded on the day if one is given; none where they are too many."""
    if sum(edge.events for edge in found.edges) > MOST_SPELLS:
        return {}
    return past.spells(asked, found.of, day) if day else spells(asked, found.of)


def gexf(found: Graph, when: Mapping[Key, list[Spell]]) -> bytes:
    """Dynamic GEXF 1.3: an edge lasts from the first shared event to the last, with a spell for each event."""
    root = Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    body = SubElement(root, "graph", defaultedgetype="undirected", mode="dynamic", timeformat="date",
                      timerepresentation="interval")  # fmt: skip
    _attributes(body, "node", (("party", "string"), ("type", "string"), ("events", "integer")))
    _attributes(body, "edge", (("events", "integer"), ("track", "string")))
    nodes = SubElement(body, "nodes")
    for node in found.nodes:
        line = SubElement(nodes, "node", id=node.id, label=node.name, start=str(node.first), end=str(node.last))
        _values(line, {"party": node.party or "", "type": node.type, "events": node.events})
    edges = SubElement(body, "edges")
    for number, edge in enumerate(found.edges):
        line = SubElement(
            edges, "edge", id=str(number), source=edge.source, target=edge.target, weight=str(edge.events),
            start=str(edge.first), end=str(edge.last),
        )  # fmt: skip
        _values(line, {"events": edge.events, "track": edge.track})
        if days := when.get((edge.source, edge.target)):
            told = SubElement(line, "spells")
            for first, last in days:
                SubElement(told, "spell", start=str(first), end=str(last))
    return _xml(root)


def _attributes(parent: Element, target: str, known: tuple[tuple[str, str], ...]) -> None:
    about = SubElement(parent, "attributes", {"class": target, "mode": "static"})
    for name, kind in known:
        SubElement(about, "attribute", id=f"{target}_{name}", title=name, type=kind)


def _values(parent: Element, values: dict[str, Any]) -> None:
    told = SubElement(parent, "attvalues")
    for name, value in values.items():
        SubElement(told, "attvalue", {"for": f"{parent.tag}_{name}", "value": str(value)})


def _xml(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


EDGE_COLUMNS = ("source", "source_name", "target", "target_name", "events", "first", "last", *TRACKS)


def edge_rows(found: Graph) -> Iterator[dict[str, Any]]:
    """The pairs as rows of EDGE_COLUMNS, with names beside the public names and a column for each track."""
    names = {node.id: node.name for node in found.nodes}
    for edge in found.edges:
        row = (edge.source, names[edge.source], edge.target, names[edge.target], edge.events, edge.first, edge.last)
        counts = (edge.tracks.get(track, 0) for track in TRACKS)
        yield dict(zip(EDGE_COLUMNS, (*row, *counts), strict=True))
