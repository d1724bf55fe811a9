"""Extractions as the lines that the scorer of the labelled set reads."""

from __future__ import annotations

from typing import Any

from .discourse import key
from .gazetteer import Gazetteer
from .model import DraftEvent, Extraction


def as_line(gazetteer: Gazetteer, doc_id: str, extraction: Extraction) -> dict[str, Any]:
    """One line of `extract`'s output, with the labelling guide's slugs and place names."""
    return {
        "doc_id": doc_id,
        "events": [_event(gazetteer, event) for event in extraction.events],
        "proposals": [gazetteer.proposals[m.slug][1] for m in extraction.proposals],
        "bodies": [gazetteer.bodies[m.slug][1] for m in extraction.bodies],
    }


def _event(gazetteer: Gazetteer, event: DraftEvent) -> dict[str, Any]:
    names = gazetteer.common["guide_places"]
    place = names.get(event.place_name, event.place_name) if event.place_name else None
    hosts = [key(p) for p in event.participants if p.role in ("host", "mediator")]
    return {
        "kind": event.kind,
        "date": event.date.isoformat() if event.date else None,
        "date_precision": event.date_precision,
        "participants": [key(p) for p in event.participants],
        "mediators_or_hosts": hosts,
        "place": place,
        "country": None if place == "Armenia-Azerbaijan border" else event.country,
        "status": event.status,
        "topics": event.topics,
        "evidence": event.evidence,
        "confidence": event.confidence,
    }
