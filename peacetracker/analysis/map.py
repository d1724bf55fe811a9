"""Where events took place: places with their numbers, and through whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum

from peacetracker.analysis.contacts import listed
from peacetracker.analysis.tallies import narrowed, only_closed, stored
from peacetracker.diplomacy.choices import CONTACTS, SIDES, Status, Track
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import Event, Place
from peacetracker.diplomacy.querysets import EventQuerySet

THIRD = (Track.EU, Track.RUSSIA, Track.US, Track.OTHER)
HELD_TOGETHER = Q(joint=True, status=Status.HELD, kind__in=CONTACTS)


@dataclass
class Venue:
    """A place and the events there that answer a question. `both`: held contacts of both sides among them."""

    place: Place
    total: int = 0
    both: int = 0
    last: date = date.min
    tracks: Counter[str] = field(default_factory=Counter)

    @property
    def track(self) -> str | None:
        """The third party of more than half of the events; None where there is none such."""
        return next((track for track in THIRD if self.tracks[track] * 2 > self.total), None)

    @property
    def both_names(self) -> dict[str, str]:
        """What Armenia and Azerbaijan call a place in either of them, by language."""
        names = self.place.name_native
        return {code: names[code] for code in ("hy", "az") if self.place.country in SIDES and names.get(code)}


def placed() -> EventQuerySet:
    """Public events of which it is recorded where they were. Calls have no place."""
    events: EventQuerySet = Event.objects.public().exclude(place=None)
    return events


def venues(asked: EventFilter) -> list[Venue]:
    """The places of the events that answer a question, those with most events first. Two queries."""
    if only_closed(asked):
        return in_order(_stored(asked))
    found: dict[int, Venue] = {}
    rows = asked.apply(placed()).order_by().values_list("place", "track")
    counted = list(rows.annotate(n=Count("pk"), both=Count("pk", filter=HELD_TOGETHER), last=Max("first_day")))
    for place in Place.objects.filter(pk__in={row[0] for row in counted}).defer("search_text"):
        found[place.pk] = Venue(place)
    for pk, track, n, both, last in counted:
        venue = found[pk]
        venue.total += n
        venue.both += both
        venue.last = max(venue.last, last)
        if track:
            venue.tracks[track] += n
    return in_order(found.values())


def _stored(asked: EventFilter) -> Iterable[Venue]:
    """The same from the stored counts; of the events only the last at each place is looked for."""
    tallies = narrowed(stored("place"), asked.values).order_by().values_list("value", "track")
    counted = list(tallies.annotate(total=Sum("n"), both=Sum("n", filter=HELD_TOGETHER)))
    last = asked.apply(Event.objects.public()).filter(place=OuterRef("pk")).newest_first().values("first_day")[:1]
    places = Place.objects.filter(slug__in={row[0] for row in counted}).defer("search_text")
    found = {place.slug: Venue(place, last=place.last) for place in places.annotate(last=Subquery(last))}
    for slug, track, n, both in counted:
        venue = found[slug]
        venue.total += n
        venue.both += both or 0
        if track:
            venue.tracks[track] += n
    return found.values()


def in_order(found: Iterable[Venue]) -> list[Venue]:
    return sorted(found, key=lambda venue: (-venue.total, -venue.both, venue.place.name))


def events_at(asked: EventFilter, place: Place, most: int) -> list[Event]:
    """The latest events at a place that answer a question. One query."""
    return list(listed(asked.apply(placed()).filter(place=place)).newest_first()[:most])
