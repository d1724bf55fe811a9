"""The nouns beside events as they were recorded on a day: some hundred documents, narrowed one by one."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import orjson

from peacetracker.core.text import fold
from peacetracker.diplomacy.recorded import events_at, records_at
from peacetracker.diplomacy.sourcing import sources_of

Document = dict[str, Any]


def values_at(document: Any, path: str) -> list[Any]:
    """All values at a dotted path; lists on the way, and the values of a dict at its end, are gone through."""
    found = [document]
    for name in path.split("."):
        found = [one[name] for one in found if one is not None]
        found = [part for one in found for part in (one if isinstance(one, list) else [one])]
    return [part for one in found for part in (one.values() if isinstance(one, dict) else [one]) if part is not None]


def has_any(values: list[Any], given: list[str]) -> bool:
    return any(value in given for value in values)


def has_words(values: list[Any], given: list[str]) -> bool:
    text = " " + " · ".join(fold(value) for value in values)
    return all(f" {word}" in text for word in fold(given[0]).split())


def documents_at(noun: str, moment: datetime) -> list[Document]:
    """The documents of a noun at a moment; nothing of a record that was not public then."""
    found = [
        orjson.loads(text) for text in records_at(noun, moment).order_by("slug").values_list("document", flat=True)
    ]
    if noun == "commitment":
        shown = set(events_at(moment).values_list("slug", flat=True))
        found = [one for one in found if one["event"] in shown]
    return found


def everything_at(moment: datetime) -> Iterator[tuple[str, Document]]:
    """Each document that cites pages, with its noun."""
    texts = events_at(moment).order_by("first_day", "slug").values_list("document", flat=True)
    yield from (("event", orjson.loads(text)) for text in texts.iterator(chunk_size=500))
    for noun in ("leader", "proposal", "body", "commitment", "position"):
        yield from ((noun, document) for document in documents_at(noun, moment))


def sources_at(_noun: str, moment: datetime) -> list[Document]:
    return sources_of(everything_at(moment), documents_at("publisher", moment))


def shown(document: Document, fields: Iterable[str]) -> bytes:
    """The document with these fields; one that was not yet kept then is null."""
    return orjson.dumps({name: document.get(name) for name in fields})
