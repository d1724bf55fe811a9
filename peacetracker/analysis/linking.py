"""What a graph of contacts says of those in it: who is central, and how two are linked. Pure: rows in, rows out.

The library of graphs is loaded when one is first asked about, or each web worker would hold 5 MB more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from peacetracker.analysis.network import Edge, Graph, Node

if TYPE_CHECKING:
    import rustworkx as rx

# The measures are worked out among those with most contacts: of thousands, nobody reads the rest.
MOST_CENTRAL = 160


@dataclass(frozen=True)
class Centrality:
    """How central a node is.

    `degree`: with how many others it shares an event; `strength`: shared events, summed over the others;
    `betweenness`: the share of shortest ways between two others that lead through it; `closeness`: 1 when everybody is
    one step away, less the more steps it takes, and less for those who reach only a part of the graph.
    """

    node: Node
    degree: int
    strength: int
    betweenness: float
    closeness: float

    @property
    def events(self) -> int:
        return self.node.events


MEASURES = ("events", "degree", "strength", "betweenness", "closeness")


def busiest(graph: Graph, most: int) -> Graph:
    """The graph among the nodes with most contacts."""
    if len(graph.nodes) <= most:
        return graph
    nodes = graph.nodes[:most]
    kept = {node.id for node in nodes}
    edges = [edge for edge in graph.edges if edge.source in kept and edge.target in kept]
    return Graph(graph.of, nodes, edges, graph.events)


def _network(graph: Graph) -> tuple["rx.PyGraph[str, Edge]", dict[str, int]]:
    import rustworkx as rx

    made: rx.PyGraph[str, Edge] = rx.PyGraph(multigraph=False)
    at = dict(
        zip((node.id for node in graph.nodes), made.add_nodes_from([node.id for node in graph.nodes]), strict=True)
    )
    made.add_edges_from([(at[edge.source], at[edge.target], edge) for edge in graph.edges])
    return made, at


def centralities(graph: Graph) -> list[Centrality]:
    """Every node with its measures, in the order of the graph."""
    import rustworkx as rx

    made, at = _network(graph)
    between = rx.graph_betweenness_centrality(made, normalized=True, parallel_threshold=10**6)
    close = rx.graph_closeness_centrality(made, wf_improved=True, parallel_threshold=10**6)
    strength = dict.fromkeys(at, 0)
    for edge in graph.edges:
        strength[edge.source] += edge.events
        strength[edge.target] += edge.events
    return [
        Centrality(node, made.degree(at[node.id]), strength[node.id], between[at[node.id]], close[at[node.id]])
        for node in graph.nodes
    ]


def ranked(rows: Iterable[Centrality], by: str) -> list[Centrality]:
    """The highest by one of MEASURES first."""
    return sorted(rows, key=lambda row: (-getattr(row, by), row.node.id))


def path(graph: Graph, one: str, other: str) -> list[Edge] | None:
    """How two are linked: the fewest steps, and among ways of as many steps the one with most contacts.

    None where they are not linked, or not in the graph.
    """
    import rustworkx as rx

    made, at = _network(graph)
    if one not in at or other not in at:
        return None
    # A step costs one, and less than any further step for being rare.
    far = len(graph.nodes) + 1
    found = rx.dijkstra_shortest_paths(made, at[one], at[other], lambda edge: 1 + 1 / (far * edge.events))
    if at[other] not in found:
        return None
    way: Sequence[int] = list(found[at[other]])
    return [made.get_edge_data(a, b) for a, b in pairwise(way)]
