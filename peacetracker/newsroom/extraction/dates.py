"""Dates told in a sentence: absolute, relative to the publication, or relative to the event just told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from .armenian import PARTS, WHENCE
from .days import UNKNOWN, DateRef, Resolved, apply_year_offset, shift_months
from .sentences import Item, Sentence, Text

_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_ON = frozenset(("on", "from", "by", "until", "since", "to", "for", "and"))
_AFTER_DAY = frozenset(
    ("to", "and", "in", "at", "for", "with", "when", "he", "she", "they", "the", "but", "where", "of")
)
_GOES_ON = frozenset(
    ("and", "but", "or", "in", "at", "on", "with", "by", "to", "over", "via", "through", "from", "also", "when", "as")
)  # "met the day before in X"
_TURNS = {"following": 1, "next": 1, "subsequent": 1, "previous": -1, "preceding": -1, "prior": -1}
_LAST = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ITSELF = frozenset(("i", "we", "he", "she", "they", "being", "his", "her", "their"))  # who tells, or what is told
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOTTED = re.compile(r"\d\.\d\d?\.\d")
_RANGE = re.compile(r"\s*[-–—]\s*")
_LISTING = ("and", "to", "through", "until", "till", "и", "по", "до", "և", "və")  # "from 27 to 29 June"


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
        self._share_years(months)
        found = months + self._dotted()
        for item in items:
            if item.type == "W" and self.text.upper(item.i) | (self.lang != "en"):
                found.append(
                    self._weekday_from_told(item)
                    or DateRef(item.i, item.j, "weekday", day=item.value, direction=self._direction(item))
                )
            elif item.type == "D":
                found += self._phrase(item)
            elif item.type == "N":
                found += self._counted(item)
            if item.type == "D" and item.value in ("week_units", "month_units"):
                found += self._once(item)
        found.sort(key=lambda r: (r.i, -r.j))
        if self.lang == "en":
            found = sorted(found + self._feasts(), key=lambda r: (r.i, -r.j))
        if self.lang == "en" and (ordinals := self._ordinals(found)):
            found = sorted(found + ordinals, key=lambda r: (r.i, -r.j))
        kept = _tidy(found)
        for item in items:
            if item.type == "D" and item.value == "overnight":
                for ref in kept:
                    ref.shift = -1 if ref.i == item.j and ref.form in ("day", "weekday") else ref.shift
        return kept

    # parts

    def _weekday_from_told(self, item: Item) -> DateRef | None:
        """ "the following Monday", "the previous Thursday", "the Friday before": counted from what was just told."""
        if self.lang != "en" or item.i - 1 <= self.sentence.first:
            return None
        the, lead = (self.words[k].lower() for k in (item.i - 2, item.i - 1))
        way = _TURNS.get(lead, 0) if the in ("the", "on") else 0
        if way:
            return DateRef(item.i - 1, item.j, "context", day=item.value, unit="weekday", direction=way)
        after = self.words[item.j].lower() if item.j < self.sentence.last else ""
        way = {"before": -1, "after": 1}.get(after, 0) if lead == "the" and self._ends_phrase(item.j + 1) else 0
        return DateRef(item.i, item.j + 1, "context", day=item.value, unit="weekday", direction=way) if way else None

    def _share_years(self, months: list[DateRef]) -> None:
        """ "9 November 2020, 11 January and 26 November 2021": days of a list that share the year told once."""
        ahead = self.lang in ("hy", "az")  # the year stands before the first of its days there
        pairs = list(pairwise(months))
        for first, second in pairs if ahead else pairs[::-1]:
            giver, taker = (first, second) if ahead else (second, first)
            between = self.words[first.j : second.i]
            short = len(between) <= 2 and all(len(w) <= 3 for w in between)
            if giver.form == taker.form == "day" and giver.year and not taker.year and short:
                taker.year = giver.year

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
        elif (
            self.lang == "hy" and item.value == 3 and not (self.words[k].endswith("ին") or self._part_of_month(item.j))
        ):
            return None
        elif self.lang == "en" and [w.lower() for w in self.words[max(0, k - 3) : k]] == ["last", "day", "of"]:
            ref.form, ref.day, ref.i = "day", _LAST[ref.month], k - 3
        self._find_year(ref)
        if not ref.year:
            ref.direction = self._direction(item)
        return ref

    def _part_of_month(self, k: int) -> bool:
        """ "մարտի վերջին", not "մարտի դաշտ"."""
        return k < self.sentence.last and self.words[k].startswith(PARTS)

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
        if listed and first == 0 and self.words[at - 1].lower() in _LISTING and listed < day:
            return listed, at - 2, k
        return day, at, k

    def _right_day(self, j: int) -> tuple[int, int, int]:
        at = j
        day = self._digit(at)
        short = self.lang == "en" and len(self.words[j - 1]) <= 4 and self.text.gap(at) == ". "  # "Oct. 24"
        if not day or not (short or self._plain(at)):
            return 0, j, j
        end = at + 1
        if self._digit(end) and _RANGE.fullmatch(self.text.gap(end)):
            end += 1
        return day, at, end

    def _find_year(self, ref: DateRef) -> None:
        ahead = self.lang in ("hy", "az")  # "2020-ci il 10 noyabr və 2021-ci il 11 yanvar"
        for k in (ref.j, ref.j + 1) if not (ahead and any(self._year(k) for k in range(ref.i - 3, ref.i))) else ():
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
        if not _ORDINAL.search(self.text.raw, self.sentence.start, self.sentence.end):
            return days
        for k in range(self.sentence.first + 2, self.sentence.last):
            if not _ORDINAL.fullmatch(self.words[k]) or self.words[k - 1].lower() != "the" or not self._digit(k):
                continue
            of = [w.lower() for w in self.words[k + 1 : k + 4]] in (["of", "that", "month"], ["of", "the", "month"])
            if self.words[k - 2].lower() not in _ON or not (of or self._ends_phrase(k + 1)):
                continue
            if any(r.i <= k < r.j for r in found) or (days and self.words[k - 2].lower() == "to"):
                continue
            told = [r for r in found if r.form in ("day", "month") and r.j <= k]
            day = self._digit(k)
            days.append(
                DateRef(k, k + 1, "day", month=told[-1].month, day=day, year=told[-1].year)
                if told
                else DateRef(k, k + (4 if of else 1), "ordinal", day=day)
            )
        return days

    def _feasts(self) -> list[DateRef]:
        """ "on New Year's Eve", "on Christmas Day": days with a name."""
        words = [w.lower().replace("’", "'") for w in self.words[self.sentence.first : self.sentence.last]]
        found: list[DateRef] = []
        for k in range(len(words) - 1):
            for name, (month, day) in _FEASTS.items():
                if tuple(words[k : k + len(name)]) == name:
                    i = self.sentence.first + k
                    found.append(DateRef(i, i + len(name), "day", month=month, day=day))
        return found

    def _ends_phrase(self, k: int) -> bool:
        """Whether no noun follows at word k, as in "the 9th meeting"."""
        if k >= self.sentence.last or self.text.gap(k).strip():
            return True
        return self.text.upper(k) or self.words[k].lower() in _AFTER_DAY

    def _phrase(self, item: Item) -> list[DateRef]:
        simple: Mapping[str, tuple[str, int]] = {
            "publication_day": ("publication", 0), "publication_minus_1": ("publication", -1),
            "publication_plus_1": ("publication", 1), "publication_plus_2": ("publication", 2),
            "publication_minus_2": ("publication", -2), "context_same": ("context", 0),
            "context_minus_1": ("context", -1), "context_plus_1": ("context", 1),
            "month_this": ("month-offset", 0), "month_last": ("month-offset", -1), "month_next": ("month-offset", 1),
            "context_month": ("context-month", 0), "context_month_plus_1": ("context-month", 1),
            "context_month_minus_1": ("context-month", -1), "context_plus_2": ("context", 2),
            "context_minus_2": ("context", -2), "context_plus_14": ("context", 14),
            "context_minus_14": ("context", -14), "vague_past": ("vague", 0), "vague_future": ("vague", 0),
        }  # fmt: skip
        if item.value.endswith("_units"):
            return self._uncounted(item)
        if item.value not in simple:
            return []
        if item.value == "context_minus_1" and self.lang == "ru" and self._ahead_of(item):
            return []
        form, offset = simple[item.value]
        if form == "context" and offset and self.lang == "en" and self._joins(item.j):
            told = self._from_event(item, item.j, "day_units", "later" if offset > 0 else "earlier", 1)
            if told:
                told[0].unit = "once"
                return told
        return [DateRef(item.i, item.j, form, offset=offset, future=item.value == "vague_future")]

    def _ahead_of(self, item: Item) -> bool:
        """ "накануне ужина": ahead of something, not the day before."""
        if item.j - item.i > 1 or self.words[item.i].lower() != "накануне":
            return False
        return any(x.value[1] == "noun" and 0 <= x.i - item.j <= 1 for x in self.sentence.of("T"))

    def _joins(self, end: int) -> bool:
        """ "two days before A meets B": the word begins a clause."""
        word = self.words[end - 1].lower()
        if word == "prior" and end < self.sentence.last and self.words[end].lower() == "to":
            return True
        if word not in ("before", "after") or end >= self.sentence.last or self.text.gap(end).strip():
            return False
        return self.words[end].lower() not in _GOES_ON

    def _uncounted(self, item: Item) -> list[DateRef]:
        """ "days ago", without a number."""
        if self.lang != "en" or any(x.type == "N" and x.j == item.i for x in self.sentence.items):
            return []
        way = next((x for x in self.sentence.of("D") if x.i == item.j and x.value in ("ago", "earlier", "later")), None)
        if way is None or self._joins(way.j):
            return []
        return [DateRef(item.i, way.j, "vague", future=way.value == "later")]

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
            elif unit and other.j == item.i and other.value == "later" and self.lang == "ru":
                way = other.value  # "через два дня"
        if unit and way is None and self._runs_on(end):
            way, end = "later", end + 1
        if unit is None or way is None:
            return []
        if self._joins(end):
            return self._from_event(item, end, unit, way)
        count = item.value * (1 if way == "later" else -1)
        counted_from = [x for x in self.sentence.of("T") if x.j == item.i and self.lang == "hy"]
        if any(self.words[x.j - 1].endswith(WHENCE) for x in counted_from):
            return []  # "հանդիպումից տասն օր անց": when something else was
        if unit == "month_units":
            told = self.lang == "en" and way != "ago" and self.words[end - 1].lower() != "now"
            return [DateRef(item.i, end, "context-month" if told else "month-offset", offset=count)]
        if unit == "week_units":
            if way == "ago":
                return [DateRef(item.i, end, "vague")]
            count *= 7
        now = way == "ago" or self.words[end - 1].lower() == "now"
        return [DateRef(item.i, end, "publication" if now else "context", offset=count)]

    def _runs_on(self, end: int) -> bool:
        """ "Two days on, the pair met again"."""
        return (
            self.lang == "en"
            and end < self.sentence.last - 1
            and self.words[end].lower() == "on"
            and "," in self.text.gap(end + 1)
        )

    def _from_event(self, item: Item, end: int, unit: str, way: str, number: int = 0) -> list[DateRef]:
        """ "three days before the ministers met": counted from what the words behind tell."""
        if self.lang != "en" or unit == "month_units":
            return []
        owned = self.words[end].lower() in _ITSELF and not self._tells_contact(end)
        if owned or any(x.i - end <= 1 and x.i >= end for x in self.sentence.of("M")):
            return []
        count = (number or item.value) * (1 if way == "later" else -1) * (7 if unit == "week_units" else 1)
        return [DateRef(item.i, end, "anchored", offset=count, anchor=end)]

    def _tells_contact(self, end: int) -> bool:
        """ "a day before he met B", "before his talks with B": more of the same person's contacts."""
        near = [x for x in self.sentence.of("T") if 0 < x.i - end <= 3 and x.value[0] in ("meeting", "call")]
        return bool(near) and self.words[end].lower() not in ("i", "we", "being")

    def _once(self, item: Item) -> list[DateRef]:
        """ "a week later", in languages without the article: one unit, no number."""
        if self.lang == "en" or any(x.type in ("N", "D") and x.j == item.i for x in self.sentence.items):
            before = [x for x in self.sentence.of("D") if x.j == item.i and x.value == "later"]
            if self.lang != "ru" or not before:
                return []
            way, start, end = "later", before[0].i, item.j
        else:
            after = [x for x in self.sentence.of("D") if x.i == item.j and x.value in ("later", "earlier")]
            if not after:
                return []
            way, start, end = after[0].value, item.i, after[0].j
        count = 1 if way == "later" else -1
        if item.value == "month_units":
            return [DateRef(start, end, "month-offset", offset=count)]
        return [DateRef(start, end, "context", offset=7 * count)]


