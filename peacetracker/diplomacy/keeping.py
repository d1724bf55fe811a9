"""Versions, past names, and the day that the record reaches. Called by record.py inside its transactions."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from django.db.models import Max

from peacetracker.core.cache import bump
from peacetracker.core.models import User
from peacetracker.diplomacy import at_hand, pairing, tallying
from peacetracker.diplomacy.choices import Status
from peacetracker.diplomacy.documents import Document
from peacetracker.diplomacy.models import Event, EventVersion, Keeping, PastSlug, Version
from peacetracker.diplomacy.terms import days_of, terms_of


class SlugTaken(ValueError):
    """A public name that stands, or once stood, for another record."""


def digest(document: Any) -> str:
    """SHA-256 of a document, its keys sorted: the same content has the same digest."""
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def document_digest(served: Document) -> str:
    """The digest of a document as it is served: without the time of its recording."""
    return digest({name: value for name, value in served.items() if name != "updated_at"})


def stored(document: Document, at: datetime) -> str:
    return orjson.dumps({**document, "updated_at": at}, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS).decode()


def found_by(document: Document) -> dict[str, Any]:
    """The columns by which a version of an event is found once it is past."""
    days = days_of(document)
    return {
        "slug": document["slug"],
        "first_day": days.first,
        "last_day": days.last,
        "terms": terms_of(document),
    }


def keep_events(documents: Mapping[int, Document], *, at: datetime, by: User | None, reason: str) -> list[int]:
    """Give each event whose document changed a new version, count it, and bump the generation once. Returns those
    events."""
    current = dict(EventVersion.objects.filter(event__in=documents, recorded_to=None).values_list("event_id", "sha256"))
    digests = {pk: digest(document) for pk, document in documents.items()}
    changed = [pk for pk in documents if current.get(pk) != digests[pk]]
    if not changed:
        return []
    _count(old=_end(changed, at), new=[documents[pk] for pk in changed])
    words = dict(Event.objects.filter(pk__in=changed).values_list("pk", "search_text"))
    EventVersion.objects.bulk_create(
        (
            EventVersion(
                event_id=pk, document=stored(documents[pk], at), sha256=digests[pk], recorded_from=at, by=by,
                reason=reason, search_text=words[pk], **found_by(documents[pk]),
            )
            for pk in changed
        ),
        batch_size=500,
    )  # fmt: skip
    at_hand.put(changed)
    bump()
    return changed


def end_events(events: Iterable[int], *, at: datetime) -> None:
    """These events are no longer shown: their versions end, and they are no longer counted."""
    events = list(events)
    _count(old=_end(events, at))
    at_hand.drop(events)


def _count(*, old: Sequence[Document], new: Sequence[Document] = ()) -> None:
    tallying.change(old=old, new=new)
    pairing.change(old=old, new=new)


def _end(events: list[int], at: datetime) -> list[Document]:
    """End the current versions of these events; what they were."""
    current = EventVersion.objects.filter(event__in=events, recorded_to=None)
    ended = [orjson.loads(text) for text in current.values_list("document", flat=True)]
    current.update(recorded_to=at)
    return ended


def end(noun: str, slugs: Iterable[str], *, at: datetime) -> None:
    """Let the versions of records end that are no longer there, or no longer public."""
    if Version.objects.filter(noun=noun, slug__in=list(slugs), recorded_to=None).update(recorded_to=at):
        bump()


def keep(noun: str, documents: Mapping[str, Document], *, at: datetime, by: User | None, reason: str) -> list[str]:
    """The same for the records of another noun, by slug."""
    rows = Version.objects.filter(noun=noun, slug__in=list(documents), recorded_to=None)
    current = dict(rows.values_list("slug", "sha256"))
    digests = {slug: digest(document) for slug, document in documents.items()}
    changed = [slug for slug in documents if current.get(slug) != digests[slug]]
    Version.objects.filter(noun=noun, slug__in=changed, recorded_to=None).update(recorded_to=at)
    Version.objects.bulk_create(
        Version(
            noun=noun, slug=slug, document=stored(documents[slug], at), sha256=digests[slug], recorded_from=at, by=by,
            reason=reason,
        )
        for slug in changed
    )  # fmt: skip
    if changed:
        bump()
    return changed


def refuse_past_slug(noun: str, slug: str) -> None:
    """Raises SlugTaken for a public name that another record once had."""
    past = PastSlug.objects.filter(noun=noun, slug=slug).first()
    if past:
        raise SlugTaken(f"the name “{slug}” once stood for “{past.became}” and is not used again")


def keeping() -> Keeping:
    return Keeping.objects.get_or_create(pk=1)[0]


def covered_until() -> date | None:
    """The day that the record reaches: set by a chief editor, else the day of the last event brought in."""
    row = Keeping.objects.filter(pk=1).first()
    return (row.set_by_chief or row.covered_until) if row else None


def settle_covered_until() -> None:
    """The last event that is known to have been or not: one that is only scheduled reaches no further."""
    last = Event.objects.public().exclude(status=Status.SCHEDULED).aggregate(last=Max("last_day"))["last"]
    Keeping.objects.update_or_create(pk=1, defaults={"covered_until": last})
