"""Who is meant: the holder of an office on a day, or the person behind a name in any spelling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import Leader, Office, Tenure
from peacetracker.diplomacy.names import Known, names

MOST = 10


@dataclass(frozen=True)
class Candidate:
    """A person who may be meant. `certain`: on any reading of the dates; of a name: spelled as in the record."""

    leader: Leader | Known
    certain: bool
    score: int = 100
    tenure: Tenure | None = None

    def document(self) -> dict[str, Any]:
        held = self.tenure
        return {
            "leader": {"slug": self.leader.slug, "name": self.leader.name},
            "office": held and {"slug": held.office.slug, "title": held.office.title, "party": held.office.party.code},
            "tenure": held
            and {
                "id": held.key,
                "start": held.start,
                "start_precision": held.start_precision,
                "end": held.end,
                "end_precision": held.end_precision,
                "acting": held.acting,
            },
            "certain": self.certain,
            "score": self.score,
        }


def offices_called(role: str, party: str = "") -> list[Office]:
    """Offices that a role names: by slug, title or other title, whole or up to “of ...”. No role: every office."""
    offices = Office.objects.select_related("party")
    words = fold(role)
    found = offices.filter(party__code=party) if party else offices
    if not role:
        return list(found)
    return [office for office in found if any(_names(spelling, words) for spelling in _titles(office))]


def _titles(office: Office) -> list[str]:
    called = [forms if isinstance(forms, list) else [forms] for forms in office.short_native.values()]
    return [office.slug, office.title, *office.aliases, *office.title_native.values(), *chain(*called)]


def _names(spelling: str, words: str) -> bool:
    folded = fold(spelling)
    return folded == words or folded.startswith(f"{words} of ")


def holders(offices: Sequence[Office], day: date) -> list[Candidate]:
    """Who held one of these offices on a day, read closed and at its widest; certain first, then later start."""
    tenures = (
        Tenure.objects.held_on(day)
        .filter(office__in=offices, leader__visibility=Visibility.PUBLIC)
        .select_related("leader", "office__party")
    )
    found = [Candidate(held.leader, _is_certain(held, day), 100, held) for held in tenures]
    return sorted(found, key=_weight, reverse=True)


def _is_certain(held: Tenure, day: date) -> bool:
    return bool(held.certain_from and held.certain_from <= day and (held.certain_to or date.max) >= day)


def _weight(one: Candidate) -> tuple[bool, date, str]:
    start = one.tenure.start if one.tenure else None
    return one.certain, start or date.min, one.leader.slug


def people_called(name: str, party: str = "") -> list[Candidate]:
    """People whose name in any spelling is like this one, the likest first: the people that a search would find."""
    found = [one for one in names().alike(name) if not party or one.known.party == party]
    return [Candidate(one.known, one.certain, one.score) for one in found[:MOST]]
