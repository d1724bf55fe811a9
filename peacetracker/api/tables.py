"""Documents as rows of a table. The columns come from the shape: `place_name`, `participants_leader_slug` ...

Lists are joined by “ | ”, and public names have the names in words beside them (`topics` and `topics_names`).
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from rest_framework import serializers

from peacetracker.api.asking import Choice
from peacetracker.diplomacy.models import Body, Leader, Party, Proposal, Topic

SEPARATOR = " | "
# A spreadsheet would run a cell that begins so.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NAMED_BY = {
    "topics": "topic", "topic": "topic", "parties": "party", "party": "party", "proposer": "party",
    "recipient": "party", "by": "party", "voice": "party", "side": "party",
    "commissions": "body", "parts": "body", "part_of": "body",
    "sits_jointly_with": "body", "proposals": "proposal", "proposal": "proposal", "succeeds": "proposal",
    "hosts": "leader", "mediators": "leader", "initiator": "leader",
}  # fmt: skip
Names = dict[str, dict[str, str]]


def names_of_the_record() -> Names:
    """What every public name is called, by noun."""
    found = {
        noun: dict(model._default_manager.values_list("slug", "name"))
        for noun, model in (("topic", Topic), ("body", Body), ("proposal", Proposal), ("leader", Leader))
    }
    return {**found, "party": dict(Party.objects.values_list("code", "name"))}


# What a cell holds, by the field of the shape; everything else is text.
KINDS: dict[type[serializers.Field[Any, Any, Any, Any]], str] = {
    serializers.IntegerField: "integer",
    serializers.FloatField: "number",
    serializers.BooleanField: "boolean",
    serializers.DateField: "date",
    serializers.DateTimeField: "datetime",
    serializers.DictField: "object",
}


@dataclass(frozen=True)
class Column:
    """One column: how its value is read from a document, what kind of thing it is, and in how many lists it lies."""

    name: str
    value: Callable[[Any], Any]
    field: Any
    lists: int = 0

    @property
    def kind(self) -> str:
        return KINDS.get(type(self.field), "string")


def columns(shape: type[serializers.Serializer[Any]], names: Names, choice: Choice) -> list[Column]:
    """The columns of a noun's table, in the order of its fields."""
    found: list[Column] = []
    for name, field in shape().get_fields().items():
        if choice.keeps(name):
            found += columns_of(name, field, names)
    return found


def columns_of(name: str, field: Any, names: Names) -> list[Column]:
    """The columns of one field: itself and what it names in words, or those of what is nested in it."""
    many = isinstance(field, serializers.ListSerializer)
    inside: Any = field.child if many else field
    if isinstance(inside, serializers.Serializer):
        reach = _of_each if many else _of_one
        return [
            Column(f"{name}_{inner.name}", partial(reach, name, inner.value), inner.field, inner.lists + many)
            for part, child in inside.get_fields().items()
            for inner in columns_of(part, child, names)
        ]
    listed = isinstance(field, serializers.ListField)
    leaf: Any = field.child if listed else field
    plain = Column(name, partial(_value, name), leaf, int(listed))
    known = names.get(NAMED_BY.get(name, ""))
    if known is None:
        return [plain]
    ending = "names" if listed else "name"
    return [plain, Column(f"{name}_{ending}", partial(_in_words, name, known), serializers.CharField(), int(listed))]


def _value(name: str, document: Any) -> Any:
    return document[name]


def _in_words(name: str, known: dict[str, str], document: Any) -> Any:
    value = document[name]
    return [known.get(one, one) for one in value] if isinstance(value, list) else known.get(value, value)


def _of_one(name: str, inner: Callable[[Any], Any], document: Any) -> Any:
    return None if document[name] is None else inner(document[name])


def _of_each(name: str, inner: Callable[[Any], Any], document: Any) -> list[Any]:
    return [inner(part) for part in document[name]]


def cell(value: Any) -> str:
    """One cell, as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = SEPARATOR.join(cell(part) for part in value)
    elif isinstance(value, dict):
        value = orjson.dumps(value).decode()
    elif not isinstance(value, str):
        return str(value)  # a number may begin with a minus
    return f"'{value}" if value.startswith(FORMULA) else value


class Line:
    """What csv.writer writes to: hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(head: list[Column], texts: Iterable[bytes]) -> Iterator[str]:
    """The table line by line; the mark in front tells Excel that it is UTF-8."""
    write = csv.writer(Line()).writerow
    yield "\ufeff" + str(write([column.name for column in head]))
    for text in texts:
        document = orjson.loads(text)
        yield str(write([cell(column.value(document)) for column in head]))
