"""Addresses: the same view with one choice more or less, and the same rows as data."""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.urls import reverse

from peacetracker.diplomacy.filters import EventFilter

Pairs = Iterable[tuple[str, str]]
API = "/api/v1/"
MOST = 1000  # rows that one JSON answer holds; its `next` leads on


def with_query(path: str, pairs: Pairs) -> str:
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path


def without(asked: EventFilter, name: str, value: str) -> list[tuple[str, str]]:
    """The question with one choice taken away."""
    return [pair for pair in asked.query if pair != (name, value)]


def addresses(name: str) -> Callable[[str], str]:
    """Where the records of one noun have their pages, by slug: looked up once for a page that leads to hundreds."""
    before, _slug, after = reverse(f"dashboard:{name}", args=["SLUG"]).partition("SLUG")
    return lambda slug: f"{before}{slug}{after}"


def api_link(asked: Pairs, form: str = "json", of: str = "events") -> str:
    """This view as data. `form`: json, csv, jsonl, ics, geojson or atom; `of`: the list of the API. All of it, but for
    JSON, which comes in pages: as long ones as there are."""
    paged = [("limit", str(MOST))] if form == "json" else []
    return with_query(f"{API}{of}/", [("format", form), *paged, *asked])


def archived(url: str, day: str | None) -> str:
    """The copy of a page in the web archive nearest to the day of its publication."""
    return f"https://web.archive.org/web/{day.replace('-', '') if day else '*'}/{url}"
