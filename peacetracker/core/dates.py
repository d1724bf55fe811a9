"""Dates and how well they are known. A date is never shown more exact than it is known."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

DAY, MONTH, YEAR, UNKNOWN, OPEN = "day", "month", "year", "unknown", "open"
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
# Django's own cannot be told apart in Armenian (January, June) and are lower case in English.
SHORT_MONTHS = (
    pgettext_lazy("short month", "Jan"),
    pgettext_lazy("short month", "Feb"),
    pgettext_lazy("short month", "Mar"),
    pgettext_lazy("short month", "Apr"),
    pgettext_lazy("short month", "May"),
    pgettext_lazy("short month", "Jun"),
    pgettext_lazy("short month", "Jul"),
    pgettext_lazy("short month", "Aug"),
    pgettext_lazy("short month", "Sep"),
    pgettext_lazy("short month", "Oct"),
    pgettext_lazy("short month", "Nov"),
    pgettext_lazy("short month", "Dec"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of days, both ends in it. An open end is `date.min` or `date.max`."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "Span") -> bool:
        return self.first <= other.last and other.first <= self.last


def widest(day: date, precision: str) -> Span:
    """Every day that a date known to the day, month or year may mean."""
    if precision == YEAR:
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    if precision == MONTH:
        return Span(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))
    return Span(day, day)


def parse_partial(text: str) -> tuple[date, str]:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` as its first day and precision.

    Raises ValueError for anything else.
    """
    match = PARTIAL.match(text)
    if not match:
        raise ValueError(_("“%(text)s” is not a date (YYYY, YYYY-MM or YYYY-MM-DD)") % {"text": text})
    year, month, day = match.groups()
    precision = DAY if day else MONTH if month else YEAR
    return date(int(year), int(month or 1), int(day or 1)), precision


def partial_span(text: str) -> Span:
    return widest(*parse_partial(text))


def partial_iso(day: date, precision: str) -> str:
    """The date cut to what is known: `2024-05` for a month."""
    return day.isoformat()[: {YEAR: 4, MONTH: 7}.get(precision, 10)]


def in_words(day: date | None, precision: str = DAY, *, short: bool = False) -> str:
    """“8 August 2025”, “August 2025” or “2025”; short months as “8 Aug 2025”. No day: “date not known”.

    In other languages as those write a date in the middle of a sentence.
    """
    if day is None:
        return _("date not known")
    if precision == YEAR:
        return str(day.year)
    parts = {"day": day.day, "month": _month(day.month, precision, short), "year": day.year}
    if precision == MONTH:
        pattern = pgettext("short date", "%(month)s %(year)s") if short else pgettext("date", "%(month)s %(year)s")
    elif short:
        pattern = pgettext("short date", "%(day)s %(month)s %(year)s")
    else:
        pattern = pgettext("date", "%(day)s %(month)s %(year)s")
    return pattern % parts


def _month(number: int, precision: str, short: bool) -> str:
    """A month's name: after a day in the case that the language asks for, with a capital in English alone."""
    if short:
        return str(SHORT_MONTHS[number - 1])
    name = str(MONTHS[number] if precision == MONTH else MONTHS_ALT[number])
    if (get_language() or "en").startswith("en"):
        return name
    return name[:1].lower()[:1] + name[1:]  # lower() of the Azerbaijani “İ” is two signs, “i” and a dot
