"""Nouns and relations as tables. Each noun has one; so has each list in its documents: `event_participants` has a row
for every participant of every event, numbered as the document has them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from rest_framework import serializers

from peacetracker.access.contents import NOUNS, Document, Noun
from peacetracker.access.meanings import meaning_of
from peacetracker.api.asking import Choice
from peacetracker.api.tables import NAMED_BY, Column, Names, columns, columns_of

# Lists that are nouns themselves, and spellings that nobody joins on.
NO_TABLE = {
    "positions", "commitments", "aliases", "adjectives", "native_unsure", "other_names", "lang", "more_sources",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A file of the release: its columns, and the rows that one document gives."""

    name: str
    title: str
    noun: Noun
    columns: list[Column]
    rows: Callable[[Document], list[Any]]
    keys: tuple[str, ...]
    is_relation: bool = False


def tables_of(noun: Noun, names: Names) -> Iterator[Table]:
    """The table of a noun, then those of its lists."""
    head = columns(noun.shape, names, Choice())
    yield Table(noun.table, noun.title, noun, head, lambda document: [document], (noun.key,))
    for name, field in noun.shape().get_fields().items():
        if name not in NO_TABLE and isinstance(field, serializers.ListField | serializers.ListSerializer):
            yield relation(noun, name, field, names)


def relation(noun: Noun, name: str, field: Any, names: Names) -> Table:
    """A list of a noun as a table: whose it is, the number in the list, and what stands there."""
    own: list[Column] = [
        Column(noun.one, lambda row: row["owner"], serializers.CharField()),
        Column("n", lambda row: row["n"], serializers.IntegerField()),
    ]
    title = f"{noun.title}: {name.replace('_', ' ')}"
    listed = partial(_numbered, noun.key, name)
    inner = field.child
    if isinstance(inner, serializers.Serializer):
        head = [column for part, child in inner.get_fields().items() for column in columns_of(part, child, names)]
    else:
        head = [Column("value", lambda value: value, inner)]
        if known := names.get(NAMED_BY.get(name, "")):
            head.append(Column("name", lambda value: known.get(value, value), serializers.CharField()))
    taken = {noun.one, "n"}
    found = [
        Column(f"{name}_{one.name}" if one.name in taken else one.name, partial(_inside, one.value), one.field,
               one.lists)
        for one in head
    ]  # fmt: skip
    return Table(f"{noun.one}_{name}", title, noun, own + found, listed, (noun.one, "n"), is_relation=True)


def _numbered(key: str, name: str, document: Document) -> list[Any]:
    listed = document[name] or []
    return [{"owner": document[key], "n": n, "item": item} for n, item in enumerate(listed, start=1)]


def _inside(value: Callable[[Any], Any], row: Any) -> Any:
    return value(row["item"])


def all_tables(names: Names) -> list[Table]:
    return [table for noun in NOUNS for table in tables_of(noun, names)]


def meaning(table: Table, column: Column) -> str:
    """What a column says: what its shape or its model explains, else the meaning of its name."""
    if column.field.help_text:
        return str(column.field.help_text)
    return _explained_by_model(table, column.name) or meaning_of(column.name)


def _explained_by_model(table: Table, name: str) -> str:
    if table.is_relation:
        return ""
    try:
        found: Any = table.noun.model._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    return str(getattr(found, "help_text", ""))


def values_of(column: Column) -> dict[str, str]:
    """The closed list that a column draws from: value and what it is called."""
    if not isinstance(column.field, serializers.ChoiceField):
        return {}
    return {str(value): str(label) for value, label in column.field.choices.items()}
