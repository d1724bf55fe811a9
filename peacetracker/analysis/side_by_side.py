"""Two proposals point by point: which of their points speak of the same subject, and what each leaves open. Pure.

The record gives a topic to a stand, not to a point, and its topics are wider than the articles of a treaty. So points
meet by the words of their titles, or else of their texts; pages say that this is a reading.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from peacetracker.analysis.positions import Row, Stand
from peacetracker.diplomacy.choices import Stance

# Subject → the words that name it, in the order in which rows are read. The first that a text names is its subject.
SUBJECTS: dict[str, re.Pattern[str]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in (
        ("claims", r"\bterritorial claims?\b"),
        ("recognition", r"recogni|sovereign|integrity|\bborders\b|alma-ata"),
        ("status", r"karabakh|\bstatus\b"),
        ("legal", r"legal claims|withdraw interstate|domestic law|international courts?"),
        ("force", r"\bforce\b|\bsecurity\b|guarantees|peacekeeping|arms control|ceasefire|\bterrorism\b"),
        ("interference", r"interven|interfer|internal affairs"),
        ("delimitation", r"delimit|demarcat|\bborder\b"),
        ("relations", r"diplomatic relations|vienna convention"),
        ("transport", r"transport|communication|\broutes?\b|corridor|\blink\b|transit|railway|tripp"),
        ("people", r"prisoner|detain|missing|return of people|displaced|refugee"),
        ("intolerance", r"intolerance|rhetoric|hatred"),
        ("talks", r"minsk group|\btalks\b|co-chairs|mediat|reply to|disputes|commission"),
        ("cooperation", r"cooperation|economy|trade"),
        ("text", r"preamble|entry into force|\btreaty\b"),
    )
}
OTHER = "other"
ACCEPTED = Stance.ACCEPTED


def subjects_of(title: str, text: str) -> list[str]:
    """What a point is about: every subject that its title names, else the first that its text names.

    >>> subjects_of("Border and diplomatic relations", "")
    ['delimitation', 'relations']
    """
    named = [name for name, words in SUBJECTS.items() if words.search(title)]
    return named or [name for name, words in SUBJECTS.items() if words.search(text)][:1] or [OTHER]


@dataclass(frozen=True)
class Entry:
    """A point in the row of a subject. `again`: it stands in full in the row of an earlier subject."""

    row: Row
    again: bool


@dataclass
class Pairing:
    """One subject with the points of both proposals that speak of it."""

    subject: str
    one: list[Entry] = field(default_factory=list)
    other: list[Entry] = field(default_factory=list)

    @property
    def says_more(self) -> bool:
        """It shows a point for the first time, or two that have not stood beside each other."""
        return bool(self.one and self.other) or not all(entry.again for entry in (*self.one, *self.other))


def paired(one: Sequence[Row], other: Sequence[Row]) -> list[Pairing]:
    """The points by subject, in the order of the subjects. Stands on a text as a whole are left out."""
    found = {name: Pairing(name) for name in (*SUBJECTS, OTHER)}
    for rows, side in ((one, "one"), (other, "other")):
        for row in rows:
            if row.point is not None:
                named = sorted(subjects_of(row.point.title or "", row.point.text), key=list(found).index)
                for subject in named:
                    getattr(found[subject], side).append(Entry(row, subject != named[0]))
    return [pairing for pairing in found.values() if (pairing.one or pairing.other) and pairing.says_more]


@dataclass(frozen=True)
class Openness:
    """The points of a proposal by what the sides last said of them in their own voice."""

    agreed: list[Row]
    open: list[Row]
    unanswered: list[Row]

    @property
    def points(self) -> int:
        return len(self.agreed) + len(self.open) + len(self.unanswered)


def openness(rows: Iterable[Row]) -> Openness:
    """Agreed: both accepted. Unanswered: a side has no stand of its own on it. Open: anything else."""
    found = Openness([], [], [])
    for row in rows:
        if row.point is None:
            continue
        latest: list[Stand | None] = [lane.latest for lane in row.lanes]
        if not all(latest):
            found.unanswered.append(row)
        elif all(stand and stand.position.stance == ACCEPTED for stand in latest):
            found.agreed.append(row)
        else:
            found.open.append(row)
    return found
