"""What every figure shares: colours as names of tokens, which the page's theme resolves, and the shapes of kinds."""

import textwrap
from datetime import date, timedelta
from html import escape
from typing import Any

from peacetracker.analysis.timeline import GROUND, STATEMENTS
from peacetracker.diplomacy.choices import Kind, Track

Figure = dict[str, Any]

COLOUR = {
    Track.DIRECT: "--c-direct",
    Track.EU: "--c-eu",
    Track.RUSSIA: "--c-ru",
    Track.US: "--c-us",
    Track.OTHER: "--c-other",
    Track.COMMISSIONS: "--c-direct",
    GROUND: "--c-other",
    STATEMENTS: "--c-other",
}
SYMBOL = {
    Kind.CALL: "circle",
    Kind.MEETING: "square",
    Kind.VISIT: "triangle-up",
    Kind.AGREEMENT: "star",
    Kind.COMMISSION_SESSION: "hexagon2",
    Kind.STATEMENT: "line-ns",
    Kind.HUMANITARIAN: "diamond",
    Kind.INCIDENT: "x-thin",
}


def token(name: str) -> str:
    return f"var({name})"


def colour_of(lane: str) -> str:
    return token(COLOUR[lane])


def middle(first: date, last: date) -> str:
    return (first + (last - first) / 2).isoformat()


def day_after(day: date) -> date:
    return day + timedelta(days=1)


def wrapped(text: str, width: int = 52) -> str:
    """Text for a hover card: its own signs escaped, lines broken."""
    return "<br>".join(escape(line, quote=False) for line in textwrap.wrap(text, width))
