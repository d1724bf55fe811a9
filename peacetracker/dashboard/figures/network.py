"""Where everybody stands in the picture of contacts, and which lines are drawn between them. Pure.

Armenians left, Azerbaijanis right, a band for each level of office, third parties between the sides by balance: the
more of their contacts with a side, the nearer to it. Places are worked out once, from the whole record, so that nobody
moves when the question changes; the same record gives the same picture.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from peacetracker.analysis.network import BODY, Edge, Graph, Key, Node
from peacetracker.analysis.timeline import surname

WIDTH, LEFT, RIGHT = 1000, 95, 905
MIDDLE, SWAY, REACH = 500, 215, 285  # third parties: where they stand, how far balance and collisions move them
NAMED, NAMED_FROM, SHOWN = 64, 3, 160  # so many have a place and a name of their own, so many a place
SIDES = ("AM", "AZ")
MOST_LINES = 800  # more could not be told apart
HEAD, ARCH = 62.0, 46  # room for the name of a band; how far the busiest pair's line is pulled up over it
TOGETHER = 8  # from so many contacts the line of a band's busiest pair says how many


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a node. `r`: its size over the whole record; `lines`: its name; `minor`: named if there is room."""

    id: str
    lines: tuple[str, ...]
    name: str
    party: str | None
    type: str
    x: float
    y: float
    r: float
    band: int
    minor: bool
    events: int

    @property
    def side(self) -> str:
        return self.party if self.type != BODY and self.party in SIDES else "third"

    @property
    def anchor(self) -> str:
        return {"AM": "end", "AZ": "start"}.get(self.side, "middle")

    @property
    def label_x(self) -> float:
        away = self.r + 6
        return round(self.x + {"AM": -away, "AZ": away}.get(self.side, 0), 1)

    @property
    def label_y(self) -> float:
        return round(self.y + (self.r + 14 if self.side == "third" else 5), 1)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What its name covers: left, top, right, bottom."""
        wide = max(map(text_width, self.lines))
        left = self.label_x - {"end": wide, "start": 0.0}.get(self.anchor, wide / 2)
        return left, self.label_y - 12, left + wide, self.label_y - 12 + 15 * len(self.lines)


@dataclass(frozen=True, slots=True)
class Band:
    index: int
    top: float
    bottom: float


@dataclass(frozen=True)
class Layout:
    """Everybody's place. `most`: the contacts of the busiest pair of the whole record, which has the widest line."""

    spots: Mapping[str, Spot]
    bands: tuple[Band, ...]
    height: float
    most: int


WIDTHS = {**dict.fromkeys("ilj.,' fIt", 4.05), **dict.fromkeys("mwMWШЩЖ", 10.8)}


def text_width(text: str) -> float:
    """The width of a name at the size of the picture's labels, in units of the picture."""
    return sum(WIDTHS.get(letter, 8.6 if letter.isupper() else 7.0) for letter in text)


def layout(graph: Graph, bands: Mapping[str, int]) -> Layout:
    """Places for the nodes of the whole record. `bands`: id → band from the top; without one: the last."""
    last = max(bands.values(), default=0)
    shown, top = graph.nodes[:SHOWN], max((node.events for node in graph.nodes), default=1)
    names = labels(shown)
    leaning = balance(graph)
    seats: defaultdict[int, list[Spot]] = defaultdict(list)
    for order, node in enumerate(shown):
        minor = node.type != BODY and (order >= NAMED or node.events < NAMED_FROM)
        r = 4.0 if minor else round(4 + 30 * math.sqrt(node.events / top), 1)
        band = bands.get(node.id, last)
        x = MIDDLE + leaning.get(node.id, 0.0) * SWAY
        seats[band].append(
            Spot(node.id, names[node.id], node.name, node.party, node.type, x, 0, r, band, minor, node.events)
        )
    spots, found, y = dict[str, Spot](), list[Band](), 0.0
    for band in sorted(seats):
        placed, height = _seated(seats[band])
        spots |= {spot.id: replace(spot, y=round(spot.y + y, 1)) for spot in placed}
        found.append(Band(band, y, y + height))
        y += height + 26
    most = max((edge.events for edge in graph.edges), default=1)
    return Layout(spots, tuple(found), round(y, 1), most)


def balance(graph: Graph) -> dict[str, float]:
    """Of each node: contacts with Azerbaijan less those with Armenia, over their sum: -1 to 1."""
    party = {node.id: node.party for node in graph.nodes}
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for edge in graph.edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if (code := party.get(other)) in SIDES:
                sums[one][str(code)] += edge.events
    return {one: (both["AZ"] - both["AM"]) / both.total() for one, both in sums.items()}


