"""What stands at an address or in a file that a person names: bytes, a feed, or the feed that a page offers."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from peacetracker.core.http import FetchError, guarded_get
from peacetracker.newsroom.discovery import Offer, feeds_of
from peacetracker.newsroom.parsing import NotAFeed, Parsed, parse


class CannotRead(Exception):
    """There is nothing to be had there. The text says why, in plain words."""


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes with where they came from; the address is empty for a file."""

    body: bytes
    content_type: str | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed and its address. `offers` are the feeds of the page that led to it, if it was one."""

    parsed: Parsed
    address: str
    offers: tuple[Offer, ...] = ()


def body_of(source: str) -> Body:
    """Raises CannotRead."""
    if not source.startswith(("http://", "https://")):
        path = Path(source)
        if not path.is_file():
            raise CannotRead("this is neither a file nor an address")
        return Body(path.read_bytes())
    agent = {"User-Agent": settings.FETCH_USER_AGENT}
    try:
        answer = guarded_get(source, headers=agent, allow_private=settings.FEED_ALLOW_PRIVATE)
    except FetchError as error:
        raise CannotRead(str(error)) from None
    if answer.status != 200:
        raise CannotRead(f"the server answered {answer.status}")
    return Body(answer.body, answer.headers.get("content-type"), answer.url)


def feed_behind(source: str) -> FoundFeed:
    """The feed at an address or in a file; of a web page, the first feed that it offers. Raises CannotRead."""
    found = body_of(source)
    try:
        return FoundFeed(parse(found.body, found.content_type), found.address or source)
    except NotAFeed as problem:
        offers = tuple(feeds_of(found.body, found.address)) if found.address else ()
        if not offers:
            raise CannotRead(f"{problem}, and it names none") from None
    behind = body_of(offers[0].address)
    try:
        return FoundFeed(parse(behind.body, behind.content_type), behind.address, offers)
    except NotAFeed as problem:
        raise CannotRead(f"the page names {offers[0].address} as its feed, but {problem}") from None
