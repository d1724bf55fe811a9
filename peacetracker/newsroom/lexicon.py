"""The gazetteer of the extraction, built from the record and kept while the names in it stand."""

from functools import lru_cache
from typing import Any

from django.db.models import Max

from peacetracker.diplomacy import exchange
from peacetracker.diplomacy.choices import Kind, Precision, Status
from peacetracker.diplomacy.models import Event, Office, Tenure, Version
from peacetracker.newsroom.extraction import NOUNS, Gazetteer


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
    return Gazetteer.from_rows(stored_rows())


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
