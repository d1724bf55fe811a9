"""How the words of a sentence stand to each other: what touches, lists, owns or counts."""

from __future__ import annotations

import re

from .gazetteer import Gazetteer
from .lexicon import Lexicon, fold
from .references import Known
from .sentences import Item, Sentence, Text


class Phrasing:
    """The words of a sentence and the tests that the readers of names share."""

    sentence: Sentence
    items: list[Item]
    taken: frozenset[int]
    units: frozenset[int]

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, text: Text, known: Known) -> None:
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.text = text
        self.known = known
        data = lexicon.data
        self.qualifiers = lexicon.forms("organisations", "qualifiers")
        self.fillers = lexicon.forms("links", "fillers")
        self.former = lexicon.forms("links", "former")
        self.of = lexicon.forms("links", "of")
        self.between = frozenset(("of", "the")) if lexicon.lang == "en" else frozenset()
        self.with_ = lexicon.forms("links", "with")
        self.to = lexicon.forms("links", "to")
        self.conjunctions = lexicon.forms("links", "and")
        self.stop = lexicon.forms("organisations", "stop")
        pattern = data["offices"].get("plural_pattern")
        self.plural = (re.compile(pattern), data["offices"]["plural_head"] == "first") if pattern else None
        self.offices_of = lexicon.forms("organisations", "offices_of")
        self.whole = lexicon.forms("anaphora", "whole")
        self.guest = frozenset(fold(w) for w in data["anaphora"].get("guest", ()))  # as written: one, not several
        self.genitive_first = bool(data["links"].get("genitive_first"))

    def _gap_text(self, end: int, start: int) -> str:
        if end >= start:
            return self.text.gap(start)
        return self.text.raw[self.text.ends[end - 1] : self.text.starts[start]]

    def _touches(self, end: int, start: int) -> bool:
        return end == start and not self.text.gap(start).strip(" \u00a0-–\n«“\"”'’")

    def _near(self, end: int, start: int, *, comma: bool = False) -> bool:
        between = self.text.words[end:start]
        gap = self._gap_text(end, start)
        if "." in gap.strip(".") or ";" in gap or "(" in gap:
            return False
        if "," in gap and not comma:
            return False
        if comma and not between:
            return gap.strip() in ("", ",", "-", "–", "—")
        return len(between) <= 3 and all(
            (s := self.lexicon.stem(w)) in self.fillers
            or s in self.conjunctions
            or (self.lexicon.lang != "en" and not comma and len(between) == 1 and w.islower())
            for w in between
        )

    def _possessive(self, end: int) -> bool:
        if self.lexicon.lang != "en":
            return False
        word, after = self.text.words[end - 1], self.text.gap(end) if end < len(self.text.words) else ""
        return word.endswith(("'s", "’s", "s'", "s’")) or (word.endswith("s") and after in ("' ", "’ "))

    def _unit_follows(self, j: int) -> bool:
        if j >= self.sentence.last or self.lexicon.lang != "en":
            return False
        if j in self.units and not self.text.gap(j).strip():
            return not any(x.type in ("T", "O", "H") and x.i == j for x in self.sentence.items)
        return (
            j + 1 < self.sentence.last
            and j + 1 in self.units
            and j not in self.taken
            and self.text.upper(j)
            and self.text.upper(j + 1)
            and not self.text.gap(j).strip()
            and not self.text.gap(j + 1).strip()
        )

    def _number(self, i: int) -> int:
        """How many a numeral before word i counts, 0 without one."""
        for item in self.sentence.of("N"):
            if i - 1 <= item.j <= i:
                return int(item.value)
        for item in self.sentence.of("A"):
            if i - 1 <= item.j <= i and item.value in _COUNTS:
                return _COUNTS[item.value]
        return 0

    def _same_given(self, item: Item) -> bool:
        """Whether the first name is but another spelling of the known one: "Entoni" for "Antoni"."""
        word = fold(self.text.words[item.i - 1]).replace("y", "i")
        known = {given.replace("y", "i") for slug in item.value for given in self.gazetteer.given[slug]}
        return any(len(given) > 3 and given[-3:] == word[-3:] and abs(len(given) - len(word)) < 2 for given in known)

    def _other_first_name(self, i: int) -> bool:
        """Whether a bare surname stands behind another person's first name."""
        k = i - 1
        if k < self.sentence.first or self.text.gap(i).strip(" \u00a0") or k in self.taken:
            return False
        word = self.text.words[k]
        if (
            not word[:1].isupper()
            or (word.isupper() and len(word) > 1)
            or self.lexicon.stem(word) in self.stop
            or self.lexicon.stem(word) in self.fillers
        ):
            return False
        if word.endswith(("'s", "’s")) or fold(word) in self.gazetteer.first_names:
            return False
        return k > self.sentence.first or (
            len(word) > 2 and self.lexicon.lang == "en" and not word.lower().endswith(("ly", "ing", "ed")) and False
        )

    def _stranger_at(self, k: int, *, listed: bool = False) -> tuple[str, int] | None:
        """An unknown name of one to four capitalised words starting at word k."""
        end = k
        last = self.sentence.last
        while end < last and end - k < 4:
            word = self.text.words[end]
            if (
                end in self.taken
                or end in self.units
                or (self.text.gap(end).strip(" \u00a0.-") and not (listed and end == k))
                or not word[:1].isupper()
            ):
                particle = word in ("bin", "al", "de", "von", "van", "el") and end > k
                if not particle or self.text.gap(end).strip():
                    break
            if (word.isupper() and len(word) > 2) or self.lexicon.stem(word) in self.stop or word[:1].isdigit():
                break
            if end > k and "." in self.text.gap(end) and len(self.text.words[end - 1]) > 2:
                break
            end += 1
        if end == k or (not listed and self.text.gap(k).strip(" \u00a0")):
            return None
        name = self.text.span(k, end)
        for suffix in ("'s", "’s"):
            name = name.removesuffix(suffix)
        if end < last and end in self.units and self.text.upper(end) and not self.text.gap(end).strip():
            return None
        return (name, end) if len(name) > 2 and any(w[:1].isupper() and len(w) > 1 for w in name.split()) else None


