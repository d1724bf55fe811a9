"""The tolerant path: feedparser, with corrections of ours."""

import io
import re
from datetime import datetime
from typing import Any

import feedparser

from peacetracker.newsroom.parsing.dates import parse_date
from peacetracker.newsroom.parsing.markup import html_of, title_text
from peacetracker.newsroom.parsing.model import Entry, NotAFeed, Parsed, primary_language, whole_minutes

ENTITY = re.compile(rb"<!ENTITY\s+(%?\s*[\w.-]+)\s+(?:\"([^\"]*)\"|'([^']*)'|[^>]*)[^>]*>")
IMPOSSIBLE = re.compile(rb"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")  # characters that Unicode has no room for
EXTENSIONS = re.compile(rb"</?(?:georss|gml|geo|media|psc|cc|creativecommons|itunes|admin|tags|license)\b[^>]*>", re.I)
TAGS = re.compile(rb"<[A-Za-z/][^<>]*>")
DEEPEST = 20_000  # feeds with faults leave elements open by the thousand
SHORT, EXPANDED = 64, 64 * 1024  # bytes that an entity of the document's own may stand for, alone and all in all


def read(data: bytes, base_url: str) -> Parsed:
    """What feedparser makes of a document in UTF-8; the result has no kind if it finds no feed in it."""
    if is_too_deep(data):
        raise NotAFeed("its elements are nested too deep")
    data = IMPOSSIBLE.sub(b"", disarm(data))
    try:
        found = _ask_feedparser(data, base_url)
    except Exception:  # it raises all sorts of errors on odd extensions, so once more without them
        try:
            found = _ask_feedparser(EXTENSIONS.sub(b"", data), base_url)
        except Exception as error:
            raise NotAFeed(f"this is too broken to be read ({type(error).__name__})") from error
    feed = found.feed
    link = _text(feed, "link")
    lang = primary_language(_text(feed, "language"))
    return Parsed(
        title=_title(feed),
        link=link,
        entries=[_entry(entry, base_url or link, lang) for entry in found.entries],
        ttl_minutes=whole_minutes(_text(feed, "ttl")),
        kind=found.get("version") or "",
        lang=lang,
        warnings=[f"not well-formed: {found.bozo_exception}"] if found.bozo else [],
    )


def _ask_feedparser(data: bytes, base_url: str) -> Any:
    """Asked with a stream, since it takes bytes for the name of a file; cleaned by us, which is surer and faster."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    if base_url:
        headers["content-location"] = base_url
    return feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)


def is_too_deep(data: bytes) -> bool:
    """Whether elements are nested deeper than any feed's: feedparser would take the square of it in time."""
    depth = 0
    for match in TAGS.finditer(data):
        tag = match.group(0)
        if not tag.endswith(b"/>"):
            depth = max(0, depth - 1) if tag.startswith(b"</") else depth + 1
            if depth > DEEPEST:
                return True
    return False


def disarm(data: bytes) -> bytes:
    """Without declarations of entities that would blow up the document; references to them stay as they are."""
    if b"<!ENTITY" not in data:
        return data
    return ENTITY.sub(lambda match: match.group(0) if _harmless(match, data) else b"", data)


def _harmless(match: re.Match[bytes], data: bytes) -> bool:
    value = match.group(2) or match.group(3) or b""
    return len(value) <= SHORT and len(value) * data.count(b"&" + match.group(1) + b";") <= EXPANDED


def _entry(entry: Any, base: str, lang: str | None) -> Entry:
    content: Any = next(iter(entry.get("content") or []), {})
    return Entry(
        guid=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_title(entry),
        summary=_html(_text(entry, "summary"), entry.get("summary_detail"), base),
        content=_html(_text(content, "value"), content, base),
        author=" ".join(_text(entry, "author").split()),
        published=_date(entry, "published") or _date(entry, "created"),
        updated=_date(entry, "updated"),
        lang=primary_language((entry.get("title_detail") or {}).get("language")) or lang,
    )


def _text(node: Any, name: str) -> str:
    """A field as text. Read past feedparser's own `get`, which fills a missing field from another one."""
    value = dict.get(node, name)
    return value if isinstance(value, str) else ""


def _date(entry: Any, name: str) -> datetime | None:
    return parse_date(_text(entry, name))


def _title(node: Any) -> str:
    detail = node.get("title_detail") or {}
    return title_text(_text(node, "title"), html=detail.get("type") != "text/plain")


def _html(value: str, detail: Any, base: str) -> str:
    return html_of(value, base, html=(detail or {}).get("type") != "text/plain")
