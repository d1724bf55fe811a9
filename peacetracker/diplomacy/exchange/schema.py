"""What a line of each file must look like. A bad line is named by file and line, with what is wrong and where."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import TextChoices

from peacetracker.core.dates import parse_partial
from peacetracker.diplomacy import choices
from peacetracker.diplomacy.rows import INDEPENDENT

Row = dict[str, Any]
Check = Callable[[Any], None]


class BadLine(ValueError):
    """A line that can't be loaded: file, line number, what is wrong."""

    def __init__(self, file: str, line: int, what: object) -> None:
        super().__init__(f"{file}, line {line}: {what}")


def text(longest: int = 2000) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, str) or not value.strip():
            raise ValueError("is empty or not a text")
        if len(value) > longest:
            raise ValueError(f"is longer than {longest} characters")
        if "\x00" in value:
            raise ValueError("holds a NUL character")

    return check


def one_of(values: type[TextChoices]) -> Check:
    def check(value: Any) -> None:
        if value not in values.values:
            raise ValueError(f"“{value}” is not one of {', '.join(values.values)}")

    return check


def maybe(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def many(check: Check) -> Check:
    def check_all(value: Any) -> None:
        if not isinstance(value, list):
            raise ValueError("is not a list")
        for one in value:
            check(one)

    return check_all


def distinct(check: Check) -> Check:
    def check_all(value: Any) -> None:
        many(check)(value)
        if len(set(value)) != len(value):
            raise ValueError("names something twice")

    return check_all


def record_of(**fields: Check) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, dict):
            raise ValueError("is not an object")
        check_fields(value, fields)

    return check


def check_fields(row: Mapping[str, Any], fields: Mapping[str, Check]) -> None:
    """Raises ValueError naming the first field that is missing, unknown or wrong."""
    for name in fields.keys() - row.keys():
        raise ValueError(f"the field “{name}” is missing")
    for name in row.keys() - fields.keys():
        raise ValueError(f"the field “{name}” is not known")
    for name, check in fields.items():
        try:
            check(row[name])
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None


def slug(value: Any) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 120:
        raise ValueError(f"“{value}” is not a slug (small letters, digits, single hyphens, at most 120)")


def code(value: Any) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{2,8}", value):
        raise ValueError(f"“{value}” is not a party's code")


def side(value: Any) -> None:
    if value != INDEPENDENT:
        code(value)


def day(value: Any) -> None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"“{value}” is not a date (YYYY-MM-DD)") from None


def partial(value: Any) -> None:
    if not isinstance(value, str):
        raise ValueError(f"“{value}” is not a date")
    parse_partial(value)


def flag(value: Any) -> None:
    if not isinstance(value, bool):
        raise ValueError("is not true or false")


def whole(value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"“{value}” is not a whole number")


def degrees(limit: int) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, int | float) or isinstance(value, bool) or not -limit <= value <= limit:
            raise ValueError(f"“{value}” is not between -{limit} and {limit}")

    return check


def address(value: Any) -> None:
    if not isinstance(value, str) or not re.match(r"https?://[^\s/]+\.[^\s/]+", value) or len(value) > 1000:
        raise ValueError(f"“{value}” is not a web address")


def names(value: Any) -> None:
    if not isinstance(value, dict) or not all(isinstance(v, str) and v for v in value.values()):
        raise ValueError("is not an object of language and name")


def spoken(value: Any) -> None:
    if not isinstance(value, dict):
        raise ValueError("is not an object of language and list of names")
    many(many(text(200)))(list(value.values()))


SOURCE = record_of(
    url=address, publisher=text(200), title=text(500), published=maybe(day), lang=text(12), side=side
)  # fmt: skip
SEAT = record_of(
    person=slug, role=text(60), party=code, start=maybe(partial), end=maybe(partial), source_url=address
)  # fmt: skip
NATIVE: dict[str, Check] = {"name_native": names, "native_unsure": many(text(8))}

