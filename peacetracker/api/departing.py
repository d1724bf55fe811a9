"""What a copy of a list has to take out: events that are gone, go by another name, or left its filter."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from peacetracker.api.events import EventQuestion
from peacetracker.diplomacy import recorded
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import Event, EventVersion

Stone = dict[str, Any]


def tombstones(question: EventQuestion, kind: str | None) -> list[Stone]:
    """All that was in the answer at `since` and is no longer, or (by the day) was not any more; also whatever else was
    withdrawn or merged since then."""
    if question.since is None:
        return []
    until = recorded.end_of(question.day) if question.day else datetime.max.replace(tzinfo=UTC)
    gone = list(_gone(question.since, until))
    return [*gone, *_departed(question, kind, question.since, until, {stone["slug"] for stone in gone})]


def _gone(since: datetime, until: datetime) -> Iterator[Stone]:
    """Events that were withdrawn or merged; the time is that of the end of their last version."""
    hidden = Event.objects.exclude(visibility=Visibility.PUBLIC)
    ended = hidden.values("slug", "visibility", "heir__slug", "reason", "versions__recorded_to").order_by(
        "slug", "-versions__recorded_to"
    )
    latest = {row["slug"]: row for row in reversed(ended) if row["versions__recorded_to"]}
    for row in latest.values():
        at = row["versions__recorded_to"]
        if since <= at < until:
            yield stone(row["slug"], row["visibility"], row["heir__slug"], row["reason"], at)


def _departed(
    question: EventQuestion, kind: str | None, since: datetime, until: datetime, gone: set[str]
) -> Iterator[Stone]:
    """Events that answered the question at `since` and now answer it by another name, or no longer."""
    changed = EventVersion.objects.filter(recorded_from__gte=since, recorded_from__lt=until).values("event")
    stood = recorded.ended_since(since).filter(recorded_to__lt=until, event__in=changed).order_by("slug")
    then = recorded.of_kind(recorded.narrow(stood, question.filter, since), kind)
    left: list[tuple[int, str, Any]] = list(
        then.exclude(event__slug__in=gone).values_list("event_id", "slug", "recorded_to")
    )
    now = question.names_of([pk for pk, _slug, _at in left], kind) if left else {}
    for pk, slug, at in left:
        if pk not in now:
            yield stone(slug, "moved", None, _("It is in the record, and no longer answers this question."), at)
        elif now[pk] != slug:
            yield stone(slug, "renamed", now[pk], _("It goes by another name."), at)


def stone(slug: str, gone: str, heir: str | None, reason: str, at: datetime) -> Stone:
    return {"slug": slug, "gone": gone, "heir": heir, "reason": reason, "at": at}
