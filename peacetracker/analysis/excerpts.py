"""The part of a text in which the words looked for stand, cut into pieces that a page can mark."""

import re
from collections.abc import Collection
from typing import NamedTuple

from peacetracker.core.text import fold

# A word as a reader sees it: letters and digits, an apostrophe within.
WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


class Piece(NamedTuple):
    text: str
    hit: bool


def marked(text: str, words: Collection[str]) -> list[Piece]:
    """The whole text, with the words that begin with one of the folded `words` as hits. Nothing is lost or added."""
    pieces, at = list[Piece](), 0
    for found in WORD.finditer(text):
        if fold(found[0]).startswith(tuple(words)):
            pieces += [Piece(text[at : found.start()], False), Piece(found[0], True)]
            at = found.end()
    return [piece for piece in [*pieces, Piece(text[at:], False)] if piece.text]


def excerpt(text: str, words: Collection[str], length: int = 220) -> list[Piece]:
    """Some `length` characters around the first hit, cut between words; nothing where there is none."""
    first = next((found for found in WORD.finditer(text) if fold(found[0]).startswith(tuple(words))), None)
    if first is None or not words:
        return []
    start = _word_start(text, max(0, min(first.start() - length // 4, len(text) - length)))
    end = len(text) if start + length >= len(text) else max(text.rfind(" ", start, start + length), first.end())
    cut = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    return marked(cut, words)


def beginning(text: str, length: int = 220) -> list[Piece]:
    """The first words of a text."""
    short = text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
    return [Piece(short, False)]


def _word_start(text: str, at: int) -> int:
    """The beginning of the first word that begins at or after a place."""
    return 0 if at == 0 else text.find(" ", at - 1) + 1