_FEASTS = {
    ("new", "year's", "eve"): (12, 31), ("new", "year's", "day"): (1, 1),
    ("christmas", "eve"): (12, 24), ("christmas", "day"): (12, 25),
}  # fmt: skip


def _tidy(found: list[DateRef]) -> list[DateRef]:
    """Drop what a more exact neighbour says again: "on Tuesday, 4 April", "earlier this month, on 17 February"."""
    kept: list[DateRef] = []
    for ref in found:
        if kept and ref.i < kept[-1].j:
            if (ref.form == "day" and kept[-1].form != "day") or (ref.form == "weekday" and kept[-1].form == "vague"):
                kept[-1] = ref  # "անցած շաբաթ օրը": Saturday, not last week
            continue
        if kept and ref.i - kept[-1].j <= 2:
            before = kept[-1]
            if ref.form == "day" and before.form in ("weekday", "month-offset", "vague", "publication", "context"):
                kept[-1] = ref
                continue
            if before.form == "day" and ref.form in ("weekday", "vague", "context-month"):
                continue
            same = before.form == "weekday" and ref.offset == 0 and ref.i - before.j <= 1
            if same and ref.form in ("vague", "context", "publication"):
                continue  # not "A on Tuesday, B the same day"
            if before.form == "vague" and ref.form in ("weekday", "publication"):
                if ref.form == "weekday":
                    ref.direction = 0
                kept[-1] = ref
                continue
        kept.append(ref)
    return kept


__all__ = ["UNKNOWN", "DateReader", "DateRef", "Resolved", "apply_year_offset", "shift_months"]
