"""What became different in the record between two moments, event by event and noun by noun."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.gathering import NOUNS
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.recorded import events_at, records_at

ADDED, CORRECTED, WITHDRAWN, MERGED = "added", "corrected", "withdrawn", "merged"
KINDS = (ADDED, CORRECTED, WITHDRAWN, MERGED)


@dataclass(frozen=True)
class State:
    """What a record was called at a moment, and the digest of its document."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Change:
    """One record: what became of it; its new document, or the reason for which it is gone and what stands for it."""

    noun: str
    name: str
    change: str
    was: str | None = None
    reason: str | None = None
    heir: str | None = None
    document: Any = None

    def line(self) -> str:
        return orjson.dumps({name: value for name, value in vars(self).items() if value is not None}).decode() + "\n"


def between(before: datetime, after: datetime) -> Iterator[Change]:
    """All changes, in a fixed order: events first, each noun by name."""
    yield from _of_events(before, after)
    for noun in NOUNS:
        old, new = _states(records_at(noun, before), "slug"), _states(records_at(noun, after), "slug")
        changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        texts = dict(records_at(noun, after).filter(slug__in=changed).values_list("slug", "document"))
        for name in sorted(changed):
            if name in new:
                kind = CORRECTED if name in old else ADDED
                yield Change(noun, name, kind, document=orjson.loads(texts[name]))
            else:
                yield Change(noun, name, WITHDRAWN)


def _of_events(before: datetime, after: datetime) -> Iterator[Change]:
    old, new = _states(events_at(before), "event_id"), _states(events_at(after), "event_id")
    changed = {pk for pk in old.keys() | new.keys() if old.get(pk) != new.get(pk)}
    texts = dict(events_at(after).filter(event__in=changed).values_list("event_id", "document"))
    gone = {event.pk: event for event in Event.objects.filter(pk__in=changed - new.keys()).select_related("heir")}
    for pk in sorted(changed, key=lambda pk: (new.get(pk) or old[pk]).name):
        if pk in new:
            was = old[pk].name if pk in old and old[pk].name != new[pk].name else None
            kind = CORRECTED if pk in old else ADDED
            yield Change("event", new[pk].name, kind, was=was, document=orjson.loads(texts[pk]))
        else:
            yield _departure(old[pk].name, gone.get(pk))


def _departure(name: str, event: Event | None) -> Change:
    if event and event.visibility == Visibility.MERGED and event.heir:
        return Change("event", name, MERGED, reason=event.reason, heir=event.heir.slug)
    return Change("event", name, WITHDRAWN, reason=event.reason if event else None)


def _states(versions: Any, key: str) -> dict[Any, State]:
    found = versions.values_list(key, "slug", "sha256").iterator(chunk_size=2000)
    return {one: State(name, sha256) for one, name, sha256 in found}
