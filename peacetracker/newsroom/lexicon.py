"""The gazetteer of the extraction, built from the record and kept while the names in it stand."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from peacetracker.core.database import fetch
from peacetracker.diplomacy import exchange
from peacetracker.newsroom.extraction import Gazetteer

NOUNS = ("people", "offices", "tenures", "parties", "places", "topics", "bodies", "proposals")
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
    rows = {noun: exchange.rows(noun) for noun in NOUNS}
    countries = {party["code"]: party["name"].split(" (")[0] for party in rows["parties"]}
    bodies = {body["slug"]: body["name"] for body in rows["bodies"]}
    return Gazetteer.from_rows(rows), Names(
        countries | bodies, {topic["slug"]: topic["name"] for topic in rows["topics"]}
    )
