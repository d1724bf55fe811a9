"""Which event of the record a draft probably repeats, and which waiting draft tells the same story."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q

from peacetracker.core.dates import Span, widest
from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import Kind
from peacetracker.diplomacy.models import Event, Participation
from peacetracker.diplomacy.references import lists
from peacetracker.newsroom.extraction import DraftEvent

# From this likeness on a draft is shown as repeating the event.
LIKELY = 0.6
# A visit and the talks during it are told as one thing by one outlet and as two by another.
KIN = {frozenset({Kind.VISIT, Kind.MEETING}), frozenset({Kind.MEETING, Kind.COMMISSION_SESSION})}
# How far back a text reaches that gives no day: “last week”, “earlier this month”.
BACKGROUND = timedelta(days=35)
AHEAD = timedelta(days=60)
SLACK = timedelta(days=1)
STRETCH = timedelta(days=62)
# An event that goes on for longer is found by its beginning only.
LONGEST = timedelta(days=370)


@dataclass(frozen=True)
class Standing:
    """An event of the record, so far as it tells whether a draft repeats it. People, bodies and place by slug; bodies
    only where a draft names one."""

    pk: int
    slug: str
    kind: str
    days: Span
    place: str | None
    people: list[str]
    bodies: list[str]


@dataclass(frozen=True)
class Candidate:
    event: Standing
    likeness: float

    @property
    def repeated(self) -> int | None:
        """The key of the event, if it is likely enough to be shown as repeated."""
        return self.event.pk if self.likeness >= LIKELY else None


def who(draft: DraftEvent) -> list[str]:
    """The participants as names that compare: slugs, and folded names of those whom the record does not know."""
    return sorted(person.slug or f"?{fold(person.name)}" for person in draft.participants)


def story_key(draft: DraftEvent, published: date | None) -> str:
    """The same for the same story in several feeds: kind, status, date, people, and for a session its body."""
    when = draft.date.isoformat() if draft.date else f"{published:%G-W%V}" if published else "?"
    parts = [draft.kind, draft.status, when, draft.date_precision, *who(draft), *sorted(draft.bodies)[:1]]
    if not draft.participants:
        parts.append(fold(draft.evidence)[:80])
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def window(draft: DraftEvent, published: date | None) -> Span | None:
    """The days on which the told event may have been; None if nothing tells."""
    if draft.date:
        return widest(draft.date, draft.date_precision)
    if published is None:
        return None
    if draft.status == "scheduled":
        return Span(published, published + AHEAD)
    return Span(published - BACKGROUND, published)


def candidates(draft: DraftEvent, published: date | None, *, most: int = 5) -> list[Candidate]:
    """Events that the draft may repeat, the likeliest first."""
    return _weighed([(draft, published)])[0][:most]


def likeliest(told: Sequence[tuple[DraftEvent, date | None]]) -> list[Candidate | None]:
    """For each of many drafts the event that it most probably repeats: one look at the record for all of them."""
    return [next(iter(weighed), None) for weighed in _weighed(told)]


def _weighed(told: Sequence[tuple[DraftEvent, date | None]]) -> list[list[Candidate]]:
    """For each draft the likely events, the likeliest first."""
    windows = [window(*one) for one in told]
    drafts = [draft for (draft, _), days in zip(told, windows, strict=True) if days]
    by_person: dict[str, list[Standing]] = defaultdict(list)
    by_body: dict[str, list[Standing]] = defaultdict(list)
    for event in _near(drafts, _stretches(filter(None, windows))):
        for names, events in ((event.people, by_person), (event.bodies, by_body)):
            for name in names:
                events[name].append(event)
    found = []
    for (draft, _), days in zip(told, windows, strict=True):
        shared = [by_person[slug] for slug in _known(draft)] + [by_body[slug] for slug in draft.bodies]
        near = {event.pk: event for events in shared for event in events if days and _meets(draft, event, days)}
        weighed = [Candidate(event, round(likeness(draft, event, days), 2)) for event in near.values() if days]
        likely = [candidate for candidate in weighed if candidate.likeness >= LIKELY / 2]
        found.append(sorted(likely, key=lambda candidate: (-candidate.likeness, candidate.event.slug)))
    return found


def _stretches(windows: Iterable[Span]) -> list[Span]:
    """The days of all windows; those that begin within one stretch of days are one."""
    groups: list[Span] = []
    for days in sorted(windows, key=lambda days: days.first):
        if groups and days.first - groups[-1].first <= STRETCH:
            groups[-1] = Span(groups[-1].first, max(groups[-1].last, days.last))
        else:
            groups.append(days)
    return groups


def _near(drafts: Sequence[DraftEvent], stretches: Sequence[Span]) -> list[Standing]:
    """Public events of these days that share a person or body with one of the drafts, by one query, and one more if a
    body is named. People's events are found by their index, which is in order of days, however many events there are.
    """
    slugs = {slug for draft in drafts for slug in _known(draft)}
    named = {slug for draft in drafts for slug in draft.bodies}
    if not stretches or not (slugs or named):
        return []
    near: models.QuerySet[Any, Any] = (
        Participation.objects.filter(_within(stretches, "event_"), leader__slug__in=slugs).order_by().values("event")
    )
    if named:
        sessions = Event.objects.public().filter(_within(stretches, ""), bodies__slug__in=named).order_by().values("pk")
        near = near.union(sessions)
    facts = ("pk", "slug", "kind", "first_day", "last_day", "place__slug", "participations__leader__slug")
    events: dict[int, Standing] = {}
    for pk, slug, kind, first, last, place, person in Event.objects.filter(pk__in=near).order_by().values_list(*facts):
        event = events.setdefault(pk, Standing(pk, slug, kind, Span(first, last), place, [], []))
        if person:
            event.people.append(person)
    for pk, bodies in (lists(Event, "bodies", events, "slug") if named else {}).items():
        events[pk].bodies.extend(bodies)
    return list(events.values())


def _within(stretches: Sequence[Span], prefix: str) -> Q:
    """Whether an event may have been on one of these days. The bound below the first day is for the index."""
    return reduce(
        or_,
        (
            Q(
                **{
                    f"{prefix}first_day__range": (days.first - LONGEST, days.last + SLACK),
                    f"{prefix}last_day__gte": days.first - SLACK,
                }
            )
            for days in stretches
        ),
    )


def _meets(draft: DraftEvent, event: Standing, days: Span) -> bool:
    """Whether an event that shares a person or body with the draft is of its kind and days."""
    return event.kind in _kinds(draft) and event.days.overlaps(Span(days.first - SLACK, days.last + SLACK))


def _kinds(draft: DraftEvent) -> list[str]:
    return [draft.kind, *(kind for kin in KIN if draft.kind in kin for kind in kin)]


def _known(draft: DraftEvent) -> list[str]:
    return [person.slug for person in draft.participants if person.slug]


def likeness(draft: DraftEvent, event: Standing, days: Span) -> float:
    """Between 0 and 1: people or body first, then the day, then kind and place."""
    people = _overlap(who(draft), event.people) if draft.participants else _overlap(draft.bodies, event.bodies)
    same_kind = 1.0 if draft.kind == event.kind else 0.5
    return 0.55 * people + 0.3 * _same_day(draft, event, days) + 0.1 * same_kind + 0.05 * _same_place(draft, event)


def _overlap(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Shared over the smaller side, damped by what only one has: a text seldom names everybody."""
    shared = len(set(ours) & set(theirs))
    if not shared:
        return 0.0
    both = len(set(ours) | set(theirs))
    return 0.5 * shared / min(len(set(ours)), len(set(theirs))) + 0.5 * shared / both


def _same_day(draft: DraftEvent, event: Standing, days: Span) -> float:
    if draft.date_precision == "unknown":
        # Told as background: what lies nearest to the day of the text is the likeliest.
        apart = min(abs((days.last - event.days.last).days), BACKGROUND.days)
        return 0.9 - 0.5 * apart / BACKGROUND.days
    if draft.date_precision == "month":
        return 0.7 if days.overlaps(event.days) else 0.0
    return 1.0 if days.overlaps(event.days) else 0.5


def _same_place(draft: DraftEvent, event: Standing) -> float:
    if not draft.place or not event.place:
        return 0.5
    return 1.0 if draft.place == event.place else 0.0
