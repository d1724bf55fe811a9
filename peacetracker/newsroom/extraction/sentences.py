"""Texts into sentences and words, with their place in the text kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Any

from .lexicon import WORD, rules

# begins with a set of letters, which the regex engine skips to
_END = re.compile(
    r"[.!?…։:\n](?:(?<=\n)\n*|"
    r"(?:(?<=[.!?…։])[.!?…։]*|(?<=[\u0561-\u0587՞»”\"]:))[\"”»’')\]*_]*(?=\s+[^\s\da-zа-яёա-ֆ]|\s+\d|\s*$))"
)
_PIECES = re.compile(f"({WORD.pattern})")
_COURTESY = re.compile(
    r"\bH\. ?E\.(?: (?:Mrs?|Ms|Dr)\b\.?)?(?= )"
)  # "H.E. Mr. Ilham Aliyev": read as if it were not there
_SOFT_END = re.compile(r"[\"”»’')\]\s]+")
_SCRIPTS = (re.compile("[\u0531-\u0587]+"), re.compile("[\u0400-\u04ff]+"), re.compile("[A-Za-z]+"))
SAMPLE = 600  # letters read to tell the language
SHORT = 120  # letters: too few to expect a schwa in
PAST = 4  # empty words behind the last


@dataclass(slots=True)
class Item:
    """A phrase of the lexicon found at words [i, j) of the text."""

    type: str
    value: Any
    i: int
    j: int


@dataclass(slots=True)
class Sentence:
    """A sentence: characters [start, end) and words [first, last) of the text."""

    start: int
    end: int
    first: int
    last: int
    index: int = 0
    is_title: bool = False
    items: list[Item] = field(default_factory=list)
    kinds: dict[str, list[Item]] = field(default_factory=dict)

    def of(self, type_: str) -> list[Item]:
        """The items of one type, left to right."""
        return self.kinds.get(type_, NONE)


NONE: list[Item] = []


@dataclass(slots=True)
class Text:
    """A text cut into words and sentences."""

    raw: str
    words: list[str]  # and a few empty ones behind the last
    gaps: list[str]  # before each word and after the last; nothing before the first and after the last
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence]
    capitals: list[int]

    def gap(self, i: int) -> str:
        """What stands between word i-1 and word i."""
        return self.gaps[i] if 0 < i < len(self.gaps) else ""

    def span(self, i: int, j: int) -> str:
        return self.raw[self.starts[i] : self.ends[j - 1]]

    def quote(self, sentence: Sentence) -> str:
        return self.raw[sentence.start : sentence.end]

    def upper(self, i: int) -> bool:
        return self.words[i][:1].isupper()


def detect_language(text: str) -> str:
    """The language of a text by its letters; Latin with schwa or dotless i is Azerbaijani."""
    sample = text[:SAMPLE]
    if sample.isascii():
        return "en"
    armenian, cyrillic, latin = (len("".join(letters.findall(sample))) for letters in _SCRIPTS)
    if armenian > max(cyrillic, latin):
        return "hy"
    if cyrillic > latin:
        return "ru"
    schwa = sample.count("ə") + sample.count("Ə")
    return "az" if schwa * 60 > latin else "en"


def language_of(text: str, declared: str | None) -> str:
    """The text's own letters stand over what its feed declares; the declaration decides for a few Latin words."""
    found = detect_language(text)
    if found == "en" and declared == "az" and len(text) < SHORT:
        return "az"
    return found


def split(raw: str, *, title_end: int = 0) -> Text:
    """Words and sentences of `raw`, whose first `title_end` characters are the title."""
    read = _COURTESY.sub(lambda found: " " * len(found.group()), raw)
    pieces = _PIECES.split(read)  # gap, word, gap, ..., word, gap
    reached = list(accumulate(map(len, pieces)))
    words, gaps = pieces[1::2], pieces[::2]
    gaps[0] = gaps[-1] = ""
    capitals = [k for k, word in enumerate(words) if not word.islower() and word[0].isupper()]
    text = Text(raw, words, gaps, reached[:-1:2], reached[1::2], [], capitals)
    _sentences(text, read, title_end)
    text.words += [""] * PAST  # what asks for the word behind the last one is told that there is none
    text.starts += [len(raw)] * PAST
    text.ends += [len(raw)] * PAST
    return text


def _sentences(text: Text, raw: str, title_end: int) -> None:
    begin = 0
    word = 0
    count = len(text.words)
    for match in _END.finditer(raw):
        stop = match.end()
        if not match.group().startswith("\n"):
            if match.group() == "." and _abbreviates(raw[max(0, match.start() - 12) : match.start()]):
                continue
        else:
            stop = match.start()
        word = _close(text, begin, stop, word, count, title_end)
        begin = match.end()
    _close(text, begin, len(raw), word, count, title_end)


def _abbreviates(before: str) -> bool:
    """Whether a point after these letters ends no sentence."""
    short = before.rpartition(" ")[2].rpartition("\n")[2].lstrip("(\"“«'")
    return year_sign(short) or short.lower() in _abbreviations() or (len(short) == 1 and short.isupper())


def year_sign(word: str) -> bool:
    """ "2024թ. հոկտեմբերի 24-ին": the sign of a year, alone or against its number, whose point ends nothing."""
    return word.lstrip("0123456789").lower() in _year_signs()


def _close(text: Text, begin: int, stop: int, word: int, count: int, title_end: int) -> int:
    raw = text.raw
    while begin < stop and raw[begin].isspace():
        begin += 1
    while stop > begin and raw[stop - 1].isspace():
        stop -= 1
    first = word
    word = bisect_left(text.starts, stop, word, count)
    if word > first:
        text.sentences.append(Sentence(begin, stop, first, word, index=len(text.sentences), is_title=begin < title_end))
    return word


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(rules("common").get("abbreviations", ()))


@cache
def _year_signs() -> frozenset[str]:
    return frozenset(rules("common")["year_signs"])
