"""What other sites show beside a link: title, what is counted, and a bar for each month."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """`bars`: events of each month in its run; `years`: place of a month in the run and the year that begins there;
    `marked`: the month that stands out, else all do."""

    kicker: str
    title: str
    line: str
    foot: str
    bars: Sequence[int]
    years: Sequence[tuple[int, int]]
    marked: int | None = None
