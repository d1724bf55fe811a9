"""Joint contacts per quarter, by the third party that stood between the two sides."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from peacetracker.analysis.contacts import held_contacts
from peacetracker.diplomacy.choices import ENCOUNTERS, Track
from peacetracker.diplomacy.models import Tally

ORDER = (Track.DIRECT, Track.EU, Track.US, Track.RUSSIA, Track.OTHER)


@dataclass(frozen=True)
class Quarter:
    """Contacts in one quarter by track; commission sessions count as direct, documents are left out."""

    year: int
    number: int
    counts: dict[str, int]

    @property
    def name(self) -> str:
        return f"Q{self.number} {self.year}"

    @property
    def middle(self) -> date:
        return date(self.year, self.number * 3 - 1, 15)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def quarters(until: date) -> list[Quarter]:
    """Every quarter from the first contact to the record's end, empty ones too. Two queries.

    Whole months are stored counts; of the month in which the record ends, only what lies before its end counts.
    """
    found: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for track, month, n in [*_whole_months(until), *_last_month(until)]:
        found[month.year, (month.month + 2) // 3][_bar(track)] += n
    if not found:
        return []
    return [Quarter(year, number, dict(found[year, number])) for year, number in _run(min(found), until)]


# Held encounters by month, by how well their day is known (diplomacy/tallying.py).
MET = ("met-day", "met-month", "met-year")


def _whole_months(until: date) -> list[tuple[str | None, date, int]]:
    months = Tally.objects.filter(axis__in=MET, joint=True, n__gt=0, value__lt=f"{until:%Y-%m}")
    rows = months.order_by().values_list("track", "value").annotate(total=Sum("n"))
    return [(track or None, date.fromisoformat(f"{month}-01"), n) for track, month, n in rows]


def _last_month(until: date) -> list[tuple[str | None, date, int]]:
    events = held_contacts(joint=True).filter(kind__in=ENCOUNTERS, first_day__range=(until.replace(day=1), until))
    rows = events.order_by().values_list("track").annotate(n=Count("*"))
    return [(track, until, n) for track, n in rows]


def _bar(track: str | None) -> str:
    return Track.DIRECT if track in (Track.COMMISSIONS, None) else str(track)


def _run(first: tuple[int, int], until: date) -> list[tuple[int, int]]:
    last = (until.year, (until.month + 2) // 3)
    return [
        (year, number)
        for year in range(first[0], last[0] + 1)
        for number in range(1, 5)
        if first <= (year, number) <= last
    ]


def direct_share(rows: list[Quarter], years: range) -> tuple[int, int]:
    """Direct contacts and all contacts of some years."""
    chosen = [row for row in rows if row.year in years]
    return sum(row.counts.get(Track.DIRECT, 0) for row in chosen), sum(row.total for row in chosen)
