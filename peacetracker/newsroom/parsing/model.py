"""What a feed says, whatever its format."""

import calendar
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from peacetracker.newsroom.parsing.markup import text_of_safe


class NotAFeed(ValueError):
    """The bytes are no feed. The text says in plain words what they are."""


@dataclass(slots=True)
class Entry:
    """One entry. Titles and authors are plain text, `summary` and `content` safe HTML, dates aware and in UTC.

    An empty string or None means that the feed does not say.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    lang: str | None = None

    @property
    def text(self) -> str:
        """The longer of content and summary as plain text."""
        return max(text_of_safe(self.content), text_of_safe(self.summary), key=len)


@dataclass(slots=True)
class Parsed:
    """A feed. `kind` names its format (rss20, atom10, json11 ...), `ttl_minutes` how long it asks to be left alone,
    `skip_hours` and `skip_days` when it does not want to be asked at all (GMT; Monday is 0)."""

    title: str = ""
    link: str = ""
    entries: list[Entry] = field(default_factory=list)
    ttl_minutes: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    kind: str = ""
    lang: str | None = None
    warnings: list[str] = field(default_factory=list)


def entry_key(entry: Entry) -> str:
    """What identifies an entry in its feed: guid, else link, else a hash of title and date."""
    if entry.guid or entry.link:
        return entry.guid or entry.link
    day = entry.published or entry.updated
    said = f"{entry.title}\n{day.isoformat() if day else ''}"
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"


def keyed(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Every entry with a key that is its own: a guid used again in one document has the link added.

    An entry that repeats both guid and link is the same entry again and is left out.
    """
    seen: set[str] = set()
    for entry in entries:
        key = entry_key(entry)
        if key in seen and entry.link:
            key = f"{key} {entry.link}"
        if key not in seen:
            seen.add(key)
            yield key, entry


def primary_language(tag: str | None) -> str | None:
    """`ru` of `ru-RU`; None if nothing that looks like a language is said."""
    first = (tag or "").strip().lower().replace("_", "-").split("-")[0]
    return first if 2 <= len(first) <= 3 and first.isalpha() else None


def whole_minutes(ttl: str) -> int | None:
    """A feed's own ttl, in minutes; None if it says none that makes sense."""
    return int(ttl) if ttl.isascii() and ttl.isdecimal() and len(ttl) < 9 else None


def hours_of_day(words: Iterable[str]) -> frozenset[int]:
    """Hours of a skipHours element; some feeds write midnight as 24."""
    return frozenset(int(word) % 24 for word in words if word.isascii() and word.isdecimal() and int(word[:9]) <= 24)


def days_of_week(words: Iterable[str]) -> frozenset[int]:
    """Days of a skipDays element, by their English names; Monday is 0."""
    names = [name.lower() for name in calendar.day_name]
    return frozenset(names.index(word.lower()) for word in words if word.lower() in names)
