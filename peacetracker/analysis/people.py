"""People: their offices on a day, their contacts by year, and with whom they had them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear

from peacetracker.analysis.tallies import narrowed, stored
from peacetracker.diplomacy.choices import CONTACTS, SIDES, BoundPrecision, Status
from peacetracker.diplomacy.models import Leader, PairCount, Participation, Party, Tenure

# A tenure whose end nobody sourced says nothing of a later day.
UNSOURCED_END = Q(end__isnull=True, end_precision=BoundPrecision.UNKNOWN)


def held_parts() -> QuerySet[Participation]:
    """Participations in held contacts. What they repeat of a public event is enough to tell."""
    return Participation.objects.filter(event_status=Status.HELD, event_kind__in=CONTACTS)


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

    @property
    def seen(self) -> list[Person]:
        """Those who took part in a held contact."""
        return [person for person in self.people if person.contacts]

    @property
    def unseen(self) -> list[Person]:
        return [person for person in self.people if not person.contacts]


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
    """Everybody, by party: Armenia and Azerbaijan first, then by number of contacts. Four queries."""
    counted = narrowed(stored("leader"), {"status": [Status.HELD], "kind": list(CONTACTS)}).order_by()
    counts = {
        slug: (n, joint or 0)
        for slug, n, joint in counted.values_list("value").annotate(total=Sum("n"), both=Sum("n", filter=Q(joint=True)))
    }
    offices: defaultdict[int, list[Tenure]] = defaultdict(list)
    held = Tenure.objects.held_on(on).exclude(UNSOURCED_END).select_related("office")
    for tenure in held.only("leader", "acting", "office__title"):
        offices[tenure.leader_id].append(tenure)
    groups: defaultdict[Party | None, list[Person]] = defaultdict(list)
    latest = held_parts().filter(leader=OuterRef("pk")).order_by("-event_first_day").values("event_first_day")[:1]
    parties = Party.objects.in_bulk()
    for leader in Leader.objects.public().only("slug", "name", "party").annotate(last=Subquery(latest)):
        n, joint = counts.get(leader.slug, (0, 0))
        groups[parties.get(leader.party_id)].append(Person(leader, tuple(offices[leader.pk]), n, joint, leader.last))
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
        held_parts()
        .filter(leader=leader)
        .order_by()
        .values_list(ExtractYear("event_first_day"))
        .annotate(n=Count("*"), joint=Count("leader", filter=Q(event_joint=True)))
    )
    for year, n, joint in counted:
        rows[year] = (joint, n - joint)
    return [Year(y, *rows.get(y, (0, 0))) for y in range(min(rows), max(rows) + 1)] if rows else []


def counterparts(leader: Leader, most: int = 12) -> list[Counterpart]:
    """With whom a person was in contact most, from the stored pairs. Two queries."""
    pairs = PairCount.objects.filter(Q(one=leader.slug) | Q(another=leader.slug)).exclude(one=F("another"))
    known = {another if one == leader.slug else one: n for one, another, n in pairs.values_list("one", "another", "n")}
    known = {slug: n for slug, n in known.items() if slug not in SIDES}
    busiest = sorted(known, key=lambda slug: (-known[slug], slug))[:most]
    both = held_parts().filter(leader=OuterRef("pk"), event__participations__leader=leader)
    latest = both.order_by("-event_first_day").values("event_first_day")[:1]
    called = Leader.objects.filter(slug__in=busiest).annotate(last=Subquery(latest))
    found = [
        Counterpart(slug, name, party, known[slug], last)
        for slug, name, party, last in called.values_list("slug", "name", "party__code", "last")
    ]
    return sorted(found, key=lambda one: (-one.count, one.slug))


def span_of(tenures: Iterable[Tenure], until: date) -> tuple[date, date] | None:
    """The days that a picture of some tenures must hold; open ones reach the record's end."""
    known = [tenure for tenure in tenures if tenure.first_day]
    if not known:
        return None
    first = min(tenure.first_day for tenure in known if tenure.first_day)
    return first, max(until, *(tenure.last_day or until for tenure in known))
