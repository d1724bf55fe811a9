"""From bytes to a feed: what is it, in which encoding, and which of our readers takes it."""

import re
from urllib.parse import urljoin

from peacetracker.newsroom.parsing import fast, jsonfeed
from peacetracker.newsroom.parsing.encoding import to_utf8
from peacetracker.newsroom.parsing.mending import mend
from peacetracker.newsroom.parsing.model import Entry, NotAFeed, Parsed

BINARY = {
    b"%PDF": "a PDF file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"PK\x03\x04": "an archive",
    b"\x1f\x8b": "a compressed file",
}
BEFORE_ROOT = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.S | re.I)
ROOT = re.compile(rb"<([A-Za-z_][\w.:-]{0,100})")
MONSTROUS = 5000  # bytes; an attribute has at least five
LONG_TAG = re.compile(rb"<[^<>]{%d,}" % MONSTROUS)
FEED_ROOTS = {"rss", "feed", "rdf", "channel"}
WEB = re.compile(r"https?://", re.I)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
RUNS = re.compile(r"[\x00-\x20]*(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|[\x00-\x20]*data:", re.I)


def parse(body: bytes, content_type: str | None = None, *, base_url: str = "") -> Parsed:
    """Read a feed. `base_url` is its own address, against which relative links are resolved.

    Raises NotAFeed, and nothing else, whatever the bytes are.
    """
    if not body.strip():
        raise NotAFeed("the body is empty")
    for start, what in BINARY.items():
        if body.startswith(start):
            raise NotAFeed(f"this is {what}, not a feed")
    data, warning = to_utf8(body, content_type)
    parsed = read(data, base_url)
    if warning:
        parsed.warnings.insert(0, warning)
    for entry in parsed.entries:
        settle_links(entry, base_url or parsed.link)
    return parsed


def read(data: bytes, base_url: str) -> Parsed:
    """The first of the readers that takes the document: JSON, strict, strict after mending, tolerant."""
    if data[:1] in (b"{", b"["):
        return jsonfeed.read(data)
    if has_monstrous_tag(data):
        raise NotAFeed("an element has more attributes than any feed's")
    root = root_name(data)
    if root == "html":
        raise NotAFeed("this is an HTML page, not a feed")
    attempt = fast.read(data, base_url)
    if attempt.parsed:
        return attempt.parsed
    mended = data if attempt.well_formed else mend(data)
    if mended != data and (parsed := fast.read(mended, base_url).parsed):
        parsed.warnings.append("not well-formed XML; mended")
        return parsed
    from peacetracker.newsroom.parsing import tolerant  # large, and no part of a web worker's day

    parsed = tolerant.read(mended, base_url)
    if not parsed.kind and root.split(":")[-1] in FEED_ROOTS:
        parsed.kind = "cdf" if root == "channel" else "unknown"
    if not parsed.kind and not parsed.entries:
        raise NotAFeed(f"this is an XML document <{root}>, not a feed" if root else "this is text, not a feed")
    return parsed


def has_monstrous_tag(data: bytes) -> bool:
    """Whether an element has so many attributes that reading them, the square of their number, would take minutes."""
    if max(map(len, data.split(b"<"))) < MONSTROUS:
        return False
    return any(match.group().count(b"=") > MONSTROUS // 5 for match in LONG_TAG.finditer(data))


def root_name(data: bytes) -> str:
    """The name of the first element, in small letters; empty if there is none at the beginning."""
    place = 0
    while match := BEFORE_ROOT.match(data, place):
        place = match.end()
    found = ROOT.match(data, place)
    return found.group(1).decode("ascii", "replace").lower() if found else ""


def settle_links(entry: Entry, base: str) -> None:
    """Make the link absolute where a base is known, and drop one that would run a script."""
    if entry.link.startswith(("https://", "http://")):
        return
    if RUNS.match(entry.link):
        entry.link = ""
    if entry.link and WEB.match(base) and not SCHEME.match(entry.link):
        try:
            entry.link = urljoin(base, entry.link)
        except ValueError:
            entry.link = ""
