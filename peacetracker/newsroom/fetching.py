"""A conditional GET of one feed. No tables: what is remembered comes and goes by value."""

import re
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from peacetracker.core.http import FetchError, Response, guarded_get
from peacetracker.newsroom.pacing import max_age, retry_after

PACKAGED = Path(__file__).parent / "packaged"
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PERMANENT = (301, 308)
GONE = 410


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What one fetch gave. `error` says in plain words what went wrong; `permanent_url` is where a feed has moved."""

    outcome: Literal["new", "unchanged", "error"]
    status: int | None = None
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after_s: float | None = None
    max_age_s: float | None = None
    final_url: str = ""
    permanent_url: str | None = None
    error: str = ""
    took_ms: int = 0


def fetch(
    url: str, *, etag: str, last_modified: str, allow_private: bool, user_agent: str, now: datetime
) -> FetchResult:
    """Ask for a feed, with the validators of the last answer. `sample:NAME` reads a file of the package."""
    if url.startswith("sample:"):
        return read_packaged(url.removeprefix("sample:"), etag)
    headers = {"User-Agent": user_agent, "Accept": ACCEPT}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    started = time.monotonic()
    try:
        answer = guarded_get(url, headers=headers, allow_private=allow_private)
    except FetchError as error:
        return FetchResult("error", error=str(error) or type(error).__name__, took_ms=_since(started))
    return _read(answer, url, now, took_ms=_since(started), etag=etag, last_modified=last_modified)


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _read(answer: Response, url: str, now: datetime, *, took_ms: int, etag: str, last_modified: str) -> FetchResult:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    unchanged = answer.status == 304
    error = "" if unchanged or answer.status == 200 else f"The server answered {answer.status}."
    if answer.status == GONE:
        error = "The publisher says that this feed is gone for good (410)."
    if answer.status == 200 and not answer.body:
        error = "The answer is empty."
    return FetchResult(
        outcome="error" if error else "unchanged" if unchanged else "new",
        status=answer.status,
        body=answer.body if answer.status == 200 else b"",
        content_type=headers.get("content-type"),
        etag=headers.get("etag", etag if unchanged else "")[:500],
        last_modified=headers.get("last-modified", last_modified if unchanged else "")[:100],
        retry_after_s=retry_after(headers.get("retry-after"), now),
        max_age_s=max_age(headers),
        final_url=answer.url,
        permanent_url=_moved_to(answer, url),
        error=error,
        took_ms=took_ms,
    )


def _moved_to(answer: Response, url: str) -> str | None:
    """Where a feed lives now: as far as the first steps of the way were permanent ones. Never from https to http."""
    steps = [*answer.history, (None, answer.url)]
    moved = next(address for status, address in steps if status not in PERMANENT)
    downgraded = urlsplit(url).scheme == "https" and urlsplit(moved).scheme != "https"
    return None if moved == url or downgraded or answer.status != 200 else moved


def read_packaged(name: str, etag: str) -> FetchResult:
    """A file of the package, unchanged while its size and time are."""
    path = PACKAGED / f"{name}.xml"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        return FetchResult("error", error=f"The package has no sample “{name}”.")
    facts = path.stat()
    validator = f"{facts.st_size}-{facts.st_mtime_ns}"
    if etag == validator:
        return FetchResult("unchanged", etag=validator)
    return FetchResult("new", status=200, body=path.read_bytes(), content_type="application/rss+xml", etag=validator)
