"""The gazetteer of the extraction, built from the record and kept while the names in it stand."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from peacetracker.core.database import fetch
from peacetracker.diplomacy import exchange
from peacetracker.diplomacy.choices import Kind, Precision, Status
from peacetracker.diplomacy.models import Event
from peacetracker.newsroom.extraction import NOUNS, Gazetteer

# What grows whenever something that the gazetteer is built from changes: new events alone leave it.
STATE = """
    SELECT (SELECT max(id) FROM diplomacy_version), (SELECT max(updated_at) FROM diplomacy_office),
           (SELECT max(updated_at) FROM diplomacy_tenure), (SELECT count(*) FROM diplomacy_tenure)
"""


@dataclass(frozen=True)
class Names:
    """What drafts are worded with: bodies by slug with countries by code, and topics by slug."""

    bodies: dict[str, str]
    topics: dict[str, str]


def gazetteer() -> Gazetteer:
    """The gazetteer of the record as it stands; built anew in this process when a name, office or tenure changed."""
    return lexicon()[0]


def lexicon() -> tuple[Gazetteer, Names]:
    """The gazetteer with the names that it was built from."""
    return _built(*fetch(STATE))


@lru_cache(maxsize=1)
def _built(state: tuple[Any, ...]) -> tuple[Gazetteer, Names]:
    rows = stored_rows()
    countries = {party["code"]: party["name"].split(" (")[0] for party in rows["parties"]}
    bodies = {body["slug"]: body["name"] for body in rows["bodies"]}
    return Gazetteer.from_rows(rows), Names(
        countries | bodies, {topic["slug"]: topic["name"] for topic in rows["topics"]}
    )


def stored_rows() -> dict[str, list[dict[str, Any]]]:
    """The stored record as a gazetteer reads it, shaped as the lines of its files."""
    return {noun: _agreements() if noun == "events" else exchange.rows(noun) for noun in NOUNS}


def _agreements() -> list[dict[str, Any]]:
    signed = Event.objects.public().filter(kind=Kind.AGREEMENT, status=Status.HELD, date_precision=Precision.DAY)
    return [
        {
            "kind": one.kind, "status": one.status, "date": one.first_day.isoformat(),
            "date_precision": one.date_precision,
            "participants": [{"person": part.leader.slug} for part in one.participations.all()],
        }
        for one in signed.prefetch_related("participations__leader").order_by("pk")
    ]  # fmt: skip