def labels(nodes: Sequence[Node], width: int = 30) -> dict[str, tuple[str, ...]]:
    """Family names, with an initial or the whole name where two share one; bodies and parties in two lines at most."""
    people = [node.name for node in nodes if node.type == "leader"]
    family = Counter(surname(name) for name in people)
    initials = Counter(f"{name[0]}. {surname(name)}" for name in people)
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        last = surname(node.name)
        initial = f"{node.name[0]}. {last}"
        if node.type != "leader":
            found[node.id] = wrapped(node.name.split(" (")[0], width)
        elif family[last] == 1:
            found[node.id] = (last,)
        else:
            found[node.id] = (initial if initials[initial] == 1 else node.name,)
    return found


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """A name in one or two lines; what does not fit is left to the title of the node."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines) if len(lines) <= 2 else (lines[0], f"{lines[1]} …")


Box = tuple[float, float, float, float]


def _seated(band: list[Spot]) -> tuple[list[Spot], float]:
    """The nodes of one band, their places counted from its top, and how high it is."""
    named = [spot for spot in band if not spot.minor]
    middle, height = _between([spot for spot in named if spot.side == "third"])
    placed = [*middle]
    for side, x, inward in (("AM", LEFT, 16), ("AZ", RIGHT, -16)):
        column, bottom = _column([spot for spot in named if spot.side == side], x)
        rest, bottom = _rows([s for s in band if s.minor and s.side == side], x - 2.5 * inward, 6, bottom, inward)
        placed += [*column, *rest]
        height = max(height, bottom)
    rest = sorted((s for s in band if s.minor and s.side == "third"), key=lambda spot: (round(spot.x), spot.id))
    dots, height = _rows(rest, MIDDLE - 17 * min(len(rest) - 1, 32) / 2, 33, height, 17)
    return [*placed, *dots], max(height, 70)


def _between(spots: list[Spot]) -> tuple[list[Spot], float]:
    """Third parties near to where their balance puts them, none over another or its name, the busiest first."""
    boxes, placed = list[Box](), list[Spot]()
    for spot in spots:
        half = max(spot.r, max(map(text_width, spot.lines)) / 2 + 6)
        low = 20 + 15 * (len(spot.lines) - 1)
        best: tuple[float, float, float] | None = None
        for dy in range(0, 900, 6):
            if best and dy > best[0]:
                break
            for dx in (0, 22, -22, 44, -44, 66, -66, 88, -88, 112, -112, 140, -140):
                x, y = min(max(spot.x + dx, MIDDLE - REACH), MIDDLE + REACH), HEAD + dy
                box = (x - half, y - spot.r - 3, x + half, y + spot.r + low)
                cost = dy + abs(dx) * 0.75
                if (
                    box[1] >= HEAD - 22
                    and (best is None or cost < best[0])
                    and not any(_meets(box, other) for other in boxes)
                ):
                    best = (cost, x, y)
        _cost, x, y = best or (0, spot.x, HEAD + 900)
        boxes.append((x - half, y - spot.r - 3, x + half, y + spot.r + low))
        placed.append(replace(spot, x=round(x, 1), y=round(y, 1)))
    return placed, max((box[3] for box in boxes), default=HEAD)


def _meets(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _column(spots: list[Spot], x: float) -> tuple[list[Spot], float]:
    placed, below = list[Spot](), HEAD - 20
    for spot in spots:
        y = max(below + spot.r, HEAD)
        placed.append(replace(spot, x=float(x), y=round(y, 1)))
        below = y + max(spot.r, 8) + 12
    return placed, below


def _rows(spots: list[Spot], x: float, wide: int, top: float, step: float) -> tuple[list[Spot], float]:
    """Small dots in rows below `top`."""
    placed = [
        replace(spot, x=round(x + step * (i % wide), 1), y=round(top + 12 + 18 * (i // wide), 1))
        for i, spot in enumerate(spots)
    ]
    return placed, top + (18 * math.ceil(len(spots) / wide) + 14 if spots else 0)


# ---- one question
@dataclass(frozen=True, slots=True)
class Line:
    """A stroke between two nodes. A pair of both sides has one for each track, beside each other.

    `weight`: "joint" for both sides at one level, "faint" for a small node, else "".
    """

    pair: Key
    d: str
    track: str
    width: float
    shift: float
    joint: bool
    weight: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A node as it stands in the answer: `on`: it has contacts in it, `named`: its name has room."""

    spot: Spot
    events: int
    r: float
    on: bool
    named: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Together:
    """How often the busiest pair of both sides met, on its line."""

    pair: Key
    x: float
    y: float
    events: int


@dataclass(frozen=True)
class Picture:
    layout: Layout
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    together: list[Together] = field(default_factory=list)
    left_out: int = 0  # pairs of fewest contacts for which there is no room

    @property
    def drawn(self) -> int:
        return sum(dot.on for dot in self.dots)


