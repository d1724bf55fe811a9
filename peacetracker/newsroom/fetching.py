"""A conditional GET of one feed, and when to ask again. No tables: what is remembered comes and goes by value."""

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

from peacetracker.core.http import FetchError, Response, guarded_get

PACKAGED = Path(__file__).parent / "packaged"
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=1)
PERMANENT = (301, 308)


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
        permanent_url=answer.url if _moved_for_good(answer, url) else None,
        error=error,
        took_ms=took_ms,
    )


def _moved_for_good(answer: Response, url: str) -> bool:
    """Only if every step was permanent, and led to a feed."""
    steps = [status for status, _address in answer.history]
    return answer.status == 200 and answer.url != url and bool(steps) and all(step in PERMANENT for step in steps)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds, from a Retry-After of seconds or of an HTTP date; None for anything else."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def max_age(headers: Mapping[str, str]) -> float | None:
    found = re.search(r"(?:^|[\s,])max-age=(\d{1,9})", headers.get("cache-control", ""), re.IGNORECASE)
    return float(found[1]) if found else None


def next_check(
    *,
    now: datetime,
    pace: timedelta,
    ttl_minutes: int | None = None,
    max_age_s: float | None = None,
    retry_after_s: float | None = None,
    error_count: int = 0,
) -> datetime:
    """The latest of our pace, the feed's TTL, the answer's max-age and Retry-After; doubled for each error in a row.

    Never sooner than five minutes and never later than a day; a tenth of chance keeps feeds from moving in step.
    """
    asked = [pace, timedelta(minutes=ttl_minutes or 0), timedelta(seconds=max_age_s or 0)]
    wait = max(asked) * 2 ** min(error_count, 12)
    wait = min(max(wait, timedelta(seconds=retry_after_s or 0), SHORTEST), LONGEST)
    later: datetime = now + wait * random.uniform(1.0, 1.1)  # noqa: S311
    return later


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
