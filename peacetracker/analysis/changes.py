"""What changed in the record of late: versions of public records, and records that are no longer public."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import orjson
from django.db.models import CharField, Exists, F, OuterRef, Value

from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import Body, Event, EventVersion, Leader, Place, Proposal, Topic, Version

# The nouns with a page of their own, by what the record calls them; events have versions of their own.
PAGED: dict[str, Any] = {"event": Event, "leader": Leader, "proposal": Proposal, "body": Body, "place": Place,
                         "topic": Topic}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One version of a public record: what it is called in it, when it was recorded, and why."""

    noun: str
    slug: str
    name: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Gone:
    """A record that is withdrawn, or part of another by now (`heir`)."""

    noun: str
    slug: str
    reason: str
    heir: str | None
    heir_name: str | None


def latest(most: int) -> list[Change]:
    """The latest versions, newest first. Two queries."""
    found = [*islice(_of_events(most), most), *islice(_of_nouns(most), most)]
    return sorted(found, key=lambda change: change.at, reverse=True)[:most]


def _of_events(most: int) -> Iterator[Change]:
    rows = EventVersion.objects.filter(event__visibility=Visibility.PUBLIC).order_by("-pk")
    for slug, title, at, reason in rows.values_list("event__slug", "event__title", "recorded_from", "reason")[:most]:
        yield Change("event", slug, title, at, reason)


def _of_nouns(most: int) -> Iterator[Change]:
    """Of records that are public now: those that have a current version."""
    current = Version.objects.filter(noun=OuterRef("noun"), slug=OuterRef("slug"), recorded_to=None)
    rows = Version.objects.filter(Exists(current), noun__in=[*PAGED, "party"]).order_by("-pk")
    for noun, slug, document, at, reason in rows.values_list("noun", "slug", "document", "recorded_from", "reason")[
        :most
    ]:
        yield Change(noun, slug, orjson.loads(document)["name"], at, reason)


def gone(most: int) -> list[Gone]:
    """Withdrawn and merged records of every noun, the latest first. One query."""
    parts = [
        model.objects.filter(visibility__in=(Visibility.WITHDRAWN, Visibility.MERGED))
        .order_by()
        .values_list(
            Value(noun, CharField()),
            "slug",
            "reason",
            "heir__slug",
            F("heir__title") if noun == "event" else F("heir__name"),
            "updated_at",
        )
        for noun, model in PAGED.items()
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("-updated_at")[:most]
    return [Gone(*row[:5]) for row in rows]
