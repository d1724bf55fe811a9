"""The network of a release, counted from the documents: who took part in the same held contacts. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from peacetracker.diplomacy.choices import CONTACTS, Status
from peacetracker.diplomacy.terms import days_of

Pair = tuple[str, str]


@dataclass
class Ties:
    """How often each took part, and the days on which each two of them did together."""

    counts: Counter[str] = field(default_factory=Counter)
    days: defaultdict[Pair, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)

    def add(self, present: Iterable[str], first: str, last: str) -> None:
        here = sorted(set(present))
        self.counts.update(here)
        for pair in combinations(here, 2):
            self.days[pair].append((first, last))


@dataclass
class Network:
    """The two networks of a release, filled by one reading of its events."""

    leaders: Ties = field(default_factory=Ties)
    parties: Ties = field(default_factory=Ties)

    def add(self, document: dict[str, Any]) -> None:
        if document["kind"] not in CONTACTS or document["status"] != Status.HELD:
            return
        days = days_of(document)
        first, last = days.first.isoformat(), days.last.isoformat()
        people = [part["leader"]["slug"] for part in document["participants"]]
        self.leaders.add(people, first, last)
        self.parties.add(document["parties"], first, last)


def graphml(ties: Ties) -> bytes:
    """GraphML: names and numbers as attributes."""
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for key, target, kind in (("name", "node", "string"), ("events", "node", "int"), ("weight", "edge", "int"),
                              ("first", "edge", "string"), ("last", "edge", "string")):  # fmt: skip
        SubElement(root, "key", {"id": key, "for": target, "attr.name": key, "attr.type": kind})
    body = SubElement(root, "graph", edgedefault="undirected")
    for name, number in sorted(ties.counts.items()):
        node = SubElement(body, "node", id=name)
        _data(node, {"name": ties.names.get(name, name), "events": number})
    for (one, other), days in sorted(ties.days.items()):
        edge = SubElement(body, "edge", source=one, target=other)
        _data(edge, {"weight": len(days), "first": min(days)[0], "last": max(last for _first, last in days)})
    return _written(root)


def _data(parent: Element, values: dict[str, Any]) -> None:
    for key, value in values.items():
        SubElement(parent, "data", key=key).text = str(value)


def gexf(ties: Ties) -> bytes:
    """Dynamic GEXF 1.3: an edge has a spell for each shared event."""
    root = Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    body = SubElement(root, "graph", defaultedgetype="undirected", mode="dynamic", timeformat="date")
    about = SubElement(body, "attributes", {"class": "node"})
    SubElement(about, "attribute", id="events", title="events", type="integer")
    nodes, edges = SubElement(body, "nodes"), SubElement(body, "edges")
    for name, number in sorted(ties.counts.items()):
        node = SubElement(nodes, "node", id=name, label=ties.names.get(name, name))
        SubElement(SubElement(node, "attvalues"), "attvalue", {"for": "events", "value": str(number)})
    for (one, other), days in sorted(ties.days.items()):
        weight = str(len(days))
        edge = SubElement(edges, "edge", id=f"{one}--{other}", source=one, target=other, weight=weight)
        spells = SubElement(edge, "spells")
        for first, last in sorted(days):
            SubElement(spells, "spell", start=first, end=last)
    return _written(root)


def _written(root: Element) -> bytes:
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