_COUNTS = {"two": 2, "three": 3, "four": 4}


_NOUN_PARTS = frozenset(("P", "C", "O", "S", "A"))


def _wrong_number(item: Item, sentence: Sentence, text: Text, plural: tuple[re.Pattern[str], bool] | None) -> bool:
    """Where stems hide the number: the reading that the word's own ending, or a numeral before it, rules out."""
    if plural is None:
        return False
    twin = any(x.i == item.i and x.j == item.j and x.value[1] != item.value[1] for x in sentence.of("O"))
    counted = any(x.type in ("N", "A") and x.j == item.i and x.value in (2, 3, "two", "three") for x in sentence.items)
    head = fold(text.words[item.i if plural[1] else item.j - 1])
    several = counted or bool(plural[0].search(head))
    return twin and bool(item.value[1]) != several


def np_items(sentence: Sentence, text: Text, plural: tuple[re.Pattern[str], bool] | None) -> list[Item]:
    items: list[Item] = []
    wider = sentence.of("B") + sentence.of("S") + [x for x in sentence.of("U") if x.j - x.i > 1]  # "Nazirlər Kabineti"
    offices = [x for x in sentence.of("O") if x.j - x.i > 1]
    for item in sentence.items:
        if item.type not in _NOUN_PARTS:
            continue
        if item.type == "C" and items and items[-1].type == "C" and items[-1].i == item.i and items[-1].j == item.j:
            continue
        if (item.type == "P" and not text.upper(item.j - 1)) or (
            item.type == "C" and not text.upper(item.i) and item.value[1] == "noun"
        ):
            continue
        if item.type == "O" and _wrong_number(item, sentence, text, plural):
            continue
        around = wider + offices if item.type == "C" else wider
        if around and any(b.i <= item.i and item.j <= b.j and b.j - b.i > item.j - item.i for b in around):
            continue
        if item.type != "A" or item.value in ("counterpart", "counterparts"):
            items.append(item)
    return items


def taken(sentence: Sentence) -> frozenset[int]:
    return frozenset([k for x in sentence.items if x.type in _TAKING for k in range(x.i, x.j)])


_TAKING = frozenset(("P", "C", "O", "S", "L", "M", "W", "B", "T", "A", "R"))
