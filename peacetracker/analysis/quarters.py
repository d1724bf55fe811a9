"""Joint contacts per quarter, by the third party that stood between the two sides."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import ExtractQuarter, ExtractYear

from peacetracker.analysis.contacts import held_contacts
from peacetracker.diplomacy.choices import Kind, Track

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
    """Every quarter from the first contact to the record's end, empty ones too. One query."""
    events = held_contacts(joint=True).exclude(kind=Kind.AGREEMENT).filter(first_day__lte=until)
    rows = (
        events.order_by()
        .values_list(ExtractYear("first_day"), ExtractQuarter("first_day"), "track")
        .annotate(n=Count("pk"))
    )
    found: dict[tuple[int, int], Counter[str]] = {}
    for year, number, track, n in rows:
        found.setdefault((year, number), Counter())[_bar(track)] += n
    if not found:
        return []
    return [Quarter(y, q, dict(found.get((y, q), Counter()))) for y, q in _run(min(found), until)]


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
