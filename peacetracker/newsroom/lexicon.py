"""The gazetteer of the extraction, built from the record and kept while the names in it stand."""

from functools import lru_cache
from typing import Any

from django.db.models import Max

from peacetracker.diplomacy import exchange
from peacetracker.diplomacy.models import Office, Tenure, Version
from peacetracker.newsroom.extraction import Gazetteer

NOUNS = ("people", "offices", "tenures", "parties", "places", "topics", "bodies", "proposals")


def gazetteer() -> Gazetteer:
    """The gazetteer of the record as it stands; built anew in this process when a name, office or tenure changed."""
    return _built(_state())


def _state() -> tuple[Any, ...]:
    """What grows whenever something that the gazetteer is built from changes: new events alone leave it."""
    return (
        Version.objects.aggregate(last=Max("pk"))["last"],
        Office.objects.aggregate(last=Max("updated_at"))["last"],
        Tenure.objects.aggregate(last=Max("updated_at"))["last"],
        Tenure.objects.count(),
    )


@lru_cache(maxsize=1)
def _built(state: tuple[Any, ...]) -> Gazetteer:
    return Gazetteer.from_rows({noun: exchange.rows(noun) for noun in NOUNS})
