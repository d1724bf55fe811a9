"""What a version of an event can be found by, taken from its document alone: the record of a past day is filtered by
these, since relations hold only the present. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from peacetracker.core.dates import Span, widest
from peacetracker.diplomacy.choices import Role

Document = dict[str, Any]


def term(name: str, value: Any) -> str:
    """One thing to find by, as it stands in the text of all of them: never the beginning of another one."""
    return f" {name}={value} "


def terms_of(document: Document) -> str:
    """All filters but days and words, each with every value that this event answers to."""
    return " ".join(["", *dict.fromkeys(f"{name}={value}" for name, value in _pairs(document)), ""])


def _pairs(document: Document) -> Iterator[tuple[str, str]]:
    for name in ("kind", "status", "track", "level"):
        if document[name] is not None:
            yield name, document[name]
    yield "joint", "true" if document["joint"] else "false"
    if document["place"]:
        yield "place", document["place"]["slug"]
    for name, listed in LISTS.items():
        yield from ((name, value) for value in document[listed])
    for part in document["participants"]:
        yield "leader", part["leader"]["slug"]
        if part["role"] == Role.MEDIATOR:
            yield "mediator", part["leader"]["slug"]
            if part["party"]:
                yield "mediator", part["party"]
    yield from (("side", cited["side"]) for cited in document["sources"])


LISTS = {"party": "parties", "topic": "topics", "commission": "commissions", "proposal": "proposals"}


def days_of(document: Document) -> Span:
    """Every day on which the event may have been."""
    span = widest(date.fromisoformat(document["date"]), document["date_precision"])
    end = document["end_date"]
    return Span(span.first, max(span.last, date.fromisoformat(end))) if end else span
