"""An expression of time and the day that it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .model import Precision

Resolved = tuple[date | None, Precision]
UNKNOWN: Resolved = (None, "unknown")


@dataclass(slots=True)
class DateRef:
    """One expression of time at words [i, j): what it counts from and how far."""

    i: int
    j: int
    form: str  # day, month, weekday, publication, context, month-offset, context-month, vague, year
    month: int = 0
    day: int = 0
    year: int = 0
    offset: int = 0
    unit: str = "day"
    direction: int = 0
    future: bool = False
    anchor: int = 0  # "three days before X": the word where X begins, which tells what to count from
    shift: int = 0  # days to add: talks that ran into the early hours of Saturday began on Friday

    @property
    def gives_day(self) -> bool:
        return self.form in ("day", "weekday", "publication", "context", "ordinal", "back")

    def resolve(self, published: date | None, context: Resolved, *, future: bool) -> Resolved:
        """The date meant, given the day of publication, the event told before, and the tense."""
        day, precision = self._resolve(published, context, future=future)
        return (day + timedelta(days=self.shift) if day else day), precision

    def nearest(self, published: date | None, context: Resolved) -> Resolved:
        """The reading nearest to the publication, before or after; a weekday that has been."""
        past = self.resolve(published, context, future=False)
        ahead = self.resolve(published, context, future=True) if self.form != "weekday" else past
        if past[0] is None or ahead[0] is None or published is None:
            return past
        return min((past, ahead), key=lambda r: abs(((r[0] or published) - published).days))

    def _resolve(self, published: date | None, context: Resolved, *, future: bool) -> Resolved:
        if self.form in ("day", "month"):
            return self._calendar(published, future=future)
        if self.form in ("vague", "year", "anchored", "back"):
            return UNKNOWN
        if self.form == "ordinal":
            return self._ordinal(context[0] or published, published, future=future)
        if self.form == "context":
            base = context[0] if context[0] and context[1] == "day" else None
            if self.unit == "weekday":
                return self._weekday_beside(base or published), "day" if base or published else "unknown"
            if base is None and self.offset == 0 and context[0]:
                return context
            base = base or published
            return (base + timedelta(days=self.offset), "day") if base else UNKNOWN
        if self.form == "context-month":
            told = context[0] or (published if self.offset else None)
            return (shift_months(told, self.offset), "month") if told else UNKNOWN
        if published is None:
            return UNKNOWN
        if self.form == "publication":
            return published + timedelta(days=self.offset), "day"
        if self.form == "month-offset":
            return shift_months(published, self.offset), "month"
        return self._weekday(published, future=future), "day"

    def _calendar(self, published: date | None, *, future: bool) -> Resolved:
        precision: Precision = "day" if self.form == "day" else "month"
        day = self.day if self.form == "day" else 1
        year = self.year
        if not year:
            if published is None:
                return UNKNOWN
            year = published.year
            if self.direction:
                ahead = (self.month, day) > (published.month, published.day if precision == "day" else 0)
                same = self.month == published.month
                if self.direction < 0 and (ahead or same):
                    year -= 1
                if self.direction > 0 and not ahead:
                    year += 1
            else:
                year = _nearest_year(self.month, day, published, precision, future=future)
        try:
            return date(year, self.month, day), precision
        except ValueError:
            return UNKNOWN

    def _ordinal(self, base: date | None, published: date | None, *, future: bool) -> Resolved:
        """ "on the 27th": of the month just told, or of the one that suits the tense."""
        if base is None:
            return UNKNOWN
        first = base.replace(day=1)
        if published is not None and base == published and future and self.day < published.day:
            first = shift_months(first, 1)
        elif published is not None and base == published and not future and self.day > published.day:
            first = shift_months(first, -1)
        try:
            return first.replace(day=self.day), "day"
        except ValueError:
            return UNKNOWN

    def _weekday_beside(self, told: date | None) -> date | None:
        """ "the following Monday", "the previous Thursday", beside a day that was told."""
        if told is None:
            return None
        away = (self.day - told.weekday()) * self.direction % 7 or 7
        return told + timedelta(days=away * self.direction)

    def _weekday(self, published: date, *, future: bool) -> date:
        if self.direction < 0:
            back = (published.weekday() - self.day) % 7 or 7
            return published - timedelta(days=back)
        if future or self.direction > 0:
            ahead = (self.day - published.weekday()) % 7
            if self.direction > 0 and not ahead:
                ahead = 7
            return published + timedelta(days=ahead)
        return published - timedelta(days=(published.weekday() - self.day) % 7)


def shift_months(day: date, months: int) -> date:
    """First day of the month so many months away."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _nearest_year(month: int, day: int, published: date, precision: str, *, future: bool) -> int:
    here = (published.month, published.day if precision == "day" else 0)
    then = (month, day if precision == "day" else 0)
    if precision == "month":
        here, then = (published.month, 0), (month, 0)
    if future:
        return published.year + (1 if then < here else 0)
    slack = precision == "day" and 0 < (month - published.month) * 31 + day - published.day <= 1
    return published.year - (1 if then > here and not slack else 0)


def apply_year_offset(ref: DateRef, published: date | None) -> None:
    """Turn "November last year" into a year once the publication is known."""
    if ref.unit == "year" and published is not None and not ref.year:
        ref.year = published.year + ref.offset
