"""Two wordings side by side: which words stayed, which went, which came. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Compared word by word up to so many; longer texts are shown whole.
MOST_WORDS = 1500
# Less alike than this, the two are told apart as a whole: scattered words that stayed would only confuse.
ALIKE = 0.3


@dataclass(frozen=True)
class Piece:
    """Some words of one side; `changed`: the other side has not got them."""

    text: str
    changed: bool


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """
    >>> pieces("Talks in Brussels", "Talks in Prague")[1]
    [Piece(text='Talks in ', changed=False), Piece(text='Prague', changed=True)]
    """
    if not _are_alike(before.split(), after.split()):
        return _whole(before), _whole(after)
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    left, right = [], []
    for what, a, b, c, d in matcher.get_opcodes():
        left.append(Piece("".join(old[a:b]), what != "equal"))
        right.append(Piece("".join(new[c:d]), what != "equal"))
    return [one for one in left if one.text], [one for one in right if one.text]


def _are_alike(old: list[str], new: list[str]) -> bool:
    if max(len(old), len(new)) > MOST_WORDS:
        return False
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _whole(text: str) -> list[Piece]:
    return [Piece(text, True)] if text else []
