"""What stands around an event: the same format before and after it, and what followed."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from peacetracker.analysis.contacts import listed
from peacetracker.diplomacy.choices import CONTACTS, Level
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.querysets import EventQuerySet


@dataclass(frozen=True)
class Series:
    """Events of the same kind, track and level. `nth` counts this one among `of`."""

    events: list[Event]
    nth: int
    of: int


@dataclass(frozen=True)
class Around:
    previous: Event | None
    following: Event | None
    after: list[Event]


def same_track(event: Event) -> EventQuerySet:
    """Events that share its track; without one, its kind."""
    events: EventQuerySet = Event.objects.public().filter(track=event.track)
    return events if event.track else events.filter(kind=event.kind)


def around(event: Event) -> Around:
    """Its neighbours in the same track, and what happened within ten days after it. Three queries."""
    track = same_track(event)
    # The day is bounded on its own, so that the index of days can be entered there.
    earlier = Q(first_day__lte=event.first_day) & (Q(first_day__lt=event.first_day) | Q(slug__lt=event.slug))
    later = Q(first_day__gte=event.first_day) & (Q(first_day__gt=event.first_day) | Q(slug__gt=event.slug))
    soon = Event.objects.public().filter(
        first_day__gt=event.last_day, first_day__lte=event.last_day + timedelta(days=10)
    )
    return Around(
        listed(track.filter(earlier)).newest_first().first(),
        listed(track.filter(later)).oldest_first().first(),
        list(listed(soon).oldest_first()[:6]),
    )


def series(event: Event, most: int = 200) -> Series | None:
    """Meetings or calls of both leaders in the same track. One query; None where there is no such series."""
    if not (event.joint and event.level == Level.LEADERS and event.kind in CONTACTS and event.track):
        return None
    same = Event.objects.public().held().filter(
        joint=True, level=Level.LEADERS, kind=event.kind, track=event.track
    ).oldest_first().only("slug", "title", "date", "end_date", "date_precision", "first_day", "last_day")  # fmt: skip
    events = list(same[:most])
    slugs = [one.slug for one in events]
    if event.slug not in slugs or len(slugs) < 2:
        return None
    return Series(events, slugs.index(event.slug) + 1, len(slugs))
