"""Which place the words for a place mean: a name, "here", "there", "the capital", "the city"."""

from __future__ import annotations

from dataclasses import dataclass

from .discourse import Discourse
from .gazetteer import Gazetteer, Place
from .sentences import Item, Sentence, Text


@dataclass(slots=True)
class PlaceFinder:
    """Resolves places by what the text has told; `here` is the place of its dateline."""

    gazetteer: Gazetteer
    text: Text
    discourse: Discourse
    here: Place | None

    def find(self, item: Item) -> Place | None:
        """The place that an item means, if that is known."""
        if item.type == "L":
            place: Place = item.value
            return place
        sentence = next(s for s in self.text.sentences if s.first <= item.i < s.last)
        if item.value == "here":
            return self.here
        if item.value == "there":
            before = [x.value for x in sentence.items if x.type == "L" and x.j <= item.i]
            return before[-1] if before else self._just_named(sentence) or self.discourse.place
        code = next(
            (
                x.value[0]
                for x in sentence.items
                if x.type == "C" and (x.j == item.i or (x.i - item.j <= 2 and x.i >= item.j))
            ),
            None,
        )
        if item.value == "capital" and code:
            return self.gazetteer.capitals.get(code)
        last = self.discourse.place
        if item.value == "city" and last is not None and last.name and code in (None, last.country):
            return last
        return None

    def _just_named(self, sentence: Sentence) -> Place | None:
        """The last city that the sentence before names."""
        previous = next((s for s in self.text.sentences if s.index == sentence.index - 1), None)
        named = [x.value for x in previous.items if x.type == "L" and x.value.name] if previous else []
        return named[-1] if named else None
