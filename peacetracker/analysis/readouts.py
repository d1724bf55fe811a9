"""What each side reported of one event, side by side: rows are subjects, columns are voices. Pure.

It reads the event's stored document, which holds its accounts, sources and discrepancies together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peacetracker.diplomacy.choices import ACCOUNT_SUBJECTS, SIDES

Document = Mapping[str, Any]
# A voice keeps this order: the two sides first, in the order of the alphabet.
FIRST_VOICES = ("AM", "AZ", "EU", "RU", "US", "TR")


@dataclass(frozen=True)
class Line:
    """One thing that a voice says, with the page that says it."""

    text: str
    quote: str | None
    source: Document


@dataclass(frozen=True)
class Cell:
    """What one voice says of one subject. Empty and `complete`: its whole readout was read, and leaves it out."""

    voice: str
    name: str
    lines: tuple[Line, ...]
    complete: bool


@dataclass(frozen=True)
class Voice:
    """One party that reported; `pages`: how many of its pages were read."""

    code: str
    name: str
    pages: int
    complete: bool
    mediates: bool


@dataclass(frozen=True)
class Subject:
    """A topic of the record, or (`ours`) one that only accounts have and that the interface has words for."""

    slug: str
    name: str
    ours: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Said:
    value: str
    according_to: str
    source: str
    note: str | None


@dataclass(frozen=True)
class Dispute:
    """One thing on which accounts contradict each other, with everything that is said of it."""

    field: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Readouts:
    voices: tuple[Voice, ...]
    subjects: tuple[Subject, ...]
    disputes: tuple[Dispute, ...]

    @property
    def both_sides(self) -> bool:
        return {voice.code for voice in self.voices} >= SIDES


def rank(code: str) -> tuple[int, str]:
    return (FIRST_VOICES.index(code) if code in FIRST_VOICES else len(FIRST_VOICES), code)


def readouts(document: Document, *, parties: Mapping[str, str], topics: Mapping[str, str]) -> Readouts:
    """Lay out the accounts of an event. `parties`: code → name, `topics`: slug → name, both of the whole record."""
    said: Sequence[Document] = document["accounts"]
    mediating = {p["party"] for p in document["participants"] if p["role"] == "mediator"}
    sources = {source["url"]: source for source in document["sources"]}
    voices = tuple(
        _voice(code, [line for line in said if line["voice"] == code], parties, mediating)
        for code in sorted({line["voice"] for line in said}, key=rank)
    )
    names = {slug: str(name) for slug, name in ACCOUNT_SUBJECTS.items()} | dict(topics)
    spoken = {line["subject"] for line in said}
    # Topics of the event first, in the record's order, then the general subjects.
    order = [slug for slug in [*document["topics"], *topics, *ACCOUNT_SUBJECTS] if slug in spoken]
    rows = [
        Subject(
            slug,
            names.get(slug, slug),
            slug in ACCOUNT_SUBJECTS,
            tuple(_cell(voice, slug, said, sources) for voice in voices),
        )
        for slug in dict.fromkeys([*order, *sorted(spoken)])
    ]
    return Readouts(voices, tuple(rows), disputes(document["discrepancies"]))


def _voice(code: str, said: Sequence[Document], parties: Mapping[str, str], mediating: set[str]) -> Voice:
    pages = len({line["source"] for line in said})
    return Voice(code, parties.get(code, code), pages, any(line["complete"] for line in said), code in mediating)


def _cell(voice: Voice, subject: str, said: Sequence[Document], sources: Mapping[str, Document]) -> Cell:
    lines = tuple(
        Line(line["text"], line["quote"], sources.get(line["source"], {"url": line["source"]}))
        for line in said
        if line["voice"] == voice.code and line["subject"] == subject
    )
    return Cell(voice.code, voice.name, lines, voice.complete)


def disputes(found: Iterable[Document]) -> tuple[Dispute, ...]:
    """Discrepancies, gathered by what they are about."""
    by_field: dict[str, list[Said]] = {}
    for one in found:
        said = Said(one["value"], one["according_to"], one["source"], one["note"])
        by_field.setdefault(one["field"], []).append(said)
    return tuple(Dispute(name, tuple(said)) for name, said in by_field.items())
