"""What articles tell, put into the queue: one draft for each story, whichever articles and feeds tell it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from peacetracker.core.columns import insert_rows
from peacetracker.newsroom import likeness, wording
from peacetracker.newsroom.extraction import DraftEvent, Person
from peacetracker.newsroom.lexicon import Names
from peacetracker.newsroom.models import Draft, DraftSource

OF_PERSON = tuple(field.name for field in fields(Person))


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the article that tells it: its key, its publisher's name and the day of publication."""

    event: DraftEvent
    article: int
    publisher: str
    published: date | None


def put(told: Sequence[Told], names: Names) -> list[int]:
    """Add each event to the waiting draft of its story, or make one. Returns the drafts, each once.

    Called inside the transaction that marks the articles as read. A story that another worker puts at the same time
    breaks it with IntegrityError: the articles are read again and join that worker's draft.
    """
    if not told:
        return []
    keys = [likeness.story_key(one.event, one.published) for one in told]
    waiting = Draft.objects.select_for_update().filter(story_key__in=keys, state=Draft.State.WAITING).order_by("pk")
    drafts = dict(waiting.values_list("story_key", "pk"))
    fresh: dict[str, Told] = {}
    for key, one in zip(keys, told, strict=True):
        if key not in drafts:
            fresh.setdefault(key, one)
    likely = likeness.likeliest([(one.event, one.published) for one in fresh.values()])
    rows = [_row(one, key, near, names) for (key, one), near in zip(fresh.items(), likely, strict=True)]
    drafts |= insert_rows(Draft, rows, "story_key")
    if not drafts.keys() >= set(keys):
        raise IntegrityError("another worker put one of these stories at the same time")
    sources = [
        {"draft_id": drafts[key], "article_id": one.article, "evidence": one.event.evidence}
        for key, one in zip(keys, told, strict=True)
    ]
    insert_rows(DraftSource, sources, "id")
    return list(dict.fromkeys(drafts[key] for key in keys))


def _row(told: Told, key: str, likely: likeness.Candidate | None, names: Names) -> dict[str, Any]:
    event = told.event
    summary = wording.summary(event, publisher=told.publisher, published=told.published, topics=names.topics)
    return draft_row(event, key, likely, title=wording.title(event, names.bodies), summary=summary)


def draft_row(
    event: DraftEvent, key: str, likely: likeness.Candidate | None, *, title: str, summary: str, sender: str = ""
) -> dict[str, Any]:
    """A new draft by column, whoever tells it. `likely` is the event that it may repeat, `sender` who sent it in."""
    now = timezone.now()
    return {
        "created_at": now,
        "updated_at": now,
        "state": Draft.State.WAITING,
        "story_key": key,
        "kind": event.kind,
        "status": event.status,
        "date": event.date,
        "date_precision": event.date_precision if event.date else Draft.Precision.UNKNOWN,
        "title": title,
        "summary": summary,
        "participants": [{name: getattr(person, name) for name in OF_PERSON} for person in event.participants],
        "place": event.place or "",
        "place_name": event.place_name or "",
        "country": event.country or "",
        "topics": event.topics,
        "bodies": event.bodies,
        "proposals": event.proposals,
        "evidence": event.evidence,
        "field_evidence": event.field_evidence,
        "reasons": event.reasons,
        "confidence": event.confidence,
        "likely_event_id": likely.repeated if likely else None,
        "likeness": likely.likeness if likely else 0.0,
        "submitted_by": sender,
    }
