"""What an edit of a page changed: sentences that went and sentences that came. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

BREAK = re.compile(r"(?<=[.!?…։:])\s+|\n+")
FEWEST = 4  # words: shorter lines are counters, buttons and hours, which change with every visit


@dataclass(frozen=True, slots=True)
class Edit:
    """Sentences in one place of a page: `gone` stood there before, `come` stand there now."""

    gone: tuple[str, ...]
    come: tuple[str, ...]


def edits(before: str, after: str) -> list[Edit]:
    """The places in which two readings of a page differ, in its order. White space and short lines do not count."""
    old, new = list(_sentences(before)), list(_sentences(after))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Edit(tuple(old[a:b]), tuple(new[c:d])) for what, a, b, c, d in steps if what != "equal"]


def _sentences(text: str) -> Iterator[str]:
    for sentence in BREAK.split(text):
        words = sentence.split()
        if len(words) >= FEWEST:
            yield " ".join(words)
