"""Where the process stands, by rule: the status of the treaty text, the last contacts, what is scheduled.

Everything is counted to the day that the record covers, which the sentence names; never to today.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peacetracker.analysis.contacts import contacts, listed
from peacetracker.analysis.silence import Gauge
from peacetracker.diplomacy.choices import Kind, Role, Status
from peacetracker.diplomacy.models import Event, Party, Proposal

TREATY = "peace-agreement-2025"
INITIALLED = re.compile(r"initialled (?P<on>.+), not signed by (?P<by>.+)\Z")


@dataclass(frozen=True)
class Treaty:
    """The text on the table. `initialled_on` and `unsigned_by` are read from its status; None where it says else."""

    proposal: Proposal
    initialled_on: str | None
    unsigned_by: str | None


@dataclass(frozen=True)
class LastContact:
    """The last contact at a level, `days` before the record's end; `mediators`: names, in the record's order."""

    event: Event
    days: int
    mediators: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_call(self) -> bool:
        return self.event.kind == Kind.CALL


@dataclass(frozen=True)
class Standing:
    until: date
    treaty: Treaty | None
    leaders: LastContact | None
    ministers: LastContact | None
    ahead: tuple[Event, ...]


def read_status(proposal: Proposal) -> Treaty:
    """The status of a text is a sentence of the record; the usual one is taken apart so that it can be retold."""
    found = INITIALLED.match(proposal.status)
    return Treaty(proposal, found["on"], found["by"]) if found else Treaty(proposal, None, None)


def third_parties(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who mediated, and who else of a third party took part: names of parties without repeats."""
    people = event.participations.select_related("party").exclude(party__code__in=("AM", "AZ", "NK"))
    rows = [(part.role, part.party) for part in people if part.party]
    mediators = tuple(dict.fromkeys(_short(party) for role, party in rows if role == Role.MEDIATOR))
    others = tuple(dict.fromkeys(_short(party) for role, party in rows if role != Role.MEDIATOR))
    return mediators, tuple(name for name in others if name not in mediators)


def _short(party: Party) -> str:
    return party.name.split(" (")[0]


def ahead_of(until: date) -> list[Event]:
    """What is on record as scheduled after the record's end, the nearest first."""
    events = contacts().filter(status=Status.SCHEDULED, first_day__gt=until)
    return list(listed(events).oldest_first()[:10])


def standing(until: date, gauges: Iterable[Gauge], ahead: Iterable[Event]) -> Standing:
    """The parts of the sentence; the gauges of leaders and ministers hold their last contacts."""
    by_key = {gauge.key: gauge for gauge in gauges}
    proposal = Proposal.objects.public().filter(slug=TREATY).first()
    leaders, ministers = by_key.get("leaders"), by_key.get("ministers")
    return Standing(
        until,
        read_status(proposal) if proposal else None,
        LastContact(leaders.last, leaders.intervals.now, *third_parties(leaders.last)) if leaders else None,
        LastContact(ministers.last, ministers.intervals.now) if ministers else None,
        tuple(ahead),
    )
