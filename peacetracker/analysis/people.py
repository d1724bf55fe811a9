"""People: their offices on a day, their contacts by year, and with whom they had them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q
from django.db.models.functions import ExtractYear

from peacetracker.diplomacy.choices import CONTACTS, BoundPrecision, Status, Visibility
from peacetracker.diplomacy.models import Leader, Participation, Party, Tenure

CONTACT = Q(event__visibility=Visibility.PUBLIC, event__status=Status.HELD, event__kind__in=CONTACTS)
# A tenure whose end nobody sourced says nothing of a later day.
UNSOURCED_END = Q(end__isnull=True, end_precision=BoundPrecision.UNKNOWN)


@dataclass(frozen=True)
class Person:
    """A person of the record; `offices`: those held on the day asked for."""

    leader: Leader
    offices: tuple[Tenure, ...]
    contacts: int
    joint: int
    last: date | None


@dataclass(frozen=True)
class PartyGroup:
    party: Party | None
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Year:
    year: int
    joint: int
    other: int

    @property
    def total(self) -> int:
        return self.joint + self.other


@dataclass(frozen=True)
class Counterpart:
    slug: str
    name: str
    party: str | None
    count: int
    last: date


def people(on: date) -> list[PartyGroup]:
    """Everybody, by party: Armenia and Azerbaijan first, then by number of contacts. Three queries."""
    counts = {
        leader: (n, joint, last)
        for leader, n, joint, last in Participation.objects.filter(CONTACT)
        .order_by()
        .values_list("leader")
        .annotate(n=Count("pk"), joint=Count("pk", filter=Q(event__joint=True)), last=Max("event__first_day"))
    }
    offices: defaultdict[int, list[Tenure]] = defaultdict(list)
    for tenure in Tenure.objects.held_on(on).exclude(UNSOURCED_END).select_related("office"):
        offices[tenure.leader_id].append(tenure)
    groups: defaultdict[Party | None, list[Person]] = defaultdict(list)
    for leader in Leader.objects.public().select_related("party").defer("search_text"):
        n, joint, last = counts.get(leader.pk, (0, 0, None))
        groups[leader.party].append(Person(leader, tuple(offices[leader.pk]), n, joint, last))
    found = [PartyGroup(party, tuple(sorted(rows, key=_most))) for party, rows in groups.items()]
    return sorted(found, key=_sides_first)


def _most(person: Person) -> tuple[int, str]:
    return -person.contacts, person.leader.name


def _sides_first(group: PartyGroup) -> tuple[int, int, str]:
    code = group.party.code if group.party else "~"
    return {"AM": 0, "AZ": 1}.get(code, 2), -sum(person.contacts for person in group.people), code


def contacts_by_year(leader: Leader) -> list[Year]:
    """Held contacts of a person, by year, years without any in between. One query."""
    rows = dict[int, tuple[int, int]]()
    counted = (
        Participation.objects.filter(CONTACT, leader=leader)
        .order_by()
        .values_list(ExtractYear("event__first_day"))
        .annotate(n=Count("pk"), joint=Count("pk", filter=Q(event__joint=True)))
    )
    for year, n, joint in counted:
        rows[year] = (joint, n - joint)
    return [Year(y, *rows.get(y, (0, 0))) for y in range(min(rows), max(rows) + 1)] if rows else []


def counterparts(leader: Leader, most: int = 12) -> list[Counterpart]:
    """With whom a person was in contact most. One query."""
    mine = Participation.objects.filter(CONTACT, leader=leader).order_by().values("event")
    rows = (
        Participation.objects.filter(event__in=mine)
        .exclude(leader=leader)
        .order_by()
        .values_list("leader__slug", "leader__name", "leader__party__code")
        .annotate(n=Count("pk"), last=Max("event__first_day"))
        .order_by(F("n").desc(), "leader__slug")[:most]
    )
    return [Counterpart(*row) for row in rows]


def span_of(tenures: Iterable[Tenure], until: date) -> tuple[date, date] | None:
    """The days that a picture of some tenures must hold; open ones reach the record's end."""
    known = [tenure for tenure in tenures if tenure.first_day]
    if not known:
        return None
    first = min(tenure.first_day for tenure in known if tenure.first_day)
    return first, max(until, *(tenure.last_day or until for tenure in known))
