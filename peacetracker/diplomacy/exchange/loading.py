"""load_record: the files of data/ into the tables. Idempotent, checked whole before anything is kept, all or nothing.

A row is compared three ways: as it was at the last load, as the file has it, as it stands. So an editor's change is
never overwritten: where the file changed too, the row is listed as a conflict and left as the editor has it.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from peacetracker.diplomacy import keeping, record
from peacetracker.diplomacy.choices import Kind, Visibility
from peacetracker.diplomacy.exchange.dumping import DUMPS, keyed_rows
from peacetracker.diplomacy.exchange.schema import BadLine, Row, read_file
from peacetracker.diplomacy.exchange.writing import WRITERS, Load, key_of
from peacetracker.diplomacy.gathering import NOUNS
from peacetracker.diplomacy.models import (
    Body,
    Commitment,
    Event,
    Keeping,
    Leader,
    LoadedRow,
    PastSlug,
    Place,
    Proposal,
    Tenure,
    Topic,
)
from peacetracker.diplomacy.references import settle_publishers

Progress = Callable[[str, int], None]
RECORDS = {
    "topics": Topic, "places": Place, "people": Leader, "bodies": Body, "proposals": Proposal, "events": Event,
    "commitments": Commitment,
}  # fmt: skip
PAST_NOUNS = {"events": "event"}


@dataclass
class Report:
    """What a load did, noun by noun, and what an editor should look at."""

    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def count(self, where: dict[str, int], noun: str) -> None:
        where[noun] = where.get(noun, 0) + 1

    @property
    def changed(self) -> int:
        return sum(self.created.values()) + sum(self.updated.values())


def files_digest(directory: Path) -> str:
    """One hash over all files of the record; the record is loaded anew only when it changes."""
    total = hashlib.sha256()
    for noun in DUMPS:
        total.update(hashlib.sha256((directory / f"{noun}.jsonl").read_bytes()).digest())
    return total.hexdigest()


def is_loaded(directory: Path) -> bool:
    kept = Keeping.objects.filter(pk=1).first()
    return bool(kept and kept.files_sha256 == files_digest(directory))


def load(directory: Path, *, progress: Progress = lambda noun, rows: None) -> Report:
    """Load all files of a directory. Raises BadLine or FileNotFoundError, and then nothing has changed."""
    files = {noun: read_file(directory, noun) for noun in DUMPS}
    report, state = Report(), Load()
    with transaction.atomic():
        state.refs.prepare_sources(_addresses(row for rows in files.values() for _line, row in rows))
        for noun, rows in files.items():
            _load_noun(noun, rows, state, report)
            progress(noun, len(rows))
            if noun in ("bodies", "proposals"):
                _link(noun, state)
        if "publishers" in report.created or "publishers" in report.updated:
            settle_publishers()
        _settle(state, progress)
        keeping.keeping()
        Keeping.objects.filter(pk=1).update(files_sha256=files_digest(directory), loaded_at=timezone.now())
    return report


def _addresses(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        yield from (source["url"] for source in row.get("sources", []))
        yield from (row[name] for name in ("source_url",) if name in row)
        yield from row.get("more_source_urls", [])
        yield from (seat["source_url"] for seat in row.get("members", []))
        if "source" in row:
            yield row["source"]["url"]


def _link(noun: str, state: Load) -> None:
    try:
        for link in state.links:
            link()
    except ValueError as error:
        raise BadLine(f"{noun}.jsonl", 0, error) from None
    state.links.clear()


def _load_noun(noun: str, rows: list[tuple[int, Row]], state: Load, report: Report) -> None:
    present = keyed_rows(noun)
    loaded = dict(LoadedRow.objects.filter(noun=noun).values_list("key", "sha256"))
    closed = _closed(noun)
    # A row whose natural key an editor or a merger has changed keeps the id that it was given first.
    given = {key_of(noun, row): key for key, row in present.items()}
    seen: dict[str, str] = {}
    for line, row in rows:
        key = given.get(key_of(noun, row), key_of(noun, row))
        if key in seen:
            raise BadLine(f"{noun}.jsonl", line, f"“{key}” stands on an earlier line too")
        seen[key] = keeping.digest(row)
        if key in closed:
            report.kept.append(f"{noun} {key}: {closed[key]}, stays so")
        elif _is_due(noun, key, seen[key], present.get(key), row, loaded, report):
            _write(noun, line, key, row, state)
            report.count(report.updated if key in present else report.created, noun)
        if noun == "events" and row["kind"] in (Kind.CALL, Kind.MEETING) and len(row["participants"]) < 2:
            report.warnings.append(f"events {key}: fewer than two participants")
    report.warnings += [f"{noun} {key}: no longer in the files; left as it is" for key in loaded.keys() - seen.keys()]
    _remember(noun, {key: sha for key, sha in seen.items() if loaded.get(key) != sha})


def _closed(noun: str) -> dict[str, str]:
    """Names that a load may not bring back: withdrawn, merged, renamed."""
    closed = dict(PastSlug.objects.filter(noun=PAST_NOUNS.get(noun, noun)).values_list("slug", "became"))
    closed = {slug: f"renamed to {became}" for slug, became in closed.items()}
    if noun in RECORDS:
        hidden = RECORDS[noun].objects.exclude(visibility=Visibility.PUBLIC)
        closed |= dict(hidden.values_list("slug", "visibility"))
    return closed


def _is_due(
    noun: str, key: str, sha: str, present: Row | None, row: Row, loaded: dict[str, str], report: Report
) -> bool:
    """Whether the row is to be written: new, or changed in the file alone."""
    if present is None and key not in loaded:
        return True
    if present == row or loaded.get(key) == sha:
        return False
    if present is not None and loaded.get(key) == keeping.digest(present):
        return True
    report.conflicts.append(f"{noun} {key}: changed in the file and by an editor; the editor's stands")
    return False


def _write(noun: str, line: int, key: str, row: Row, state: Load) -> None:
    try:
        WRITERS[noun](row, key, state)
    except (ValueError, ValidationError, IntegrityError) as error:
        raise BadLine(f"{noun}.jsonl", line, error) from None


def _remember(noun: str, digests: dict[str, str]) -> None:
    LoadedRow.objects.bulk_create(
        (LoadedRow(noun=noun, key=key, sha256=sha) for key, sha in digests.items()),
        update_conflicts=True,
        unique_fields=["noun", "key"],
        update_fields=["sha256"],
        batch_size=500,
    )


def _settle(state: Load, progress: Progress) -> None:
    if Tenure.objects.exists():
        record.settle_leader_parties()
    for noun in NOUNS:
        record.settle(noun, author=record.LOADER)
    progress("versions", len(record.settle_events(state.touched_events, author=record.LOADER)))
