"""Names of the record in a spelling that it does not list: "Хосейн Амир Абдоллахиан", "Xavyer Kolomina"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .lexicon import fold

# Consonants that one alphabet or another takes for each other; vowels and what is near them are left out.
_ALIKE = {
    "p": "bpбпբպփ", "f": "vwfвфվֆ", "t": "dtдтդտթ", "k": "kqghxкгхկգղքխհ", "m": "mмմ", "n": "nнն", "l": "lлլ",
    "r": "rрրռ", "s": "scjzсшщцчжзսշցծձչճջժզ",
}  # fmt: skip
_SOUND = {ord(letter): sound for sound, letters in _ALIKE.items() for letter in letters}
_SILENT = re.compile(r"[^pftkmnlrs]")
_DOUBLE = re.compile(r"(.)\1")
_HISSING = re.compile(r"sh|ch|zh|ts|dz")
LEAST = 3  # consonants of a surname


def skeleton(word: str) -> str:
    """The consonants of a word, alike ones made the same."""
    folded = _DOUBLE.sub(r"\1", _HISSING.sub("s", fold(word)).replace("kh", "k").replace("gh", "g"))
    return _DOUBLE.sub(r"\1", _SILENT.sub("", folded.replace("th", "t").replace("ph", "f").translate(_SOUND)))


class Spellings:
    """People by the consonants of their first and last names."""

    def __init__(self) -> None:
        self._people: dict[str, set[tuple[str, str]]] = {}

    def learn(self, slug: str, names: Iterable[str]) -> None:
        """Keep a person's names in any alphabet."""
        for name in names:
            words = re.split(r"[\s\-]+", name)
            last = skeleton(words[-1])
            if len(words) > 1 and len(last) >= LEAST:
                self._people.setdefault(last, set()).add((skeleton(words[0]), slug))

    def find(self, name: str) -> str | None:
        """The one person whom a full name in another spelling or a case form can mean."""
        words = re.split(r"[\s\-]+", name)
        if len(words) < 2:
            return None
        first, last = skeleton(words[0]), skeleton(words[-1])
        for end in (last, last[:-1]):
            found = {slug for known, slug in self._people.get(end, ()) if known and _alike(known, first)}
            if len(found) == 1:
                return found.pop()
        return None


def _alike(known: str, first: str) -> bool:
    return known == first or (len(known) >= 2 and first[:-1] == known)
