"""What a release says of itself: datapackage.json, the codebook, README and licence. Pure: values in, text out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from peacetracker.access.tabulating import Table, meaning, values_of
from peacetracker.api.tables import SEPARATOR, Column

TITLE = "Peace Tracker: an open, source-linked record of the Armenia–Azerbaijan peace process"
LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True)
class Edition:
    """Which record the files hold."""

    recorded_until: datetime | None
    covered_until: date | None
    version: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        until = self.recorded_until
        return {
            **({"version": self.version} if self.version else {}),
            "recorded_until": until and until.isoformat(timespec="microseconds"),
            "covered_until": self.covered_until and self.covered_until.isoformat(),
        }


@dataclass(frozen=True)
class Written:
    """A file of the release."""

    path: str
    bytes: int
    sha256: str


def text_of(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n"


def csv_type(column: Column) -> str:
    """A list is one cell of text, joined."""
    return "string" if column.lists else column.kind


def field_of(table: Table, column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": csv_type(column)}
    if says := meaning(table, column):
        described["description"] = says
    constraints: dict[str, Any] = {"required": True} if column.name in table.keys else {}
    values = values_of(column)
    if values and not column.lists:
        constraints["enum"] = list(values)
    return {**described, **({"constraints": constraints} if constraints else {})}


def schema_of(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [field_of(table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.keys),
    }
    if table.is_relation:
        owner = {"resource": table.noun.table, "fields": [table.noun.key]}
        schema["foreignKeys"] = [{"fields": [table.noun.one], "reference": owner}]
    return schema


def datapackage(edition: Edition, tables: Sequence[Table], files: Iterable[Written]) -> str:
    """A Frictionless data package: every table with its schema, the other files beside."""
    known = {file.path: file for file in files}
    resources = [_tabular(table, known.pop(f"csv/{table.name}.csv")) for table in tables]
    resources += [_plain(file) for file in known.values()]
    return text_of(
        {
            "name": "peace-tracker",
            "title": TITLE,
            **edition.facts,
            "licenses": [LICENSE],
            "keywords": ["Armenia", "Azerbaijan", "peace process", "diplomacy", "events"],
            "resources": resources,
        }
    )


def _tabular(table: Table, file: Written) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "title": table.title,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": schema_of(table),
    }


def _plain(file: Written) -> dict[str, Any]:
    name, _dot, ending = file.path.rpartition("/")[2].rpartition(".")
    return {
        "name": f"{name.replace('_', '-').lower()}-{ending}",
        "type": "file",
        "path": file.path,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def codebook(tables: Iterable[Table]) -> list[dict[str, Any]]:
    """Every table and column, with the values of closed lists."""
    return [
        {
            "table": table.name,
            "title": table.title,
            "key": list(table.keys),
            "columns": [
                {
                    "name": column.name,
                    "type": column.kind,
                    "list": bool(column.lists),
                    "meaning": meaning(table, column),
                    "values": values_of(column),
                }
                for column in table.columns
            ],
        }
        for table in tables
    ]


def codebook_text(tables: Iterable[Table]) -> str:
    lines = ["# Codebook", "", f"Several values in a cell of CSV are joined by `{SEPARATOR}`.", ""]
    for table in codebook(tables):
        lines += [f"## {table['table']}", "", f"{table['title']}. Key: {', '.join(table['key'])}.", ""]
        lines += ["| column | type | meaning | values |", "|---|---|---|---|"]
        for column in table["columns"]:
            values = ", ".join(f"`{value}` {label}" for value, label in column["values"].items())
            kind = f"list of {column['type']}" if column["list"] else column["type"]
            lines.append(f"| {column['name']} | {kind} | {column['meaning']} | {values} |")
        lines.append("")
    return "\n".join(lines)


LICENSE_TEXT = """The text and the structure of this record are licensed under Creative Commons Attribution 4.0
International (CC BY 4.0): https://creativecommons.org/licenses/by/4.0/

Quotations of at most fifteen words belong to their sources, which are named beside them. Coordinates with a GeoNames
id come from GeoNames (CC BY 4.0).
"""


def readme(edition: Edition, tables: Iterable[Table], events: int) -> str:
    facts = edition.facts
    rows = "\n".join(f"| {table.name} | {table.title} |" for table in tables)
    return f"""# {TITLE}

{f"Release {edition.version}. " if edition.version else ""}Recorded until {facts["recorded_until"]} (UTC), covered
until {facts["covered_until"]}: {events} events. No record does not mean no contact.

- `csv/` and `jsonl/`: every table twice. In JSON Lines a noun's line is the whole document, as the API serves it.
- `network-leaders` and `network-parties` (`.graphml`, `.gexf`): who took part in the same held contacts.
- `codebook.md`, `codebook.json`: every column, with the values of closed lists.
- `datapackage.json`: a Frictionless data package of the CSV tables. `SHA256SUMS`: check with `sha256sum -c`.

Dates are the earliest possible day: read them with `date_precision`. In an account, `complete` says that the whole
readout was read, so that a subject it does not name was left out; without it silence means nothing. A cell of CSV that
a spreadsheet would run as a formula has an apostrophe in front; JSON Lines has the text as it is.

| table | holds |
|---|---|
{rows}
"""
