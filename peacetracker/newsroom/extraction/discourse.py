"""What a text has told up to the sentence being read, and what makes a person one and the same in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from .gazetteer import Place
from .model import Person, Precision

SIDES = ("AM", "AZ", "NK")
NAMES = 5_000  # of strangers, kept with their slugs


@dataclass(slots=True)
class Discourse:
    """What the text has told up to here."""

    groups: list[list[Person]] = field(default_factory=list)
    mentioned: list[Person] = field(default_factory=list)
    subject: Person | None = None
    place: Place | None = None
    day: date | None = None
    precision: str = "unknown"
    body: str | None = None
    far: bool = False
    gathered: list[Person] = field(default_factory=list)
    signed: bool = False  # whether those gathered signed a document
    here: list[Person] = field(default_factory=list)
    country: str = ""  # where the contact being read takes place
    main: tuple[date | None, Precision] = (None, "unknown")
    noted: tuple[date | None, int] = (None, -1)  # a day told of something else, and the sentence that tells it
    month: tuple[date | None, int] = (None, -1)  # a month told of something else, and the sentence that tells it
    heading: tuple[date | None, Precision] = (None, "unknown")  # the day over a part of a digest
    venue: Place | None = None  # the place that stands beside that day
    minsk: bool = False  # whether the text names the Minsk Group, whose co-chairs may be meant
    author: Person | None = None  # who says "I" outside quotation marks
    headed: int = -2  # the sentence that is such a heading
    head_end: int = -1  # and the letter where it ends

    def mention(self, people: list[Person]) -> None:
        for person in people:
            self.mentioned = [p for p in self.mentioned if key(p) != key(person)] + [person]


def key(person: Person) -> str:
    """What makes a person one and the same inside a text."""
    return person.slug or kebab(person.name)


@lru_cache(maxsize=NAMES)
def kebab(name: str) -> str:
    """A slug for someone whom the record does not know."""
    plain = unicodedata.normalize("NFKD", name.translate(str.maketrans("əıƏİ", "eiEI")))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-")
