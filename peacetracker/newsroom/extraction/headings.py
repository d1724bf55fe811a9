"""A day that stands before what was done on it: "11-12 November, Gabala – ...", "*16 September, Samarkand.* ..."."""

from __future__ import annotations

from dataclasses import replace

from .lexicon import Lexicon
from .sentences import Item, Sentence, Text

LONGEST = 7  # words of such a heading
SIGNS = ("–", "—", " - ", ": ", ":*", ":_")


def part_headings(text: Text, lexicon: Lexicon) -> None:
    """Make a sentence of its own of each heading that shares its line with what follows."""
    small = lexicon.forms("elided", "heading")
    parted: list[Sentence] = []
    for sentence in text.sentences:
        k = 0 if sentence.is_title else _end_of_heading(text, sentence, small, lexicon)
        parted += _part(text, sentence, k) if k else [sentence]
    for index, sentence in enumerate(parted):
        sentence.index = index
    text.sentences[:] = parted


def _end_of_heading(text: Text, sentence: Sentence, small: frozenset[str], lexicon: Lexicon) -> int:
    """The first word after a heading of a day and perhaps a place; 0 if the sentence has none."""
    if not sentence.kinds.keys() & {"M", "W", "D"} or not _begins_line(text, sentence):
        return 0
    known = {k for x in sentence.items if x.type in ("M", "W", "D", "L", "C", "N") for k in range(x.i, x.j)}
    for k in range(sentence.first, min(sentence.first + LONGEST + 1, sentence.last)):
        dated = any(x.j <= k and x.type in ("M", "W", "D") for x in sentence.items)
        if k > sentence.first and dated and any(sign in f"{text.gap(k)} " for sign in SIGNS) and not _joined(text, k):
            return k
        word = text.words[k]
        if k not in known and not word[0].isdigit() and lexicon.stem(word) not in small:
            return 0
    return 0


def _joined(text: Text, k: int) -> bool:
    """ "11–12": a dash that joins two numbers."""
    return text.words[k - 1].isdigit() and text.words[k].isdigit()


def _begins_line(text: Text, sentence: Sentence) -> bool:
    before = text.raw[max(0, sentence.start - 4) : sentence.start].rstrip("•*-–—_ \t")
    return not before or before.endswith("\n")


def _part(text: Text, sentence: Sentence, k: int) -> list[Sentence]:
    before = [x for x in sentence.items if x.j <= k]
    behind = [x for x in sentence.items if x.i >= k]
    head = replace(sentence, end=text.ends[k - 1], last=k, items=before, kinds=_by_kind(before))
    rest = replace(sentence, start=text.starts[k], first=k, items=behind, kinds=_by_kind(behind))
    return [head, rest]


def _by_kind(items: list[Item]) -> dict[str, list[Item]]:
    kinds: dict[str, list[Item]] = {}
    for item in items:
        kinds.setdefault(item.type, []).append(item)
    return kinds
