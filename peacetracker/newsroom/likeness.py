"""Which event of the record a draft probably repeats, and which waiting draft tells the same story."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q

from peacetracker.core.dates import Span, widest
from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import Kind
from peacetracker.diplomacy.models import Event, Participation
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
PEOPLE = Prefetch("participations", Participation.objects.select_related("leader"))


@dataclass(frozen=True)
class Candidate:
    event: Event
    likeness: float


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
    days = window(draft, published)
    if days is None:
        return []
    return _weighed(draft, _near(_kinds(draft), days, _known(draft), draft.bodies), days)[:most]


def likeliest(told: Sequence[tuple[DraftEvent, date | None]]) -> list[Candidate | None]:
    """For each of many drafts the event that it most probably repeats. One look at the record for a stretch of days,
    not one for each draft."""
    windows = [(days, n) for n, one in enumerate(told) if (days := window(*one))]
    found: list[Candidate | None] = [None] * len(told)
    for group in _stretches(sorted(windows, key=lambda one: one[0].first)):
        drafts = [told[n][0] for _, n in group]
        events = _near(
            {kind for draft in drafts for kind in _kinds(draft)},
            Span(group[0][0].first, max(days.last for days, _ in group)),
            {slug for draft in drafts for slug in _known(draft)},
            {slug for draft in drafts for slug in draft.bodies},
        )
        for days, n in group:
            draft = told[n][0]
            found[n] = next(
                iter(_weighed(draft, [event for event in events if _meets(draft, event, days)], days)), None
            )
    return found


def _stretches(windows: Sequence[tuple[Span, int]]) -> list[list[tuple[Span, int]]]:
    """Windows in order, those together that begin within one stretch of days."""
    groups: list[list[tuple[Span, int]]] = []
    for days, n in windows:
        if groups and days.first - groups[-1][0][0].first <= STRETCH:
            groups[-1].append((days, n))
        else:
            groups.append([(days, n)])
    return groups


def _near(kinds: Collection[str], days: Span, people: Collection[str], bodies: Collection[str]) -> list[Event]:
    """Public events of these kinds and days with one of these people or bodies."""
    return list(
        Event.objects.public()
        .filter(kind__in=kinds, first_day__lte=days.last + SLACK, last_day__gte=days.first - SLACK)
        .filter(Q(participations__leader__slug__in=people) | Q(bodies__slug__in=bodies))
        .distinct()
        .select_related("place")
        .prefetch_related(PEOPLE, "bodies")
    )


def _meets(draft: DraftEvent, event: Event, days: Span) -> bool:
    """Whether an event found for several drafts would have been found for this one."""
    if event.kind not in _kinds(draft) or not event.first_day or not event.last_day:
        return False
    if event.first_day > days.last + SLACK or event.last_day < days.first - SLACK:
        return False
    people, bodies = set(_known(draft)), set(draft.bodies)
    return any(part.leader.slug in people for part in event.participations.all()) or any(
        body.slug in bodies for body in event.bodies.all()
    )


def _weighed(draft: DraftEvent, events: Sequence[Event], days: Span) -> list[Candidate]:
    """The likely ones, the likeliest first."""
    weighed = [Candidate(event, round(likeness(draft, event, days), 2)) for event in events]
    likely = [candidate for candidate in weighed if candidate.likeness >= LIKELY / 2]
    return sorted(likely, key=lambda candidate: (-candidate.likeness, candidate.event.slug))


def _kinds(draft: DraftEvent) -> list[str]:
    return [draft.kind, *(kind for kin in KIN if draft.kind in kin for kind in kin)]


def _known(draft: DraftEvent) -> list[str]:
    return [person.slug for person in draft.participants if person.slug]


def likeness(draft: DraftEvent, event: Event, days: Span) -> float:
    """Between 0 and 1: people or body first, then the day, then kind and place."""
    people = _overlap(who(draft), [part.leader.slug for part in event.participations.all()])
    if not draft.participants:
        people = _overlap(draft.bodies, [body.slug for body in event.bodies.all()])
    same_kind = 1.0 if draft.kind == event.kind else 0.5
    return 0.55 * people + 0.3 * _same_day(draft, event, days) + 0.1 * same_kind + 0.05 * _same_place(draft, event)


def _overlap(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Shared over the smaller side, damped by what only one has: a text seldom names everybody."""
    shared = len(set(ours) & set(theirs))
    if not shared:
        return 0.0
    both = len(set(ours) | set(theirs))
    return 0.5 * shared / min(len(set(ours)), len(set(theirs))) + 0.5 * shared / both


def _same_day(draft: DraftEvent, event: Event, days: Span) -> float:
    if draft.date_precision == "unknown":
        # Told as background: what lies nearest to the day of the text is the likeliest.
        apart = min(abs((days.last - event.span.last).days), BACKGROUND.days)
        return 0.9 - 0.5 * apart / BACKGROUND.days
    if draft.date_precision == "month":
        return 0.7 if days.overlaps(event.span) else 0.0
    return 1.0 if days.overlaps(event.span) else 0.5


def _same_place(draft: DraftEvent, event: Event) -> float:
    if not draft.place or not event.place:
        return 0.5
    return 1.0 if draft.place == event.place.slug else 0.0
