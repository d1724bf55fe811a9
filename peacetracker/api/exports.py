"""A list as a file: CSV, JSON Lines, GeoJSON; streamed, so that memory does not grow with it."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.http import HttpResponseBase, StreamingHttpResponse

from peacetracker.api.asking import MEDIA_TYPES, Asked, Choice
from peacetracker.api.tables import columns, csv_lines, names_of_the_record

PIECE = 64 * 1024


def pick(text: str, choice: Choice) -> str:
    """The document with the chosen fields alone; untouched, and not taken apart, where all are."""
    if not choice:
        return text
    return orjson.dumps({name: value for name, value in orjson.loads(text).items() if choice.keeps(name)}).decode()


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


def jsonl_lines(texts: Iterable[str], choice: Choice, gone: Iterable[dict[str, Any]] = ()) -> Iterator[str]:
    for text in texts:
        yield pick(text, choice) + "\n"
    for stone in gone:
        yield orjson.dumps(stone).decode() + "\n"


def geojson_lines(texts: Iterable[str], choice: Choice) -> Iterator[str]:
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


def download(lines: Iterable[str], format: str, name: str) -> HttpResponseBase:
    charset = "; charset=utf-8" if format in ("csv", "ics") else ""
    response = StreamingHttpResponse(in_pieces(lines), content_type=MEDIA_TYPES[format] + charset)
    ending = {"geojson": "geojson"}.get(format, format)
    response.headers["Content-Disposition"] = f'attachment; filename="peacetracker-{name}.{ending}"'
    return response


def export(asked: Asked, texts: Iterable[str], *, shape: Any, name: str, gone: Iterable[dict[str, Any]] = ()) -> Any:
    """The file in the format asked for, whose rows are `texts`."""
    if asked.format == "csv":
        lines = csv_lines(columns(shape, names_of_the_record(), asked.choice), texts)
    elif asked.format == "geojson":
        lines = geojson_lines(texts, asked.choice)
    else:
        lines = jsonl_lines(texts, asked.choice, gone)
    return download(lines, asked.format, name)
