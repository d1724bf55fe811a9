"""The article in a web page: its title, text, day and language, without what stands around it."""

from dataclasses import dataclass
from datetime import date

import trafilatura

from peacetracker.newsroom.addresses import canonical, same_site
from peacetracker.newsroom.discovery import links_of
from peacetracker.newsroom.parsing.encoding import CHARSET, decode, known_name


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says. An empty text means that no article was found in it. `address` is the one that the page calls
    its own, if it is on the same site; else the one that it was asked for by."""

    title: str = ""
    text: str = ""
    published: date | None = None
    lang: str | None = None
    address: str = ""


def extract(page: bytes, url: str, content_type: str | None = None) -> Text:
    """Read the article of an HTML page."""
    told = _decoded(page, content_type)
    found = trafilatura.bare_extraction(told, url=url or None, with_metadata=True, include_comments=False)
    address = own_address(page, url)
    if found is None:
        return Text(address=address)
    facts = found if isinstance(found, dict) else found.as_dict()
    return Text(
        title=facts.get("title") or "",
        text=facts.get("text") or "",
        published=_day(facts.get("date")),
        lang=facts.get("language"),
        address=address,
    )


def own_address(page: bytes, url: str) -> str:
    """The address by which the page at `url` wants to be known; `url` itself if that is of another site, or the front
    page that a careless template names on every page."""
    said = [canonical(link.get("href", "")) for link in links_of(page, url, "canonical")]
    if len(said) == 1 and said[0] and same_site(said[0], url) and said[0].split("://")[1].strip("/").count("/"):
        return said[0]
    return canonical(url)


def _decoded(page: bytes, content_type: str | None) -> bytes | str:
    """The page as text where its Content-Type header names an encoding that fits; otherwise the page tells itself."""
    declared = CHARSET.search(content_type or "")
    name = known_name(declared.group(1)) if declared else None
    return (decode(page, name) if name else None) or page


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
