"""A contact as a clause tells it, and what every reader of contacts knows of its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .dates import DateRef, Resolved
from .gazetteer import Place
from .lexicon import Lexicon, fold, rules
from .references import Entity
from .segments import Segment
from .sentences import Item, Sentence, Text
from .status import Outlook

MEET_NOUNS = ("noun", "neutral_noun")
WAYS = {"trilateral": 3, "three": 3, "tripartite": 3, "quadrilateral": 4, "four": 4, "quadripartite": 4, "five": 5}


@dataclass(slots=True)
class Contact:
    """A contact as one clause tells it, its people not yet resolved."""

    kind: str
    sentence: Sentence
    trigger: Item
    people: list[Entity]
    hosts: list[Entity] = field(default_factory=list)
    dates: list[DateRef] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    spoken_date: DateRef | None = None
    outlook: Outlook = field(default_factory=lambda: Outlook("held"))
    separate: bool = False
    distinct: bool = False
    joint: bool = False
    reference: bool = False
    background: bool = False
    passive: bool = False
    body: str | None = None
    ending: bool = False
    settled: bool = False
    again: Resolved | None = None
    days: int = 0
    definite: bool = False
    closed: bool = False
    lacks: bool = False
    lead: bool = False
    remote: bool = False
    bare: bool = False
    bodily: bool = False
    counted_from: DateRef | None = None
    reception: bool = False
    behind: list[Entity] = field(default_factory=list)  # "In calls with A and B, C said": who stands behind the comma
    aside: bool = False  # a document that a relative clause says more of
    low: int = 0
    high: int = 0
    reasons: list[str] = field(default_factory=list)


class SentenceReader:
    """The sentence being read: its clauses, people and dates."""

    sentence: Sentence
    segments: list[Segment]
    entities: list[Entity]
    dates: list[DateRef]

    def __init__(self, text: Text, lexicon: Lexicon, place_of: Callable[[Item], Place | None]) -> None:
        self.text = text
        self.lexicon = lexicon
        self.lang = lexicon.lang
        self.place_of = place_of
        data = lexicon.data
        self.of = {fold(w) for w in data["links"]["of"]}
        self.with_ = {fold(w) for w in data["links"]["with"]}
        self.prepositions = {fold(w) for w in data["links"].get("in", ())}
        self.fillers = {fold(w) for w in data["links"]["fillers"]}
        self.within = tuple(data["links"].get("within", ()))
        self.papers = lexicon.forms("links", "papers")
        self.wishes = lexicon.forms("links", "wishes")
        self.after_noun = lexicon.forms("links", "after_noun")
        self.plurals = frozenset(fold(w) for w in data["elided"]["plural"])
        self.skipped = self.fillers - {"of"} | {
            "two", "three", "four", "five", "six", "same", "both", "all", "his", "her", "their", "its",
        }  # fmt: skip
        self.sitting = {slug for slug, body in rules("common")["bodies"].items() if body["session"]}

    def _link(self, entity: Entity) -> str:
        k = entity.i - 1
        countries = self.sentence.of("C") if self.lang == "en" else ()
        while k >= self.sentence.first and (
            fold(self.text.words[k]) in self.skipped or (countries and any(c.i <= k < c.j for c in countries))
        ):
            k -= 1
        return fold(self.text.words[k]) if k >= self.sentence.first else ""

    def _received(self, trigger: Item) -> bool:
        """ "was received": the host comes after "by"."""
        words = {fold(w) for w in self.text.words[max(self.sentence.first, trigger.i - 3) : trigger.i]}
        return bool(words & {"was", "were", "been", "be", "being"})

    def _is_host_verb(self, light: list[Item]) -> bool:
        return any(
            (x.type == "T" and x.value[1] == "host")
            or self.text.words[x.i].lower()
            in (
                "chaired",
                "chair",
                "arranged",
                "organised",
                "organized",
                "launched",
                "opened",
                "convened",
                "attended",
                "closed",
                "inaugurated",
            )
            for x in light
        )


def unique(entities: list[Entity]) -> list[Entity]:
    seen: list[Entity] = []
    for entity in entities:
        if not any(entity is s for s in seen):
            seen.append(entity)
    return seen


def count(entities: list[Entity]) -> int:
    """How many people are meant at least: "the leaders" are two."""
    return sum(2 if len(e.refs) == 1 and e.refs[0].value.startswith("plural") else len(e.refs) for e in entities)


def last_group(entities: list[Entity]) -> list[Entity]:
    """The last entity and those listed with it."""
    group: list[Entity] = []
    for entity in reversed(entities):
        if group and group[-1].i - entity.j > 2:
            break
        group.append(entity)
    return group[::-1]


GREETED = frozenset(("welcomed", "welcomes", "saw", "see", "sees", "seen", "seeing", "greeted"))