def picture(places: Layout, graph: Graph, ego: str = "") -> Picture:
    """The answer to one question drawn on the places of all. `ego`: only the pairs of this node, all of them."""
    known = [edge for edge in graph.edges if drawable(places, edge, ego)]
    edges = known[:MOST_LINES]
    rank = busiest_by_band(places, edges)
    lines = [line for edge in sorted(edges, key=lambda edge: edge.events) for line in strokes(places, edge, rank)]
    linked = {end for edge in known for end in edge.ends}
    counts = {node.id: node.events for node in graph.nodes}
    on = {spot for spot in places.spots if spot in counts and (not ego or spot in linked or spot == ego)}
    named = names_that_fit([spot for spot in places.spots.values() if not spot.minor or spot.id in on], on)
    dots = [
        Dot(spot, counts.get(spot.id, 0), size(spot, counts.get(spot.id, 0)), spot.id in on, spot.id in named,
            spot.id == ego)
        for spot in places.spots.values()
    ]  # fmt: skip
    marks = [together(places, edge) for edge in rank.values() if edge.events >= TOGETHER]
    return Picture(places, lines, dots, marks, len(known) - len(edges))


def size(spot: Spot, events: int) -> float:
    """The radius for so many contacts; never more than over the whole record, which the ring around it shows."""
    return round(min(spot.r, max(2.5, spot.r * math.sqrt(events / max(spot.events, 1)))), 1) if events else 2.5


def drawable(places: Layout, edge: Edge, ego: str) -> bool:
    """Whether a pair has a line: not within one side, nor between third parties, unless one person is looked at."""
    one, other = places.spots.get(edge.source), places.spots.get(edge.target)
    if one is None or other is None:
        return False
    if ego:
        return ego in (edge.source, edge.target)
    return BODY in (one.type, other.type) or one.side != other.side


def busiest_by_band(places: Layout, edges: Sequence[Edge]) -> dict[int, Edge]:
    """In each band the pair of both sides with most contacts: its line arches over the others."""
    found: dict[int, Edge] = {}
    for edge in edges:
        one, other = places.spots[edge.source], places.spots[edge.target]
        if {one.side, other.side} == set(SIDES) and one.band == other.band:
            found.setdefault(one.band, edge)
    return found


def names_that_fit(spots: Sequence[Spot], on: set[str]) -> set[str]:
    """The names that cover no other: those of the named first, then of small nodes where there is room."""
    boxes, fit = list[Box](), set[str]()
    for spot in sorted(spots, key=lambda spot: (spot.minor, spot.id not in on)):
        box = spot.box
        if not spot.minor or not any(_meets(box, other) for other in boxes):
            boxes.append(box)
            fit.add(spot.id)
    return fit


def width(events: int, most: int) -> float:
    return 0.7 + 10 * math.pow(events / max(most, 1), 0.75)


def strokes(places: Layout, edge: Edge, rank: Mapping[int, Edge]) -> list[Line]:
    one, other = sorted((places.spots[edge.source], places.spots[edge.target]), key=lambda spot: (spot.x, spot.id))
    joint = {one.side, other.side} == set(SIDES)
    d = curve(one, other, rank.get(one.band) == edge)
    weight = "faint" if one.minor or other.minor else "joint" if joint and one.band == other.band else ""
    whole = width(edge.events, places.most)
    if not joint:
        return [Line(edge.ends, d, edge.track, round(whole, 2), 0, False, weight)]
    found, above = list[Line](), -whole / 2
    for track, n in edge.tracks.items():
        thick = whole * n / edge.events
        found.append(Line(edge.ends, d, track, round(thick, 2), round(above + thick / 2, 2), True, weight))
        above += thick
    return found


def curve(one: Spot, other: Spot, arched: bool) -> str:
    """A line from the left node to the right one; the busiest pair of a band arches over it."""
    across = other.x - one.x
    if across < 40:
        bulge = 70 if one.x < MIDDLE else -70
        ends = (one.x + bulge, one.y), (other.x + bulge, other.y)
    elif {one.side, other.side} == set(SIDES) and one.band == other.band:
        bend = -ARCH if arched else 30
        ends = (one.x + across * 0.3, one.y + bend), (other.x - across * 0.3, other.y + bend)
    else:
        ends = (one.x + across * 0.45, one.y), (one.x + across * 0.55, other.y)
    points = [(one.x, one.y), *ends, (other.x, other.y)]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = [(round(x, 1), round(y, 1)) for x, y in points]
    return f"M{x0} {y0}C{x1} {y1} {x2} {y2} {x3} {y3}"


def together(places: Layout, edge: Edge) -> Together:
    one, other = places.spots[edge.source], places.spots[edge.target]
    y = (one.y + other.y) / 2 - 0.75 * ARCH
    return Together((edge.source, edge.target), MIDDLE, round(y, 1), edge.events)
