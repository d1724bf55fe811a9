"""Dates told in a sentence: absolute, relative to the publication, or relative to the event just told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .model import Precision
from .sentences import Item, Sentence, Text

_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_ON = frozenset(("on", "from", "by", "until", "since", "to", "for", "and"))
_AFTER_DAY = frozenset(
    ("to", "and", "in", "at", "for", "with", "when", "he", "she", "they", "the", "but", "where", "of")
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOTTED = re.compile(r"\d\.\d\d?\.\d")
_RANGE = re.compile(r"\s*[-–—]\s*")
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
    shift: int = 0  # days to add: talks that ran into the early hours of Saturday began on Friday

    @property
    def gives_day(self) -> bool:
        return self.form in ("day", "weekday", "publication", "context", "ordinal")

    def resolve(self, published: date | None, context: Resolved, *, future: bool) -> Resolved:
        """The date meant, given the day of publication, the event told before, and the tense."""
        day, precision = self._resolve(published, context, future=future)
        return (day + timedelta(days=self.shift) if day else day), precision

    def _resolve(self, published: date | None, context: Resolved, *, future: bool) -> Resolved:
        if self.form in ("day", "month"):
            return self._calendar(published, future=future)
        if self.form in ("vague", "year"):
            return UNKNOWN
        if self.form == "ordinal":
            return self._ordinal(context[0] or published, published, future=future)
        if self.form == "context":
            base = context[0] if context[0] and context[1] == "day" else None
            if base is None and self.offset == 0 and context[0]:
                return context
            base = base or published
            return (base + timedelta(days=self.offset), "day") if base else UNKNOWN
        if self.form == "context-month":
            return (context[0].replace(day=1), "month") if context[0] else UNKNOWN
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


class DateReader:
    """Reads the expressions of time of one sentence."""

    def __init__(self, text: Text, sentence: Sentence, lang: str) -> None:
        self.text = text
        self.sentence = sentence
        self.lang = lang
        self.words = text.words

    def read(self) -> list[DateRef]:
        """All expressions, left to right; a weekday beside its calendar day is dropped."""
        items = self.sentence.items
        months = [r for item in items if item.type == "M" and (r := self._month(item)) is not None]
        found = months + self._dotted()
        for item in items:
            if item.type == "W" and self.text.upper(item.i) | (self.lang != "en"):
                found.append(DateRef(item.i, item.j, "weekday", day=item.value, direction=self._direction(item)))
            elif item.type == "D":
                found += self._phrase(item)
            elif item.type == "N":
                found += self._counted(item)
        found.sort(key=lambda r: (r.i, -r.j))
        if self.lang == "en":
            found = sorted(found + self._ordinals(found), key=lambda r: (r.i, -r.j))
        kept = _tidy(found)
        for item in items:
            if item.type == "D" and item.value == "overnight":
                for ref in kept:
                    ref.shift = -1 if ref.i == item.j and ref.form in ("day", "weekday") else ref.shift
        return kept

    # parts

    def _digit(self, k: int) -> int:
        if not self.sentence.first <= k < self.sentence.last:
            return 0
        match = _NUMBER.fullmatch(self.words[k])
        value = int(re.sub(r"\D", "", match.group())) if match else 0
        return value if 1 <= value <= 31 else 0

    def _year(self, k: int) -> int:
        if not self.sentence.first <= k < self.sentence.last:
            return 0
        return int(self.words[k]) if _YEAR.fullmatch(self.words[k]) else 0

    def _plain(self, k: int) -> bool:
        """Whether word k follows its neighbour closely."""
        return len(self.text.gap(k)) <= 2 and "." not in self.text.gap(k) and ";" not in self.text.gap(k)

    def _month(self, item: Item) -> DateRef | None:
        k = item.i
        if self.lang == "en" and not self.text.upper(k):
            return None
        ref = DateRef(item.i, item.j, "month", month=item.value)
        left, right = self._left_day(k), self._right_day(item.j)
        order = (right, left) if self.lang in ("hy", "az") else (left, right)
        day = next((d for d in order if d[0]), (0, k, item.j))
        if day[0]:
            ref.form, ref.day = "day", day[0]
            ref.i, ref.j = min(ref.i, day[1]), max(ref.j, day[2])
        elif self.lang == "hy" and item.value == 3 and not self.words[k].endswith("ին"):
            return None
        self._find_year(ref)
        if not ref.year:
            ref.direction = self._direction(item)
        return ref

    def _left_day(self, k: int) -> tuple[int, int, int]:
        at = k - 1
        if self._digit(at) == 0 and at > self.sentence.first and self.words[at].lower() in ("of", "ը", "ին"):
            at -= 1
        day = self._digit(at)
        if not day or not self._plain(at + 1):
            return 0, k, k
        first = self._digit(at - 1)
        if first and _RANGE.fullmatch(self.text.gap(at)) and first < day:
            return first, at - 1, k
        listed = self._digit(at - 2)
        if listed and first == 0 and self.words[at - 1].lower() in ("and", "и", "և", "və") and listed < day:
            return listed, at - 2, k
        return day, at, k

    def _right_day(self, j: int) -> tuple[int, int, int]:
        at = j
        day = self._digit(at)
        if not day or not self._plain(at):
            return 0, j, j
        end = at + 1
        if self._digit(end) and _RANGE.fullmatch(self.text.gap(end)):
            end += 1
        return day, at, end

    def _find_year(self, ref: DateRef) -> None:
        for k in (ref.j, ref.j + 1):
            year = self._year(k)
            if (
                year
                and all(len(self.text.gap(n)) <= 2 for n in range(ref.j, k + 1))
                and (k == ref.j or len(self.words[ref.j]) <= 4)
            ):
                ref.year, ref.j = year, k + 1
                return
        for k in (ref.i - 1, ref.i - 2, ref.i - 3):
            year = self._year(k)
            if year and self.lang in ("hy", "az"):
                ref.year, ref.i = year, k
                return
        for item in self.sentence.items:
            if (
                item.type == "D"
                and item.value in ("last_year", "this_year", "next_year")
                and (0 <= item.i - ref.j <= 1 or 0 <= ref.i - item.j <= 1)
            ):
                ref.offset = {"last_year": -1, "this_year": 0, "next_year": 1}[item.value]
                ref.unit = "year"
                ref.i, ref.j = min(ref.i, item.i), max(ref.j, item.j)
                return

    def _direction(self, item: Item) -> int:
        for other in self.sentence.items:
            if other.type == "D" and other.j == item.i and other.value in ("last", "next", "this"):
                return {"last": -1, "next": 1, "this": 0}[other.value]
        return 0

    def _dotted(self) -> list[DateRef]:
        found: list[DateRef] = []
        if not _DOTTED.search(self.text.raw, self.sentence.start, self.sentence.end):
            return found
        for k in range(self.sentence.first, self.sentence.last - 2):
            if not self.words[k + 2][0].isdigit():
                continue
            year = self._year(k + 2)
            if year and self.text.gap(k + 1) == "." == self.text.gap(k + 2):
                day, month = self._digit(k), self._digit(k + 1)
                if day and 1 <= month <= 12:
                    found.append(DateRef(k, k + 3, "day", month=month, day=day, year=year))
        return found

    def _ordinals(self, found: list[DateRef]) -> list[DateRef]:
        """ "on the 26th", "from the 27th to the 28th": days whose month was told before."""
        days: list[DateRef] = []
        for k in range(self.sentence.first + 2, self.sentence.last):
            if not _ORDINAL.fullmatch(self.words[k]) or self.words[k - 1].lower() != "the" or not self._digit(k):
                continue
            if self.words[k - 2].lower() not in _ON or not self._ends_phrase(k + 1):
                continue
            if any(r.i <= k < r.j for r in found) or (days and self.words[k - 2].lower() == "to"):
                continue
            told = [r for r in found if r.form == "day" and r.j <= k]
            day = self._digit(k)
            days.append(
                DateRef(k, k + 1, "day", month=told[-1].month, day=day, year=told[-1].year)
                if told
                else DateRef(k, k + 1, "ordinal", day=day)
            )
        return days

    def _ends_phrase(self, k: int) -> bool:
        """Whether no noun follows at word k, as in "the 9th meeting"."""
        if k >= self.sentence.last or self.text.gap(k).strip():
            return True
        return self.text.upper(k) or self.words[k].lower() in _AFTER_DAY

    def _phrase(self, item: Item) -> list[DateRef]:
        simple: Mapping[str, tuple[str, int]] = {
            "publication_day": ("publication", 0), "publication_minus_1": ("publication", -1),
            "publication_plus_1": ("publication", 1), "context_same": ("context", 0),
            "context_minus_1": ("context", -1), "context_plus_1": ("context", 1),
            "month_this": ("month-offset", 0), "month_last": ("month-offset", -1), "month_next": ("month-offset", 1),
            "context_month": ("context-month", 0), "vague_past": ("vague", 0), "vague_future": ("vague", 0),
        }  # fmt: skip
        if item.value not in simple:
            return []
        form, offset = simple[item.value]
        return [DateRef(item.i, item.j, form, offset=offset, future=item.value == "vague_future")]

    def _counted(self, item: Item) -> list[DateRef]:
        unit = way = None
        end = item.j
        for other in self.sentence.items:
            if other.type != "D":
                continue
            if other.i == item.j and other.value in ("day_units", "week_units", "month_units"):
                unit, end = other.value, other.j
            elif unit and other.i == end and other.value in ("ago", "earlier", "later"):
                way, end = other.value, other.j
        if unit is None or way is None:
            return []
        count = item.value * (1 if way == "later" else -1)
        if unit == "month_units":
            return [DateRef(item.i, end, "month-offset", offset=count)]
        if unit == "week_units":
            if way == "ago":
                return [DateRef(item.i, end, "vague")]
            count *= 7
        return [DateRef(item.i, end, "publication" if way == "ago" else "context", offset=count)]


def _tidy(found: list[DateRef]) -> list[DateRef]:
    """Drop what a more exact neighbour says again: "on Tuesday, 4 April", "earlier this month, on 17 February"."""
    kept: list[DateRef] = []
    for ref in found:
        if kept and ref.i < kept[-1].j:
            if ref.form == "day" and kept[-1].form != "day":
                kept[-1] = ref
            continue
        if kept and ref.i - kept[-1].j <= 2:
            before = kept[-1]
            if ref.form == "day" and before.form in ("weekday", "month-offset", "vague", "publication", "context"):
                kept[-1] = ref
                continue
            if before.form == "day" and ref.form in ("weekday", "vague", "context-month"):
                continue
            if before.form == "weekday" and ref.form in ("vague", "context", "publication") and ref.offset == 0:
                continue
            if before.form == "vague" and ref.form in ("weekday", "publication"):
                if ref.form == "weekday":
                    ref.direction = 0
                kept[-1] = ref
                continue
        kept.append(ref)
    return kept


def apply_year_offset(ref: DateRef, published: date | None) -> None:
    """Turn "November last year" into a year once the publication is known."""
    if ref.unit == "year" and published is not None and not ref.year:
        ref.year = published.year + ref.offset


__all__ = ["UNKNOWN", "DateReader", "DateRef", "Resolved", "apply_year_offset", "shift_months"]
