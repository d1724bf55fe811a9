"""The files of a release, the same to the byte whenever they are made from the same record: rows in a fixed order, in
one language, and no time in them but that of the record."""

import csv
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Protocol

import orjson
from django.utils import translation

from peacetracker.access import describing, graphs
from peacetracker.access.contents import NOUNS, Document, last_recorded, names_at
from peacetracker.access.describing import Edition, Written
from peacetracker.access.tabulating import Table, all_tables
from peacetracker.api.tables import Names, cell
from peacetracker.diplomacy.choices import Status
from peacetracker.diplomacy.terms import days_of

SUMS = "SHA256SUMS"
BLOCK = 1024 * 1024
TOLD_EVERY = 2_000  # documents
# The tables, one by one; the networks; the words about them with the checksums.
STEPS = len(NOUNS) + 2


class Tell(Protocol):
    """Hears how far it is: what is being written now, and how many of all steps are behind it."""

    def __call__(self, step: str, done: int, steps: int, /) -> None: ...


def nobody(step: str, done: int, steps: int, /) -> None:
    """Nobody asks how far it is."""


class Sheet:
    """A table being written, as CSV and as JSON Lines."""

    def __init__(self, table: Table, directory: Path, files: ExitStack) -> None:
        self.table = table
        self.lines: IO[str] = files.enter_context(self._open(directory / "jsonl" / f"{table.name}.jsonl"))
        self.write = csv.writer(files.enter_context(self._open(directory / "csv" / f"{table.name}.csv"))).writerow
        self.write([column.name for column in table.columns])

    @staticmethod
    def _open(path: Path) -> IO[str]:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8", newline="")

    def add(self, document: Document, text: str) -> None:
        for row in self.table.rows(document):
            values = {column.name: column.value(row) for column in self.table.columns}
            self.write([cell(value) for value in values.values()])
            self.lines.write((orjson.dumps(values).decode() if self.table.is_relation else text) + "\n")


class Count:
    """What the events add up to: their number, the day they reach, and who met whom."""

    def __init__(self, names: Names) -> None:
        self.events, self.last, self.network = 0, date.min, graphs.Network()
        self.network.leaders.names, self.network.parties.names = names["leader"], names["party"]

    def add(self, document: Document) -> None:
        self.events += 1
        if document["status"] != Status.SCHEDULED:
            self.last = max(self.last, days_of(document).last)
        self.network.add(document)


def write_package(
    directory: Path,
    *,
    moment: datetime,
    covered_until: date | None = None,
    version: str = "",
    tell: Tell = nobody,
) -> tuple[Edition, int]:
    """Write the record as it stood at the moment into an empty directory; without `covered_until`, that of its last
    event that is not only scheduled. Returns which edition it is, and the number of events."""
    with translation.override("en"):
        names = names_at(moment)
        tables, count = all_tables(names), Count(names)
        _write_tables(directory, tables, moment, count, tell)
        tell("network", len(NOUNS), STEPS)
        _write_networks(directory, count.network)
        reached = covered_until or (count.last if count.events else None)
        edition = Edition(last_recorded(moment), reached, version)
        tell("codebook, checksums", len(NOUNS) + 1, STEPS)
        _write_words(directory, tables, edition, count.events)
    return edition, count.events


def _write_tables(directory: Path, tables: list[Table], moment: datetime, count: Count, tell: Tell) -> None:
    for done, noun in enumerate(NOUNS):
        with ExitStack() as files:
            sheets = [Sheet(table, directory, files) for table in tables if table.noun is noun]
            for n, text in enumerate(noun.texts(moment)):
                if n % TOLD_EVERY == 0:
                    tell(f"{noun.table} {n}" if n else noun.table, done, STEPS)
                document: Document = orjson.loads(text)
                for sheet in sheets:
                    sheet.add(document, text)
                if noun.noun == "event":
                    count.add(document)


def _write_networks(directory: Path, network: graphs.Network) -> None:
    for name, ties in (("leaders", network.leaders), ("parties", network.parties)):
        (directory / f"network-{name}.graphml").write_bytes(graphs.graphml(ties))
        (directory / f"network-{name}.gexf").write_bytes(graphs.gexf(ties))


def _write_words(directory: Path, tables: list[Table], edition: Edition, events: int) -> None:
    texts = {
        "codebook.json": describing.text_of(describing.codebook(tables)),
        "codebook.md": describing.codebook_text(tables),
        "LICENSE.txt": describing.LICENSE_TEXT,
        "README.md": describing.readme(edition, tables, events),
    }
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8")
    package = describing.datapackage(edition, tables, list(files_in(directory)))
    (directory / "datapackage.json").write_text(package, encoding="utf-8")


def files_in(directory: Path) -> Iterator[Written]:
    """Every file, by its path; not the list of checksums itself."""
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.name != SUMS:
            yield Written(path.relative_to(directory).as_posix(), path.stat().st_size, digest(path))


def digest(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            total.update(block)
    return total.hexdigest()


def write_sums(directory: Path) -> list[dict[str, Any]]:
    """The last file: the checksums of all others. Returns what each file is called, its size and its checksum."""
    files = list(files_in(directory))
    text = "".join(f"{file.sha256}  {file.path}\n" for file in files)
    (directory / SUMS).write_text(text, encoding="utf-8")
    files.append(Written(SUMS, len(text.encode()), digest(directory / SUMS)))
    return [{"path": file.path, "bytes": file.bytes, "sha256": file.sha256} for file in files]
