"""A query compiled once for each shape of a question, and run with other values: what Django's ORM costs is paid once.

PostgreSQL only; elsewhere, and for what has no fixed shape (words), the queryset itself is run. A question is compiled
with stand-ins for its values; the places where they come out are where the values go.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from peacetracker.core.database import fetch

# Far from every real key, moment, day and name.
NUMBER, MOMENT, DAY, TEXT = 10**15, datetime(2, 1, 1, tzinfo=UTC), date(2, 1, 1), "\x02"
MOST = 500


@dataclass(frozen=True)
class Statement:
    """The SQL text, and for each parameter the number of the value that goes there, or what always stands there."""

    sql: str
    slots: tuple[tuple[int, Any], ...]

    def bind(self, values: Sequence[Any]) -> list[Any]:
        return [values[number] if number >= 0 else fixed for number, fixed in self.slots]


_compiled: dict[Any, Statement] = {}


def stand_in(value: Any, number: int) -> Any:
    if isinstance(value, datetime):
        return MOMENT + timedelta(days=number)
    if isinstance(value, date):
        return DAY + timedelta(days=number)
    return NUMBER + number if isinstance(value, int) else f"{TEXT}{number}"


def take_apart(value: Any, values: list[Any]) -> Any:
    """The same nest of tuples and lists with stand-ins for its leaves, which are appended to `values`. True and False
    belong to the shape."""
    if isinstance(value, (tuple, list)):
        return type(value)(take_apart(one, values) for one in value)
    if isinstance(value, bool) or value is None:
        return value
    values.append(value)
    return stand_in(value, len(values) - 1)


def hashable(value: Any) -> Any:
    return tuple(map(hashable, value)) if isinstance(value, (tuple, list)) else value


def statement(question: Any, shape: Any, build: Callable[[Any], QuerySet[Any]]) -> tuple[Statement, list[Any]]:
    """The statement of a question, a nest of tuples and lists, and the values in it.

    `build` makes the queryset of such a nest; `shape`: whatever else decides about the SQL.
    """
    values: list[Any] = []
    nest = take_apart(question, values)
    key = (hashable(nest), shape)
    known = _compiled.get(key)
    if known is None:
        if len(_compiled) >= MOST:
            _compiled.clear()
        known = _compiled[key] = compile(build(nest), values)
    return known, values


def compile(query: QuerySet[Any], values: Sequence[Any]) -> Statement:
    sql, parameters = query.query.sql_with_params()
    numbers = {stand_in(value, number): number for number, value in enumerate(values)}
    return Statement(sql, tuple((numbers.get(one, -1), one) for one in parameters))


def run(known: Statement, values: Sequence[Any], *, prepare: bool) -> list[tuple[Any, ...]]:
    """Run it. `prepare`: let the server keep the plan; only for shapes whose index covers the question whatever the
    values are, since a plan for all values is a bad one for some."""
    return fetch(known.sql, known.bind(values), prepare=prepare, binary=True)
