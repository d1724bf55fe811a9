"""The history of one record: every version with what changed and why, and what changed between any two days."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from peacetracker.core.rewording import Piece
from peacetracker.dashboard.records import NOUNS
from peacetracker.dashboard.views.finding import answered, find
from peacetracker.dashboard.words import ONE_NAMES
from peacetracker.diplomacy.differences import differences
from peacetracker.diplomacy.record import versions_of
from peacetracker.diplomacy.recorded import end_of, read_as_of, standing

SHOWN = 200
FROM, TO = "from", "to"


@dataclass(frozen=True)
class Change:
    """One field that changed: both sides in pieces, so that a reader sees the words that went and came."""

    field: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class Compared:
    """The record at the end of two days; a version is None where the record did not stand on that day."""

    earlier: date
    later: date
    before: Any
    after: Any
    changes: list[Change]


@answered
def history(request: HttpRequest, slug: str, noun: str) -> HttpResponse:
    known = NOUNS[noun]
    if noun == "party":  # by its code, and never moved or withdrawn
        found, name = get_object_or_404(known.model, code=slug.upper()), slug
    else:
        found = find(request, known.model.objects.all(), slug, noun=noun, link=known.history)
        name = found.slug
    rows = versions_of(found)
    versions = list(rows[: SHOWN + 1])
    older = [*versions[1:], None]
    context = {
        "title": str(found),
        "page": known.link(name),
        "past": known.past,
        "kind": ONE_NAMES[noun],
        "changes": [(one, changes(before, one)) for one, before in zip(versions, older, strict=True)][:SHOWN],
        "compared": compared(request, rows),
        "first": first_day(versions),
        "today": timezone.now().date(),
        "asked": request.GET,
    }
    return render(request, "dashboard/history.html", context)


def first_day(versions: Sequence[Any]) -> date | None:
    return versions[-1].recorded_from.astimezone(UTC).date() if versions else None


def compared(request: HttpRequest, rows: Any) -> Compared | None:
    """What `from` and `to` ask for; one of them alone is compared with today. Raises BadFilter for what is no day."""
    earlier, later = read_as_of(request.GET, FROM), read_as_of(request.GET, TO)
    if earlier is None and later is None:
        return None
    earlier, later = sorted((earlier or timezone.now().date(), later or timezone.now().date()))
    before, after = (standing(rows, end_of(day)).first() for day in (earlier, later))
    return Compared(earlier, later, before, after, changes(before, after))


def changes(before: Any, after: Any) -> list[Change]:
    """Nothing where one of the two is missing: what is new as a whole is no change."""
    if before is None or after is None:
        return []
    found = differences(json.loads(before.document), json.loads(after.document))
    return [Change(one.field, *one.sides) for one in found]
