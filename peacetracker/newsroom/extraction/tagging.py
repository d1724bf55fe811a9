"""A text prepared for reading: its agency's dateline taken off, the lexicon's phrases put into its sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter

from .armenian import plans_that_failed, refusals
from .gazetteer import Place
from .lexicon import Lexicon
from .sentences import Item, Sentence, Text

_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_AGENCIES = (
    rf"[A-Z][\w .'-]{{1,25}}, {_DAY},? \(?[A-Z]{{3,}}\w*\)? ?[-–—]+\s+",  # Tehran, Oct 5, IRNA –
    rf"[A-Z][\w .'-]{{1,25}}, {_DAY} ?[-–—]+\s+",  # Tehran, Oct 5 –
    r"[^\n]{0,60}?/[^\n/]{2,40}/[.:]?\s+",  # MOSCOW, May 1. /TASS/.
    r"[^\n]{2,60}?\([A-Z][\w./ -]{1,30}\)\s*[-–—]{1,2}\s*",  # BRUSSELS (Reuters) -
    r"[^\n.]{2,40}\.[^\n]{2,20}\.\s[A-Z.]{4,20}(?:/|\s—)\s*",  # Баку. 14 марта. REPORT.AZ/
    r"[^\n]{2,30}[-–—]\s*Sputnik\.\s",
    r"[A-ZА-Я][^\n.a-zа-я]{2,30}\s*[—–]\s*",  # WASHINGTON, DC —
    r"[^\n]{2,40},\s[^\n]{2,20},\s[^\n։.]{3,20}[։.]\s",  # ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ։
)
_DATELINE = re.compile(rf"\A\s*(?:[^\n.]{{2,40}}\.\s+)?(?:{'|'.join(_AGENCIES)})")

_AMBIGUOUS = frozenset(("Q", "Y"))
_FIRST, _LAST = attrgetter("i"), attrgetter("j")


def tag(text: Text, lexicon: Lexicon) -> None:
    """Put the lexicon's phrases into their sentences."""
    if not text.sentences:
        return
    words = text.words
    english = lexicon.lang == "en"
    sentences = iter(text.sentences)
    current = next(sentences)
    for j, i, meanings in lexicon.find(words):
        while j > current.last:
            following = next(sentences, None)
            if following is None:
                break
            current = following
        if i < current.first or j > current.last:
            continue
        kinds = current.kinds
        for type_, value in meanings:
            if english and type_ in _AMBIGUOUS and _other_word(type_, words, i, j, current.first):
                continue
            if english and type_ == "A" and text.gap(j) == "-":  # "the four-way dinner"
                continue
            row = kinds.get(type_)
            if row is None:
                kinds[type_] = [Item(type_, value, i, j)]
            elif row[-1].j <= i or not _covered(row, i, j):
                row.append(Item(type_, value, i, j))
    for sentence in text.sentences:
        if english and sentence.of("OC"):  # "within the framework of the summit": no document
            occasions = sentence.of("OC")
            sentence.kinds["T"] = [t for t in sentence.of("T") if not any(o.i <= t.i < o.j for o in occasions)]
        if sentence.of("R") and sentence.of("P"):  # "the Trump Route": nobody is there
            named = sentence.of("R")
            sentence.kinds["P"] = [x for x in sentence.of("P") if not any(r.i <= x.i and x.j <= r.j for r in named)]
        if english:
            _set_since(text, sentence)
        sentence.items = [item for row in sentence.kinds.values() for item in row]
        sentence.items.sort(key=_LAST, reverse=True)
        sentence.items.sort(key=_FIRST)
    if lexicon.lang == "hy":
        plans_that_failed(text)
    if lexicon.lang in ("hy", "ru"):
        refusals(text, lexicon.lang)


def _set_since(text: Text, sentence: Sentence) -> None:
    """ "has been arranged for May" is a plan that stands; "had been arranged" one that may have come to nothing."""
    such = [x for x in sentence.of("Q") if x.value == "disowned" and text.words[x.j - 1].lower() == "such"]
    if such and such[0].j < sentence.last and text.words[such[0].j].lower() in ("plan", "plans", "proposal", "issue"):
        sentence.kinds["Q"] = [x for x in sentence.of("Q") if x is not such[0]]  # "no such plan is under discussion"
    for item in sentence.of("Q"):
        before = [w.lower() for w in text.words[max(sentence.first, item.i - 2) : item.i]]
        if item.value == "past_plan" and before in (["has", "been"], ["have", "been"]):
            item.value = "scheduled"


def _other_word(type_: str, words: list[str], i: int, j: int, first: int) -> bool:
    """ "May", the month, not what may happen; "the United States", not what somebody states."""
    if type_ == "Q":
        return j - i == 1 and words[i] == "May"
    return type_ == "Y" and i > first and words[i][0].isupper()


def _covered(row: list[Item], i: int, j: int) -> bool:
    """Whether a longer phrase of the same type holds these words; drops shorter ones that they hold."""
    k = len(row) - 1
    while k >= 0 and row[k].j > i:
        other = row[k]
        longer = (other.j - other.i) - (j - i)
        if other.i <= i and other.j >= j and longer > 0:
            return True
        if (other.i >= i and other.j <= j and longer < 0) or (other.i < i < other.j < j and longer < 0):
            del row[k]
        elif other.i < i < other.j < j:
            return True
        k -= 1
    return False


def trim_dateline(text: Text, raw: str, offset: int, lexicon: Lexicon) -> Place | None:
    """Let the first sentences begin after the agency's dateline; returns the place that it names."""
    match = _DATELINE.match(raw)
    if not match:
        return None
    end = offset + match.end()
    kept: list[Sentence] = []
    for sentence in text.sentences:
        if sentence.is_title or sentence.start >= end:
            kept.append(sentence)
        elif sentence.end > end:
            first = sentence.first
            while first < sentence.last and text.starts[first] < end:
                first += 1
            if first < sentence.last:
                kept.append(replace(sentence, start=end, first=first))
    text.sentences[:] = kept
    words = [w for w, start in zip(text.words, text.starts, strict=True) if offset <= start < end]
    named = (value for _, _, meanings in lexicon.find(words) for type_, value in meanings if type_ == "L")
    return next(named, None)
