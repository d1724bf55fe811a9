"""The whole years and months between two days, as stored counts name them. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

# Of a unit, “month” or “year”, the first and the last name.
Span = tuple[str, tuple[str, str]]
LATE = date(9999, 11, 30)  # a month follows it
FIRST, BEYOND = 12, 120_000  # months from the year nought: the first that has a date, and the one after all of them


def spans(values: Mapping[str, Any]) -> list[Span]:
    """The whole years between the days asked for, and the whole months before and after those.

    >>> spans({"after": date(2015, 3, 5), "before": date(2017, 2, 2)})
    [('month', ('2015-04', '2015-12')), ('year', ('2016', '2016')), ('month', ('2017-01', '2017-01'))]
    """
    first, end = whole_months(values)
    years = range(-(-first // 12), end // 12)
    if not years:
        return _months(first, end)
    whole = ("year", (f"{years.start:04}", f"{years.stop - 1:04}"))
    return [*_months(first, years.start * 12), whole, *_months(years.stop * 12, end)]


def _months(first: int, end: int) -> list[Span]:
    return [("month", (month_named(first), month_named(end - 1)))] if first < end else []


def whole_months(values: Mapping[str, Any]) -> tuple[int, int]:
    """The first whole month between the days asked for and the one after the last, counted from the year nought."""
    first, end = inside(values)
    return _number(first) if first else FIRST, _number(end) if end else BEYOND


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def month_named(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def inside(values: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """The first day of the first whole month, and of the month after the last one; None where nothing bounds them."""
    after, before = values.get("after"), values.get("before")
    first = after if after is None or after.day == 1 else _next_month(after)
    return first, before and (min(before, LATE) + timedelta(days=1)).replace(day=1)


def _next_month(day: date) -> date:
    return (min(day, LATE).replace(day=1) + timedelta(days=31)).replace(day=1)