FIELDS: dict[str, dict[str, Check]] = {
    "parties": {
        "code": code, "name": text(250), "kind": one_of(choices.PartyKind), "adjectives": many(text(60)),
        "aliases": many(text(100)), **NATIVE,
    },
    "publishers": {
        "domain": text(120), "name": text(200), "party": maybe(code), "kind": one_of(choices.PublisherKind),
        "lang": many(text(12)), "note": maybe(text()),
    },
    "topics": {"slug": slug, "name": text(250), "description": text(), **NATIVE},
    "places": {
        "slug": slug, "name": text(250), "country": text(2), "lat": degrees(90), "lon": degrees(180),
        "approximate": flag, "geonameid": maybe(whole), "other_names": many(text(200)), **NATIVE,
    },
    "people": {
        "slug": slug, "name": text(250), "name_native": names, "aliases": many(text(200)),
        "native_unsure": many(text(8)),
    },
    "offices": {
        "slug": slug, "title": text(200), "party": code, "aliases": many(text(200)), "single_holder": flag,
        "title_native": names, "short_native": spoken, "native_unsure": many(text(8)),
    },
    "tenures": {
        "person": slug, "office": slug, "start": maybe(day), "start_precision": one_of(choices.BoundPrecision),
        "end": maybe(day), "end_precision": one_of(choices.BoundPrecision), "acting": flag, "source_url": address,
        "note": maybe(text()),
    },
    "bodies": {
        "slug": slug, "name": text(250), "kind": one_of(choices.BodyKind), "parties": distinct(code),
        "established": maybe(partial), "dissolved": maybe(partial), "mandate": text(), "parts": distinct(slug),
        "part_of": maybe(slug), "sits_jointly_with": distinct(slug),
        "members": many(SEAT),
        "sources": many(SOURCE), **NATIVE,
    },
    "proposals": {
        "slug": slug, "name": text(250), "kind": one_of(choices.ProposalKind), "proposer": distinct(code),
        "recipient": distinct(code), "proposer_note": maybe(text(250)), "date": day,
        "date_precision": one_of(choices.Precision), "status": text(250), "summary": text(),
        "points": many(record_of(n=maybe(whole), title=maybe(text(250)), text=text())), "succeeds": maybe(slug),
        "part_of": maybe(slug), "sources": many(SOURCE),
    },
    "positions": {
        "proposal": maybe(slug), "topic": slug, "point": maybe(whole), "party": code, "stance": one_of(choices.Stance),
        "asserted_by": slug, "asserted_by_name": text(200), "asserted_by_kind": one_of(choices.AsserterKind),
        "date": day, "date_precision": one_of(choices.Precision), "summary": text(), "source_url": address,
        "more_source_urls": distinct(address),
    },
    "events": {
        "slug": slug, "kind": one_of(choices.Kind), "date": day, "end_date": maybe(day),
        "date_precision": one_of(choices.Precision), "title": text(200), "summary": text(), "place": maybe(slug),
        "participants": many(record_of(person=slug, role=one_of(choices.Role))), "parties": distinct(code),
        "topics": distinct(slug), "bodies": distinct(slug), "proposals": distinct(slug), "outcomes": many(text()),
        "status": one_of(choices.Status), "sources": many(SOURCE), "note": maybe(text()),
    },
    "accounts": {
        "event": slug, "voice": code, "source_url": address, "complete": flag,
        "says": many(record_of(subject=slug, text=text(), quote=maybe(text(200)))),
    },
    "announcements": {"event": slug, "announced_on": day, "by": side, "text": text(), "source": SOURCE},
    "commitments": {
        "slug": slug, "event": slug, "text": text(), "by": distinct(code), "due": maybe(partial),
        "status": one_of(choices.CommitmentStatus), "resolved_on": maybe(partial), "resolved_by_event": maybe(slug),
        "note": maybe(text()), "sources": many(SOURCE),
    },
    "discrepancies": {
        "event": maybe(slug), "proposal": maybe(slug), "tenure": maybe(text(250)), "field": text(60), "value": text(),
        "according_to": text(250), "source_url": address, "note": maybe(text()),
    },
}  # fmt: skip


def check_event(row: Row) -> None:
    """What no single field shows. Raises ValueError."""
    if not row["sources"]:
        raise ValueError("sources: an event needs at least one")
    if row["end_date"] and row["end_date"] < row["date"]:
        raise ValueError("end_date: lies before date")
    for values, what in (
        ([part["person"] for part in row["participants"]], "participants: a person is named twice"),
        ([source["url"] for source in row["sources"]], "sources: an address is cited twice"),
    ):
        if len(values) != len(set(values)):
            raise ValueError(what)


def check_row(noun: str, row: Row) -> None:
    """Raises ValueError with what is wrong."""
    check_fields(row, FIELDS[noun])
    if noun == "events":
        check_event(row)


def read_file(directory: Path, noun: str) -> list[tuple[int, Row]]:
    """The checked rows of one file with their line numbers. Raises BadLine, or FileNotFoundError for a missing file."""
    return list(_read(directory / f"{noun}.jsonl", noun))


def _read(path: Path, noun: str) -> Iterator[tuple[int, Row]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("the line is not an object")
                check_row(noun, row)
            except ValueError as error:
                raise BadLine(path.name, number, error) from None
            yield number, row
