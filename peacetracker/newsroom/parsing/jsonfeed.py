"""JSON Feed 1.0 and 1.1."""

from typing import Any

import orjson

from peacetracker.newsroom.parsing.dates import parse_date
from peacetracker.newsroom.parsing.markup import safe_html, text_as_html, title_text
from peacetracker.newsroom.parsing.model import Entry, NotAFeed, Parsed, primary_language


def read(data: bytes) -> Parsed:
    """Raises NotAFeed for JSON of any other kind."""
    try:
        feed = orjson.loads(data)
    except (ValueError, RecursionError):
        raise NotAFeed("this looks like JSON but is none") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotAFeed("this is JSON, but no JSON Feed")
    version = _text(feed, "version")
    if "jsonfeed.org" not in version and not _text(feed, "title"):
        raise NotAFeed("this is JSON, but no JSON Feed")
    link = _text(feed, "home_page_url")
    return Parsed(
        title=title_text(_text(feed, "title"), html=False),
        link=link,
        entries=[_entry(item, link) for item in feed["items"] if isinstance(item, dict)],
        kind="json11" if version.endswith("1.1") else "json10",
        lang=primary_language(_text(feed, "language")),
    )


def _entry(item: dict[str, Any], base: str) -> Entry:
    html = _text(item, "content_html")
    content = safe_html(html, base) if html else text_as_html(_text(item, "content_text"))
    authors = item.get("authors") or [item.get("author")]
    names = (
        [_text(author, "name") for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    )
    return Entry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=title_text(_text(item, "title"), html=False),
        summary=text_as_html(_text(item, "summary")) or content,
        content=content,
        author=", ".join(filter(None, names)),
        published=parse_date(_text(item, "date_published")),
        updated=parse_date(_text(item, "date_modified")),
        lang=primary_language(_text(item, "language")),
    )


def _text(node: dict[str, Any], name: str) -> str:
    """A string or number as text; the empty string for all else, since feeds get types wrong."""
    value = node.get(name)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
