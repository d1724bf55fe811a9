"""Trips: which travel is told for itself, and which words only say what it is for."""

from __future__ import annotations

from .lexicon import fold
from .segments import Segment
from .sentences import Item
from .signing import SigningReader


class TripReader(SigningReader):
    """Tells a trip from the meetings that it serves."""

    def _goes_alone(self, item: Item, segment: Segment) -> bool:
        """ "A will travel to Baku to continue the consultations": a trip of one, whom the clause brings to nobody."""
        people = [e for e in segment.people if e.is_person]
        one = len(people) == 1 and len(people[0].refs) == 1 and people[0].j <= item.i and not people[0].possessive
        return self.lang == "en" and one and people[0].refs[0].how != "anaphora" and people[0].refs[0].value != "plural"

    def _purpose(self, item: Item, segment: Segment) -> bool:
        """ "will travel to Baku to continue the consultations": what a trip of one is for."""
        trips = [t for t in segment.triggers if t.value[0] == "visit" and t.value[1] in ("travel", "awaited")]
        before = [t for t in trips if t.j <= item.i]
        words = [fold(w) for w in self.text.words[max(segment.i, item.i - 4) : item.i]]
        aim = "to" in words and bool({"continue", "resume", "pursue", "prepare"} & set(words))
        return bool(before) and aim and self._goes_alone(before[-1], segment)

    def _sees_sight(self, item: Item) -> bool:
        """ "visited the memorial": a sight, no country."""
        words = [fold(w) for w in self.text.words[item.j : item.j + 5]]
        sight = next((k for k, w in enumerate(words) if w in self.lexicon.forms("elided", "sights")), -1)
        if (
            self.lang != "en"
            or item.value != ("visit", "verb")
            or sight < 0
            or words[:1] not in (["the"], ["a"], ["an"])
        ):
            return False
        return not any(x.type in ("L", "K") and item.j <= x.i < item.j + sight for x in self.sentence.items)

    def _attribute(self, item: Item, segment: Segment) -> bool:
        """ "met with visiting Foreign Minister X": says more of a person."""
        visiting = self.lang == "en" and item.value[0] == "visit" and fold(self.text.words[item.i]) == "visiting"
        return visiting and any(e.is_person and e.i == item.j for e in segment.people)

    def _subject_noun(self, noun: Item, verb: Item) -> bool:
        """ "The next meeting will be in Vienna": the noun is what the verb tells of."""
        near = 0 <= verb.i - noun.j <= 1 and any(x.i == verb.i and x.value == "occur" for x in self.sentence.of("G"))
        return noun.j <= verb.i and (verb.value[1] == "awaited" or (self.lang == "hy" and near))
