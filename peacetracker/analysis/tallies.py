"""Counts that are stored, where the stored ones answer the question; else None, and the events are counted.

Stored are the public events by kind, status, track, level and whether both sides took part: in all, by month, and for
each person, party, topic, place, commission and proposal; and some counts across two of these (diplomacy/tallying.py).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_, sub
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Count, F, Func, Model, Q, Sum
from django.db.models.functions import TruncMonth

from peacetracker.analysis.spans import inside, month_named, spans, whole_months
from peacetracker.diplomacy import at_hand
from peacetracker.diplomacy.filters import EventFilter
from peacetracker.diplomacy.models import AtHand, Body, Event, Leader, Party, Place, Proposal, Tally, Topic

# The closed lists that a count is kept for, in the order of a combination.
CLOSED = ("joint", "level", "track", "kind", "status")
DAYS = frozenset({"after", "before"})
Combination = tuple[object, ...]
Counts = Counter[Combination]
# Where the events with a place and those of two sides are counted.
OF_SOME = {"placed": "place", "sided": "sided"}
AXES: dict[str, tuple[str, type[Model], str]] = {
    "leader": ("leader", Leader, "slug"),
    "with": ("leader", Leader, "slug"),
    "party": ("party", Party, "code"),
    "topic": ("topic", Topic, "slug"),
    "place": ("place", Place, "slug"),
    "commission": ("commission", Body, "slug"),
    "proposal": ("proposal", Proposal, "slug"),
}


def stored(axis: str) -> Any:
    return Tally.objects.filter(axis=axis, n__gt=0)


def narrowed(tallies: Any, values: Mapping[str, Any]) -> Any:
    """Those that the closed lists of a question let through."""
    for name in CLOSED:
        if name in values:
            tallies = tallies.filter(**{name: values[name]} if name == "joint" else {f"{name}__in": values[name]})
    return tallies


def combinations(asked: EventFilter, axis: str = "") -> Counts | None:
    """Events by combination of CLOSED, whatever the question says of those; None if that is not stored.

    `axis`: of the events with a place (`placed`) or with pages of two sides (`sided`) alone.
    """
    rest = {name: value for name, value in asked.values.items() if name not in CLOSED}
    if axis:
        return _summed(stored(OF_SOME[axis])) if not rest else None
    if not rest:
        return _summed(stored(""))
    if rest.keys() <= DAYS:
        counts = _summed(Tally.objects.filter(_whole(rest), n__gt=0))
        counts.update(_at_edges(rest, *CLOSED))
        return counts
    if len(rest) == 1 and (name := next(iter(rest))) in AXES:
        return _of_either(name, rest[name])
    return None


def _of_either(name: str, pks: Sequence[int]) -> Counts | None:
    """Of one, as stored; of two alternatives what each has, less what has both, which are few to look at."""
    if len(pks) == 2 and name != "with" and connection.vendor == "postgresql":
        counts = _of_one(name, pks[0]) + _of_one(name, pks[1])
        both = at_hand.having_all(name, pks).order_by().values_list(*CLOSED).annotate(n=Count("*"))
        counts.subtract({tuple(combination): n for *combination, n in both})
        return +counts
    return _of_one(name, pks[0]) if len(pks) == 1 else None


def _of_one(name: str, pk: int) -> Counts:
    axis, model, field = AXES[name]
    value = model._default_manager.values_list(field, flat=True).get(pk=pk)
    return _summed(stored(axis).filter(value=value))


def _summed(tallies: Any) -> Counts:
    rows = tallies.order_by().values_list(*CLOSED).annotate(total=Sum("n"))
    return Counter(
        {(joint, level or None, track or None, kind, status): n for joint, level, track, kind, status, n in rows}
    )


# ---- between two days: whole years and months are stored, and only what lies at the two edges is looked at
def _whole(values: Mapping[str, Any]) -> Q:
    """What is stored of the whole years and months between the days asked for."""
    return _either(Q(axis=unit, value__range=names) for unit, names in spans(values))


def _whole_of_topics(values: Mapping[str, Any]) -> Q:
    stems = {"month": "topic-in-", "year": "topic-year-"}
    return _either(Q(axis__range=[f"{stems[unit]}{name}" for name in names]) for unit, names in spans(values))


def _either(found: Iterable[Q]) -> Q:
    return reduce(or_, found, Q(pk__in=[]))


def _at_edges(values: Mapping[str, Any], *of: Any) -> Counter[tuple[Any, ...]]:
    """How many events between the days asked for begin in no whole month, by what `of` names."""
    asked = [narrowed(rows, values).order_by().values_list(*of) for rows in _edges(values)]
    one, *others = asked
    sql, parameters = (one.union(*others, all=True) if others else one).query.sql_with_params()
    by = ", ".join(str(number + 1) for number in range(len(of)))
    with connection.cursor() as cursor:
        # Joined by OR, the edges would not be read from one index alone. Put in are Django's own query and numbers.
        cursor.execute(f"SELECT edge.*, count(*) FROM ({sql}) AS edge GROUP BY {by}", parameters)  # noqa: S608
        return Counter({tuple(values): n for *values, n in cursor.fetchall()})


def _edges(values: Mapping[str, Any]) -> list[Any]:
    """The events of each edge: their short rows, where the database has them."""
    (first, end), found = inside(values), list[Any]()
    rows: Any = AtHand.objects.all() if connection.vendor == "postgresql" else Event.objects.public()
    rows = rows.filter(first_day__lte=values["before"]) if end else rows
    if first:
        after = values["after"]
        month = after.replace(day=1)
        found.append(rows.filter(first_day__gte=month, first_day__lt=first, last_day__gte=after))
        found.append(rows.filter(first_day__in=_begun_before(month, after), last_day__gte=after))
    if end:
        found.append(rows.filter(first_day__gte=max(end, first or end)))
    return found


def _begun_before(month: date, after: date) -> set[date]:
    """The days before a month on which events begin that may have been on `after` or later: what the index of events of
    several days holds, and nothing more of them."""
    across = Event.objects.filter(last_day__gte=after, last_day__gt=F("first_day"))
    return {day for day in across.order_by().values_list("first_day", flat=True) if day < month}


def only_closed(asked: EventFilter, *besides: str) -> bool:
    return asked.values.keys() <= {*CLOSED, *besides}


# ---- topics
def by_topic(asked: EventFilter, axis: str = "") -> Counter[str]:
    """Events of each topic, by the closed lists of the question."""
    return _by_value(narrowed(stored(f"{axis}-topic" if axis else "topic"), asked.values))


def topics_counted(asked: EventFilter) -> Counter[str] | None:
    """Events of each topic in some days or of one person, whatever the question says of topics; None if that is not
    stored."""
    values = {name: value for name, value in asked.values.items() if name != "topic"}
    if values.keys() <= {"kind", *DAYS}:
        found = _by_value(narrowed(Tally.objects.filter(_whole_of_topics(values), n__gt=0), values))
        found.update(_topics_at_edges(values))
        return found
    person = values.keys() - {"kind"}
    if len(person) == 1 and person <= {"leader", "with"} and len(pks := values[person.pop()]) == 1:
        slug = Leader.objects.values_list("slug", flat=True).get(pk=pks[0])
        pairs = [f"{slug} {topic}" for topic in Topic.objects.values_list("slug", flat=True)]
        both = _by_value(narrowed(stored("leader-topic").filter(value__in=pairs), values))
        return Counter({pair.split()[1]: n for pair, n in both.items()})
    return None


def _topics_at_edges(values: Mapping[str, Any]) -> dict[str, int]:
    if not values.keys() & DAYS:
        return {}
    each = Func("topics", function="unnest", output_field=BigIntegerField())
    found = _at_edges(values, each if connection.vendor == "postgresql" else "topics")
    return {slug: found[pk,] for pk, slug in Topic.objects.values_list("pk", "slug") if (pk,) in found}


def _by_value(tallies: Any) -> Counter[str]:
    return Counter(dict(tallies.order_by().values_list("value").annotate(total=Sum("n"))))


# ---- time
LANES = frozenset({"kind", "track"})


def by_month(asked: EventFilter, *of: str) -> list[tuple[Any, ...]]:
    """What `of` names (closed lists), the first day of the month and the number, from the stored counts: for questions
    of closed lists and days only."""
    axis = "lane" if {*of, *asked.values.keys()} <= LANES | DAYS else "month"
    first, end = whole_months(asked.values)
    tallies = narrowed(stored(axis), asked.values).filter(value__range=(month_named(first), month_named(end - 1)))
    rows = tallies.order_by().values_list(*of, "value").annotate(total=Sum("n"))
    found = [(*(value or None for value in values), date.fromisoformat(f"{month}-01"), n) for *values, month, n in rows]
    if not asked.values.keys() & DAYS:
        return found
    beside = _at_edges(asked.values, *of, TruncMonth("first_day"))
    return found + [(*values, date.fromisoformat(str(month)[:10]), n) for (*values, month), n in beside.items()]


# All days of an axis as one text: thousands of rows would take longer to fetch, and a window over them longer still.
DAYS_OF = (
    "SELECT axis, {joined}(value, ' ') FROM diplomacy_tally WHERE axis IN ({axes}) AND n > 0 AND value <= %s GROUP BY 1"
)
JOINED = {"postgresql": "string_agg", "sqlite": "group_concat"}


def gaps(axes: Sequence[str], until: date) -> dict[str, tuple[date, list[int]]]:
    """For each axis of days that has one by then: the last day, and the gaps between its days, shortest first."""
    sql = DAYS_OF.format(joined=JOINED[connection.vendor], axes=", ".join(["%s"] * len(axes)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*axes, until.isoformat()])
        days = Ordinals()
        return {axis: _last_and_gaps([days[day] for day in text.split()]) for axis, text in cursor.fetchall()}


class Ordinals(dict[str, int]):
    """The number of each day: many axes have the same days, and each is read once."""

    def __missing__(self, day: str) -> int:
        number = self[day] = date.fromisoformat(day).toordinal()
        return number


def _last_and_gaps(numbers: list[int]) -> tuple[date, list[int]]:
    numbers.sort()
    return date.fromordinal(numbers[-1]), sorted(map(sub, numbers[1:], numbers))
