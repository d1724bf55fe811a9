"""Sources are no noun with versions of their own: which pages back the record follows from its documents. Pure."""

from collections.abc import Container, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from peacetracker.diplomacy.references import stable_key

Document = dict[str, Any]


def citations_in(noun: str, document: Document) -> Iterator[Document]:
    """What a document cites with title, day and side."""
    yield from document.get("sources", [])
    if noun == "event":
        yield from (made["source"] for made in document["announcements"] if made["source"])


def addresses_in(noun: str, document: Document) -> Iterator[str]:
    """Every page that backs something in a document (of what is in the tables: backing.py)."""
    yield from (cited["url"] for cited in citations_in(noun, document))
    for name in ("accounts", "discrepancies", "offices", "members"):
        yield from (part["source"] for part in document.get(name, []))
    yield from (found["source"] for held in document.get("offices", []) for found in held["discrepancies"])
    if noun == "position":
        yield from (document["source"], *document["more_sources"])


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").lower().strip(".")


def domain_of(url: str, known: Container[str]) -> str | None:
    """The longest known domain that the address ends in."""
    labels = host_of(url).split(".")
    domains = (".".join(labels[i:]) for i in range(len(labels) - 1))
    return next((domain for domain in domains if domain in known), None)


def publisher_of(url: str, publishers: dict[str, Document]) -> Document | None:
    """The publisher of an address, as sources show it."""
    domain = domain_of(url, publishers)
    return {name: publishers[domain][name] for name in ("domain", "name", "party", "kind")} if domain else None


def sources_of(documents: Iterable[tuple[str, Document]], publishers: Iterable[Document]) -> list[Document]:
    """The sources of these documents in the order of their ids; `sides` has each side as which one was cited."""
    known = {one["domain"]: one for one in publishers}
    found: dict[str, Document] = {}
    for noun, document in documents:
        for url in dict.fromkeys(addresses_in(noun, document)):
            source = found.setdefault(url, {"id": stable_key(url), "url": url, "events": 0, "sides": set()})
            source["events"] += noun == "event" and any(cited["url"] == url for cited in document["sources"])
        for cited in citations_in(noun, document):
            found[cited["url"]]["sides"].add(cited["side"])
    for url, source in found.items():
        source["publisher"] = publisher_of(url, known)
        source["sides"] = sorted(source["sides"])
    return sorted(found.values(), key=lambda source: source["id"])
