"""Points × parties × time: what each party said of each point, its own voice apart from what the other says of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from peacetracker.diplomacy.choices import SIDES, AsserterKind, Stance
from peacetracker.diplomacy.models import Event, Leader, Point, Position, Proposal

JOINED = ("party", "point", "source__publisher", "leader__party", "proposal", "topic")
SPOKEN = ("party", "leader__party")  # who says it: each table joined costs the database time to plan


@dataclass(frozen=True)
class Stand:
    """One position. `speaker`: the code of the party that says so; `claim`: said by the other side, not by its own."""

    position: Position
    speaker: str | None
    claim: bool

    @property
    def id(self) -> str:
        return f"stand-{self.position.key}"

    @property
    def party(self) -> str:
        return str(self.position.party.code)

    @property
    def by_other_side(self) -> bool:
        return self.claim and self.speaker in SIDES and self.speaker != self.party

    @property
    def voice(self) -> str:
        """Whose colour it has: the side that says it; a mediator or document has none of its own."""
        return (self.speaker or "third") if self.claim else self.party


@dataclass
class Lane:
    """One party on one point. `latest` is in its own voice; a claim of the other side never counts for it."""

    party: str
    name: str
    stands: list[Stand] = field(default_factory=list)

    @property
    def latest(self) -> Stand | None:
        return next((stand for stand in reversed(self.stands) if not stand.claim), None)

    @property
    def claims(self) -> int:
        return sum(stand.claim for stand in self.stands)

    @property
    def claimed(self) -> list[Stand]:
        """What others say of this party, newest first."""
        return [stand for stand in reversed(self.stands) if stand.claim]

    @property
    def superseded(self) -> list[Stand]:
        """What it said itself before its latest stand, newest first."""
        return [stand for stand in reversed(self.stands) if not stand.claim and stand is not self.latest]


@dataclass
class Row:
    """One point, or (`point` None) the text as a whole."""

    point: Point | None
    lanes: list[Lane]

    @property
    def stands(self) -> int:
        return sum(len(lane.stands) for lane in self.lanes)


@dataclass
class Grid:
    rows: list[Row]
    stands: list[Stand]
    third: list[Stand]


def speaker_of(position: Position) -> str | None:
    """The party in whose name it was said. A mediator or a document speaks for neither side."""
    if position.leader and position.leader.party:
        return str(position.leader.party.code)
    if position.asserted_by_kind == AsserterKind.MEDIATOR:
        return None
    named = [code for code, name in (("AM", "armenia"), ("AZ", "azerbaijan")) if name in position.asserted_by]
    return named[0] if len(named) == 1 else None


def stand_of(position: Position) -> Stand:
    speaker = speaker_of(position)
    other_side = speaker in SIDES and position.party.code in SIDES and speaker != position.party.code
    return Stand(position, speaker, position.stance == Stance.CLAIMED or other_side)


def stands_on(proposal: Proposal, joined: Sequence[str] = JOINED) -> list[Stand]:
    """Every stand on a proposal, oldest first. One query."""
    rows = Position.objects.filter(proposal=proposal).order_by("date", "pk")
    return [stand_of(position) for position in rows.select_related(*joined)]


def grid(points: Iterable[Point], stands: Sequence[Stand], names: dict[str, str]) -> Grid:
    """The stands laid out by point and party. `names`: what the two sides are called, in the order of the rows."""
    rows = [_row(None, stands, names), *(_row(point, stands, names) for point in points)]
    shown = [row for row in rows if row.point is not None or row.stands]
    return Grid(shown, list(stands), [stand for stand in stands if stand.party not in names])


def _row(point: Point | None, stands: Sequence[Stand], names: dict[str, str]) -> Row:
    of_point = [stand for stand in stands if stand.position.point_id == (point.pk if point else None)]
    return Row(point, [Lane(code, name, [s for s in of_point if s.party == code]) for code, name in names.items()])


def stands_near(event: Event, *, days: int = 3) -> list[Stand]:
    """Stands that anybody took on the days of an event or soon after it. One query."""
    near = Position.objects.filter(date__range=(event.first_day, event.last_day + timedelta(days=days)))
    return [stand_of(position) for position in near.select_related(*JOINED).order_by("date", "pk")[:12]]


def stands_by(leader: Leader, most: int = 30) -> list[Stand]:
    """What a person said, newest first. One query."""
    rows = Position.objects.filter(leader=leader).select_related(*JOINED).order_by("-date", "-pk")
    return [stand_of(position) for position in rows[:most]]


def latest_by_point(proposal: Proposal, names: dict[str, str]) -> list[Row]:
    """The rows of a proposal on which somebody has taken a stand. Two queries; of stands without their sources."""
    laid = grid(proposal.points.all(), stands_on(proposal, SPOKEN), names)
    return [row for row in laid.rows if row.stands]
