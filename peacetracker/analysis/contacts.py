"""What counts as a contact, in one place. Every count of contacts begins here."""

from typing import Any

from django.db.models import Q

from peacetracker.diplomacy.choices import CONTACTS, TALKS, Kind, Level, Precision
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.querysets import EventQuerySet


def contacts() -> EventQuerySet:
    """Public events in which people of two parties were in touch, whatever became of them."""
    events: EventQuerySet = Event.objects.public().filter(kind__in=CONTACTS)
    return events


def held_contacts(*, joint: bool) -> EventQuerySet:
    """Held contacts of both sides (`joint`), or of one side with a third party."""
    return contacts().held().filter(joint=joint)


def at_level(key: str) -> Q:
    """Joint contacts at one level whose day is known: talks of leaders or ministers, or sessions of commissions."""
    known = Q(joint=True, date_precision=Precision.DAY)
    if key == "commissions":
        return known & Q(kind=Kind.COMMISSION_SESSION)
    return known & Q(kind__in=TALKS, level=Level(key))


def listed(events: EventQuerySet) -> Any:
    """The columns that a line of a list shows, and no more."""
    return events.select_related("place").defer("search_text", "note", "summary", "outcomes", "reason")
