"""The article in a web page: its title, text, day and language, without what stands around it."""

from dataclasses import dataclass
from datetime import date

import trafilatura


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says. An empty text means that no article was found in it."""

    title: str = ""
    text: str = ""
    published: date | None = None
    lang: str | None = None


def extract(page: bytes, url: str) -> Text:
    """Read the article of an HTML page."""
    found = trafilatura.bare_extraction(page, url=url or None, with_metadata=True, include_comments=False)
    if found is None:
        return Text()
    facts = found if isinstance(found, dict) else found.as_dict()
    return Text(
        title=facts.get("title") or "",
        text=facts.get("text") or "",
        published=_day(facts.get("date")),
        lang=facts.get("language"),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
