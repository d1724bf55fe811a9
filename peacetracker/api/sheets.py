"""Tables with types: Parquet, streamed row group by row group, and Excel, written line by line to a file on disk."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from io import RawIOBase
from itertools import islice
from typing import IO, Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from peacetracker.api.problems import Problem
from peacetracker.api.tables import SEPARATOR, Column

GROUP = 2000
MOST_ROWS, MOST_LETTERS = 100_000, 32_767
TYPES = {
    "string": pa.string(),
    "object": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}
READERS: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "object": lambda value: orjson.dumps(value).decode(),
}


def typed(column: Column, value: Any) -> Any:
    """The value as its kind has it: days as days, numbers as numbers, what is nested as JSON."""
    if value is None:
        return None
    if isinstance(value, list):
        return [typed(column, part) for part in value]
    read = READERS.get(column.kind)
    return read(value) if read else value


def field_of(column: Column) -> pa.Field:
    kind = TYPES[column.kind]
    for _list in range(column.lists):
        kind = pa.list_(kind)
    return pa.field(column.name, kind)


class Pipe(RawIOBase):
    """What Parquet is written to: holds what was written since it was last emptied."""

    def __init__(self) -> None:
        self.held: list[bytes] = []
        self.position = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.held.append(bytes(piece))
        self.position += len(self.held[-1])
        return len(self.held[-1])

    def tell(self) -> int:
        return self.position

    def take(self) -> bytes:
        taken, self.held = b"".join(self.held), []
        return taken


def parquet_pieces(head: list[Column], texts: Iterable[bytes]) -> Iterator[bytes]:
    """The file in pieces, one row group after another."""
    schema, pipe = pa.schema([field_of(column) for column in head]), Pipe()
    with pq.ParquetWriter(pa.PythonFile(pipe, mode="w"), schema, compression="zstd") as writer:
        rest = iter(texts)
        while rows := row_group(head, schema, islice(rest, GROUP)):
            writer.write_table(rows)
            yield pipe.take()
    yield pipe.take()


def row_group(head: list[Column], schema: pa.Schema, texts: Iterable[bytes]) -> pa.Table:
    documents = [orjson.loads(text) for text in texts]
    arrays = [
        pa.array([typed(column, column.value(document)) for document in documents], field.type)
        for column, field in zip(head, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def refuse_too_many(rows: int) -> None:
    """Raises Problem for more rows than a workbook is given."""
    if rows > MOST_ROWS:
        detail = _("A workbook holds at most %(most)d rows, and these are %(rows)d; take them as CSV.")
        raise Problem(
            400, detail % {"most": MOST_ROWS, "rows": rows}, parameter="format", known=["csv", "jsonl", "parquet"]
        )


def workbook(head: list[Column], texts: Iterable[bytes], *, made_at: datetime | None) -> IO[bytes]:
    """The rows as a workbook in a file of its own, which is gone when it is closed. Memory does not grow with them."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    with Workbook(
        file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}
    ) as book:
        if made_at:
            book.set_properties({"created": made_at})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 1)
        bold = book.add_format({"bold": True})
        for place, column in enumerate(head):
            sheet.write_string(0, place, column.name, bold)
        for number, text in enumerate(texts, start=1):
            document = orjson.loads(text)
            for place, column in enumerate(head):
                write(sheet, number, place, typed(column, column.value(document)))
    file.seek(0)
    return file


def write(sheet: Any, row: int, place: int, value: Any) -> None:
    """One cell; text is written as text, whatever it begins with."""
    if value is None or value == []:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value)
    else:
        text = joined(value)
        sheet.write_string(row, place, text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…")


def joined(value: Any) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(joined(part) for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
