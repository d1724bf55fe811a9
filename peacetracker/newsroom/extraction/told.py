"""An event as a text tells it, and all that the text has told so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .anaphora import Resolver
from .discourse import SIDES, Discourse, key
from .gazetteer import Gazetteer, Place
from .lexicon import Lexicon
from .model import Person, Precision
from .sentences import Sentence, Text

SIDE_SET = frozenset(SIDES)
SIDE_CAPITALS = {"baku": "AZ", "yerevan": "AM", "stepanakert-khankendi": "NK"}


@dataclass(slots=True)
class Told:
    """One event as told once, resolved."""

    kind: str
    status: str
    date: date | None
    precision: Precision
    people: list[Person]
    hosts: set[str]
    place: Place | None
    sentences: list[Sentence]
    dated: bool
    reference: bool
    distinct: bool
    joint: bool
    body: str | None
    is_title: bool
    background: bool
    ending: bool = False
    definite: bool = False
    planned: bool = False
    travel: bool = False
    arrival: bool = False  # travel told as news: "arrived in X and was received by A"
    landed: bool = False  # "arrived in X": news by itself, whatever the sentence goes on to tell
    reception: bool = False
    received: bool = False  # told by "received" and the like
    aside: bool = False  # told in passing of a document: what follows is not told for its day
    bodily: bool = False
    weak: bool = False  # told by a word of talking
    reasons: list[str] = field(default_factory=list)
    date_sentence: Sentence | None = None
    place_sentence: Sentence | None = None
    mentions: int = 1
    subject: list[Person] = field(default_factory=list)
    guests: list[Person] = field(default_factory=list)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key(p) for p in self.people)


class Story:
    """What a text has told, in order."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        lexicon: Lexicon,
        text: Text,
        resolver: Resolver,
        discourse: Discourse,
        published: date | None,
    ) -> None:
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.text = text
        self.resolver = resolver
        self.discourse = discourse
        self.published = published
        self.told: list[Told] = []
        self.before: tuple[date | None, Precision] = (None, "unknown")  # the day told before the sentence being read
        self.claim: Told | None = None  # a contact only claimed: told if the next sentences deny it
        self.nobody: Told | None = None  # a contact of the two sides whose people the next sentences may name
        self.lone: Told | None = None  # called off, of one person: the next sentences may say with whom it was to be
        self.pending: Told | None = None  # planned for a day now past: dropped unless the text says it was called off

    @property
    def last_sentence(self) -> int | None:
        """Index of the sentence that told the last event."""
        last = [t.sentences[-1].index for t in (self.claim, self.nobody, *self.told[-1:]) if t is not None]
        return (max(last) if self.lexicon.lang == "en" else last[0]) if last else None

    def _party(self, person: Person) -> str:
        return person.party or (self.gazetteer.person_parties.get(person.slug, "") if person.slug else "")

    def _types(self, person: Person) -> list[tuple[str, str]]:
        day = self.published or date.today()
        return self.gazetteer.types_of(person.slug, day) if person.slug else []


def nearer(new: Place, old: Place) -> bool:
    """Whether a place tells the city of a country told before."""
    return bool(new.name) and not old.name and new.country == old.country
