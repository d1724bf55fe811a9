"""A list as a file: CSV, JSON Lines, GeoJSON, Parquet, Excel; streamed, so that memory does not grow with it."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from peacetracker.api.asking import MEDIA_TYPES, Asked, Choice
from peacetracker.api.rows import Paged
from peacetracker.api.tables import columns, csv_lines, names_of_the_record
from peacetracker.core.cache import generation

PIECE = 64 * 1024


def pick(text: bytes, choice: Choice) -> bytes:
    """The document with the chosen fields alone; untouched, and not taken apart, where all are."""
    if not choice:
        return text
    return orjson.dumps({name: value for name, value in orjson.loads(text).items() if choice.keeps(name)})


def in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Fewer, larger writes."""
    held, size = [], 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def jsonl_lines(texts: Iterable[bytes], choice: Choice, gone: Iterable[dict[str, Any]] = ()) -> Iterator[str]:
    for text in texts:
        yield pick(text, choice).decode() + "\n"
    for stone in gone:
        yield orjson.dumps(stone).decode() + "\n"


def geojson_lines(texts: Iterable[bytes], choice: Choice) -> Iterator[str]:
    """A feature for each event; one without a place has no geometry."""
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for text in texts:
        document = orjson.loads(text)
        place = document["place"]
        feature = {
            "type": "Feature",
            "id": document["slug"],
            "geometry": place and {"type": "Point", "coordinates": [place["lon"], place["lat"]]},
            "properties": {name: value for name, value in document.items() if choice.keeps(name)},
        }
        yield comma + orjson.dumps(feature).decode()
        comma = ","
    yield "]}"


def named(response: HttpResponseBase, format: str, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="peacetracker-{name}.{format}"'
    return response


def download(lines: Iterable[str], format: str, name: str) -> HttpResponseBase:
    charset = "; charset=utf-8" if format in ("csv", "ics") else ""
    response = StreamingHttpResponse(in_pieces(lines), content_type=MEDIA_TYPES[format] + charset)
    return named(response, format, name)


def export(asked: Asked, rows: Paged, *, shape: Any, name: str, gone: Iterable[dict[str, Any]] = ()) -> Any:
    """The rows as a file in the format asked for. Raises Problem for more rows than the format holds."""
    texts = rows.stream(asked.cursor, asked.limit)
    if asked.format == "jsonl":
        return download(jsonl_lines(texts, asked.choice, gone), asked.format, name)
    if asked.format == "geojson":
        return download(geojson_lines(texts, asked.choice), asked.format, name)
    head = columns(shape, names_of_the_record(), asked.choice)
    if asked.format == "csv":
        return download(csv_lines(head, texts), asked.format, name)
    # What writes these two is loaded when they are first asked for: it is as large as all the rest of a worker.
    from peacetracker.api.sheets import parquet_pieces, refuse_too_many, workbook

    if asked.format == "parquet":
        answer: HttpResponseBase = StreamingHttpResponse(
            parquet_pieces(head, texts), content_type=MEDIA_TYPES["parquet"]
        )
    else:
        refuse_too_many(asked.limit or rows.count())
        book = workbook(head, texts, made_at=generation().changed_at)
        answer = FileResponse(book, content_type=MEDIA_TYPES["xlsx"])
    return named(answer, asked.format, name)
