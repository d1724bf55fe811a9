"""Who with whom as a table: counts in cells, the darker the more. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from peacetracker.analysis.network import BODY, Graph, Node
from peacetracker.dashboard.figures.network import labels

STEPS = (1, 3, 6, 12, 24)  # from so many contacts a cell is one step darker
SIDE, THIRD, BODIES, PEOPLE = 6, 16, 8, 30


@dataclass(frozen=True, slots=True)
class Cell:
    """Contacts of a pair. `void`: a pair that the table leaves out, or the node itself."""

    other: Node
    events: int
    shade: int
    void: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    node: Node
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading: "AM", "AZ", "third" or "people"."""

    name: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Matrix:
    """`columns`: nodes with the names that stand over them; `gap`: the column before which the second side begins."""

    columns: tuple[tuple[Node, str], ...]
    gap: int
    groups: tuple[Group, ...]

    @property
    def wide(self) -> int:
        return len(self.columns) + 1


def shade(events: int) -> int:
    return sum(events >= step for step in STEPS)


def matrix(graph: Graph, ego: str = "") -> Matrix:
    """People or parties by those of both sides; people by bodies."""
    if graph.of == "commissions":
        bodies = [node for node in graph.nodes if node.type == BODY][:BODIES]
        people = [node for node in graph.nodes if node.type != BODY]
        return _matrix(graph, bodies, 0, (("people", _first(people, PEOPLE, ego)),))
    am, az = ([node for node in graph.nodes if node.party == side] for side in ("AM", "AZ"))
    third = [node for node in graph.nodes if node.party not in ("AM", "AZ")]
    am, az, third = _first(am, SIDE, ego), _first(az, SIDE, ego), _first(third, THIRD, ego)
    return _matrix(graph, [*am, *az], len(am), (("AM", am), ("AZ", az), ("third", third)))


def _first(nodes: Sequence[Node], most: int, ego: str) -> list[Node]:
    return [*nodes[:most], *(node for node in nodes[most:] if node.id == ego)]


def _matrix(
    graph: Graph, columns: Sequence[Node], gap: int, groups: Sequence[tuple[str, Sequence[Node]]]
) -> Matrix:  # fmt: skip
    counts = {(edge.source, edge.target): edge.events for edge in graph.edges}

    def cell(row: Node, at: int) -> Cell:
        column = columns[at]
        n = counts.get((min(row.id, column.id), max(row.id, column.id)), 0)
        void = row.id == column.id or (row.party == column.party and column.type != BODY)
        return Cell(column, n, shade(n), void, gap > 0 and at == gap)

    rows = [
        Group(name, tuple(MatrixRow(node, tuple(cell(node, at) for at in range(len(columns)))) for node in nodes))
        for name, nodes in groups
        if nodes
    ]
    names = labels(columns, width=24)
    return Matrix(tuple((node, " ".join(names[node.id])) for node in columns), gap, tuple(rows))
