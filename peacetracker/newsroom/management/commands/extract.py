"""`extract`: draft events out of a file of texts, one JSON line each."""

from __future__ import annotations

import gc
import json
import os
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from peacetracker.newsroom.extraction import NOUNS, Gazetteer, extract
from peacetracker.newsroom.extraction.output import as_line
from peacetracker.newsroom.lexicon import stored_rows

CHUNK = 64
Rows = dict[str, list[dict[str, Any]]]


class Doc(NamedTuple):
    """One text to read."""

    doc_id: str
    lang: str | None
    published: date | None
    title: str
    text: str


_gazetteer: Gazetteer | None = None


def _prepare(rows: Rows) -> None:
    """Build the gazetteer once in each process."""
    global _gazetteer
    _gazetteer = Gazetteer.from_rows(rows)
    gc.freeze()  # the gazetteer stays: the collector need not walk it after every few texts


def _read(doc: Doc) -> bytes:
    if _gazetteer is None:
        raise RuntimeError("the gazetteer is not prepared")
    found = extract(_gazetteer, text=doc.text, title=doc.title, published=doc.published, lang=doc.lang)
    return orjson.dumps(as_line(_gazetteer, doc.doc_id, found)) + b"\n"


class Command(BaseCommand):
    help = "Draft events from JSON Lines of texts: {doc_id, lang, published, title, text}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", required=True, type=Path)
        parser.add_argument("--output", required=True, type=Path)
        parser.add_argument("--record", type=Path, help="directory of the record's JSON Lines; default: the database")
        parser.add_argument("--workers", type=int, default=1, help="processes (1)")

    def handle(self, *args: object, **options: Any) -> None:
        if options["workers"] < 1:
            raise CommandError("--workers must be 1 or more")
        docs = list(_docs(options["input"]))
        rows = _rows(options["record"])
        began = time.perf_counter()
        _write(options["output"], _lines(docs, rows, options["workers"]))
        took = time.perf_counter() - began
        self.stderr.write(f"{len(docs)} documents, {len(docs) / max(took, 1e-9):.0f} documents per second")


def _lines(docs: list[Doc], rows: Rows, workers: int) -> Iterator[bytes]:
    if workers == 1:
        _prepare(rows)
        yield from map(_read, docs)
        return
    with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(rows,)) as pool:
        yield from pool.map(_read, docs, chunksize=CHUNK)


def _docs(path: Path) -> Iterator[Doc]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _doc(orjson.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CommandError(f"{path} line {number}: {_why(error)}") from error


def _why(error: Exception) -> str:
    return f"no {error}" if isinstance(error, KeyError) else str(error)


def _doc(row: dict[str, Any]) -> Doc:
    if not isinstance(row, dict):
        raise TypeError("not a JSON object")
    for name in ("doc_id", "text"):
        if not isinstance(row[name], str):
            raise TypeError(f"{name} is not a text")
    published = row.get("published")
    day = datetime.fromisoformat(published).date() if published else None
    return Doc(row["doc_id"], row.get("lang"), day, row.get("title") or "", row["text"])


def _rows(directory: Path | None) -> Rows:
    """The record's rows: of a directory, else of the database, else of the files that come with the project."""
    if directory is None:
        try:
            stored = stored_rows()
        except DatabaseError:
            stored = {}
        if stored.get("people"):
            return stored
        directory = Path(settings.DATA_DIR)
    try:
        return {
            noun: [json.loads(line) for line in (directory / f"{noun}.jsonl").open(encoding="utf-8")] for noun in NOUNS
        }
    except OSError as error:
        raise CommandError(f"cannot read the record in {directory}: {error.strerror}") from error


def _write(path: Path, lines: Iterable[bytes]) -> None:
    """Write all or nothing: a temporary file beside the output, then renamed."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name}.")
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(lines)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
