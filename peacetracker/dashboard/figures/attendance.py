"""People and events: a row for each person, a column for each event, dots where a person took part. Pure."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from peacetracker.analysis.network import EVENT, Graph, Node

LABEL, STEP, ROW, TOP = 190, 21, 22, 30
MOST_EVENTS, MOST_PEOPLE = 40, 30
ORDER = {"AM": 0, "AZ": 2}


@dataclass(frozen=True, slots=True)
class PersonRow:
    node: Node
    y: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class EventColumn:
    """One event. `rows`: where its dots stand; `others`: how many took part who have no row."""

    node: Node
    x: float
    track: str
    rows: tuple[PersonRow, ...]
    others: int

    @property
    def top(self) -> float:
        return min(row.y for row in self.rows)

    @property
    def bottom(self) -> float:
        return max(row.y for row in self.rows)


@dataclass(frozen=True, slots=True)
class YearMark:
    x: float
    year: int


@dataclass(frozen=True)
class Attendance:
    people: list[PersonRow]
    columns: list[EventColumn]
    years: list[YearMark]
    width: float
    height: float
    of: int


def attendance(graph: Graph, ego: str = "") -> Attendance:
    """The latest events of the graph (of one person: of theirs) and those who took part most."""
    nodes = graph.by_id()
    who: dict[str, list[str]] = {}
    track: dict[str, str] = {}
    for edge in graph.edges:
        who.setdefault(edge.target, []).append(edge.source)
        track[edge.target] = edge.track
    events = [node for node in graph.nodes if node.type == EVENT]
    known = [node for node in events if (ego in who[node.id] if ego else len(who[node.id]) > 1)]
    chosen = sorted(known, key=lambda node: (node.first or date.min, node.id))[-MOST_EVENTS:]
    counts = Counter(person for node in chosen for person in who[node.id])
    busiest = sorted(counts, key=lambda one: (one != ego, -counts[one], one))[:MOST_PEOPLE]
    order = sorted(busiest, key=lambda one: (ORDER.get(nodes[one].party or "", 1), -counts[one], one))
    people = {one: PersonRow(nodes[one], TOP + ROW * (i + 0.5), one == ego) for i, one in enumerate(order)}
    columns = [
        _column(node, LABEL + STEP * (i + 0.5), track[node.id], who[node.id], people)
        for i, node in enumerate(chosen)
        if any(one in people for one in who[node.id])
    ]
    return Attendance(
        list(people.values()), columns, _years(columns), LABEL + STEP * max(len(columns), 12) + 10,
        TOP + ROW * len(people) + 12, len(known),
    )  # fmt: skip


def _column(node: Node, x: float, track: str, who: list[str], people: dict[str, PersonRow]) -> EventColumn:
    rows = tuple(people[one] for one in who if one in people)
    return EventColumn(node, x, track, rows, len(who) - len(rows))


def _years(columns: list[EventColumn]) -> list[YearMark]:
    marks: list[YearMark] = []
    for column in columns:
        year = (column.node.first or date.min).year
        if not marks or marks[-1].year != year:
            marks.append(YearMark(column.x - STEP / 2, year))
    return marks
