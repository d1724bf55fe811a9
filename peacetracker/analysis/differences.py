"""How much the sides' accounts of one event differ, counted so plainly that a reader can count again. Pure.

Each point on which accounts contradict each other counts one. Each subject that one voice names and that a readout of
another voice leaves out counts one, for each voice that leaves it out; only a readout that was read whole can leave
something out, from any other nothing follows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from peacetracker.analysis.readouts import Dispute, rank

# Every readout has a tone and its people, whether or not an editor noted them down: their absence says nothing.
NOT_COUNTED = frozenset({"tone", "participants"})


@dataclass(frozen=True)
class Told:
    """What one voice says of one event. `subjects` in the order in which they were noted; `initiative`: its words on
    who called or invited whom."""

    voice: str
    complete: bool
    subjects: tuple[str, ...]
    initiative: str | None = None


@dataclass(frozen=True)
class Line:
    """One line of an account as the database has it."""

    event: int
    voice: str
    complete: bool
    subject: str
    text: str


@dataclass(frozen=True)
class Differences:
    """What was counted for one event. `left_out`: voice → subjects that it leaves out and another voice names."""

    disputes: tuple[Dispute, ...]
    left_out: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        return len(self.disputes) + sum(map(len, self.left_out.values()))


@dataclass(frozen=True)
class Published:
    """The first page of one side on an event, and how many pages of it are on record."""

    first: date | None
    pages: int


@dataclass(frozen=True)
class Apart:
    """The days between the first page of the side that published first and that of the side that published last."""

    days: int
    first: str
    last: str


def gather(lines: Iterable[Line]) -> dict[int, tuple[Told, ...]]:
    """Event → its voices, Armenia and Azerbaijan first. A voice is complete if one whole readout of it was read."""
    found: dict[int, dict[str, list[Line]]] = {}
    for line in lines:
        found.setdefault(line.event, {}).setdefault(line.voice, []).append(line)
    return {
        event: tuple(_told(voice, voices[voice]) for voice in sorted(voices, key=rank))
        for event, voices in found.items()
    }


def _told(voice: str, lines: Sequence[Line]) -> Told:
    return Told(
        voice,
        any(line.complete for line in lines),
        tuple(dict.fromkeys(line.subject for line in lines)),
        next((line.text for line in lines if line.subject == "initiative"), None),
    )


def left_out(told: Sequence[Told]) -> dict[str, tuple[str, ...]]:
    """Voice → the subjects that its whole readout leaves out though another voice names them."""
    found = {}
    for one in told:
        others = (subject for other in told if other.voice != one.voice for subject in other.subjects)
        missing = tuple(dict.fromkeys(s for s in others if s not in one.subjects and s not in NOT_COUNTED))
        if one.complete and missing:
            found[one.voice] = missing
    return found


def differences(told: Sequence[Told], disputes: Sequence[Dispute]) -> Differences:
    return Differences(tuple(disputes), left_out(told))


def apart(published: Mapping[str, Published]) -> Apart | None:
    """None where fewer than two sides have a page with a known day."""
    days = sorted((page.first, rank(side), side) for side, page in published.items() if page.first)
    if len(days) < 2:
        return None
    (first, _, earliest), (last, _, latest) = days[0], days[-1]
    return Apart((last - first).days, earliest, latest)


@dataclass(frozen=True)
class Silence:
    """One subject in the whole readouts of one group of voices: in how many it is named, and in how many it is left
    out though another voice of the same event names it."""

    named: int
    left_out: int


@dataclass(frozen=True)
class SubjectRow:
    subject: str
    by_group: Mapping[str, Silence]

    @property
    def left_out(self) -> int:
        return sum(silence.left_out for silence in self.by_group.values())

    @property
    def named(self) -> int:
        return sum(silence.named for silence in self.by_group.values())


def by_subject(events: Iterable[Sequence[Told]], groups: Mapping[str, str], other: str) -> list[SubjectRow]:
    """Each subject with what whole readouts do with it; what is left out most comes first.

    `groups`: voice → group; a voice that is not in it belongs to `other`.
    """
    counts: dict[str, dict[str, list[int]]] = {}
    for told in events:
        missing = left_out(told)
        for one in told:
            if not one.complete:
                continue
            group = groups.get(one.voice, other)
            for at, subjects in enumerate((one.subjects, missing.get(one.voice, ()))):
                for subject in subjects:
                    counts.setdefault(subject, {}).setdefault(group, [0, 0])[at] += 1
    names = dict.fromkeys([*groups.values(), other])
    rows = [
        SubjectRow(subject, {name: Silence(*groups_of.get(name, (0, 0))) for name in names})
        for subject, groups_of in counts.items()
        if subject not in NOT_COUNTED
    ]
    return sorted(rows, key=lambda row: (-row.left_out, -row.named, row.subject))


def whole_readouts(events: Iterable[Sequence[Told]], groups: Mapping[str, str], other: str) -> dict[str, int]:
    """Group → how many voices' whole readouts were read, one for each event and voice."""
    found = dict.fromkeys([*groups.values(), other], 0)
    for told in events:
        for one in told:
            if one.complete:
                found[groups.get(one.voice, other)] += 1
    return found
