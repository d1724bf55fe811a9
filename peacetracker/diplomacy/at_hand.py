"""The short rows of events: how a question is asked of them, and how they are kept (docs/decisions/0021)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import DateField, F, Func, Q, QuerySet

from peacetracker.diplomacy.choices import Role, Visibility
from peacetracker.diplomacy.models import AtHand

# A thing that an event has is the number of its noun and its primary key, added up.
STEP = 100_000_000
LEADER, MEDIATOR, MEDIATING, PARTY, TOPIC, BODY, PROPOSAL, PLACE, SIDE = (STEP * number for number in range(1, 10))
NOUNS = {
    "leader": LEADER, "with": LEADER, "party": PARTY, "topic": TOPIC, "commission": BODY, "proposal": PROPOSAL,
    "place": PLACE,
}  # fmt: skip
CHOICES = ("kind", "status", "track", "level")
# What an index of events or of one person's participations does not answer as well.
LISTED = frozenset({*NOUNS, "mediator", "side"})
BROAD = {"party", "side"}
# No party: an independent page.
NOBODY = 0


def asks(values: Mapping[str, Any], prefix: str = "") -> list[Q]:
    """A question of short rows; of days only what a row tells by itself."""
    found: list[tuple[str, Any]] = []
    for name, value in values.items():
        if name in NOUNS:
            pairs = [(NOUNS[name], pk) for pk in value]
            found.append(("terms__has_all" if name == "with" else "terms__has_any", pairs))
        elif name == "mediator":
            parties, people = value
            pairs = [*((MEDIATING, pk) for pk in parties), *((MEDIATOR, pk) for pk in people)]
            found.append(("terms__has_any", pairs))
        elif name == "side":
            independent, codes = value
            pairs = [*((SIDE, pk) for pk in codes), *([(SIDE, NOBODY)] if independent else [])]
            found.append(("terms__has_any", pairs))
        elif name in CHOICES:
            found.append((f"{name}__in", value))
        elif name == "joint":
            found.append(("joint", value))
    days = {"after": "last_day__gte", "before": "first_day__lte"}
    found += [(lookup, values[name]) for name, lookup in days.items() if name in values]
    return [Q(**{f"{prefix}{lookup}": value}) for lookup, value in found]


def having_all(name: str, pks: Iterable[int]) -> QuerySet[AtHand]:
    """The events that have all of these of one noun."""
    return AtHand.objects.filter(terms__has_all=[(NOUNS[name], pk) for pk in pks])


def is_walked(values: Mapping[str, Any]) -> bool:
    """What parties and sides alone narrow is many, and may be found by walking the rows in order."""
    return values.keys() & LISTED <= BROAD


def in_order(rows: QuerySet[AtHand], values: Mapping[str, Any]) -> tuple[QuerySet[AtHand], tuple[str, str]]:
    """Rows that answer a question, and the columns of their order.

    All but what may be walked is fetched by the index of terms and then put in order: by an expression, or PostgreSQL
    would walk just so through all rows where few answer.
    """
    if is_walked(values):
        return rows, ("first_day", "slug")
    day = Func(F("first_day"), template="%(expressions)s + 0", output_field=DateField())
    return rows.annotate(day=day), ("day", "slug")


def listed(number: str, table: str, more: str = "") -> str:
    """The numbers of one list of an event, as a subquery. Only names of ours, never a value."""
    return f"ARRAY(SELECT DISTINCT {number} FROM diplomacy_{table} WHERE event_id = e.id{more})"  # noqa: S608


OF_EVENT = "event_id, kind, status, track, level, joint, first_day, last_day, slug, topics, terms"
MEDIATED = f" AND role = '{Role.MEDIATOR}'"
TERMS = " || ".join(
    (
        listed(f"{LEADER} + leader_id", "participation"),
        listed(f"{MEDIATOR} + leader_id", "participation", MEDIATED),
        listed(f"{MEDIATING} + party_id", "participation", f"{MEDIATED} AND party_id IS NOT NULL"),
        listed(f"{PARTY} + party_id", "event_parties"),
        listed(f"{TOPIC} + topic_id", "event_topics"),
        listed(f"{BODY} + body_id", "event_bodies"),
        listed(f"{PROPOSAL} + proposal_id", "event_proposals"),
        listed(f"{SIDE} + coalesce(side_id, {NOBODY})", "citation"),
        f"CASE WHEN e.place_id IS NULL THEN '{{}}' ELSE ARRAY[{PLACE} + e.place_id] END",
    )
)
# Of names and choices of ours alone; the numbers of events are given as a parameter.
WRITE = (
    f"INSERT INTO diplomacy_athand ({OF_EVENT}) SELECT e.id, e.kind, e.status, e.track, e.level, e.joint, e.first_day,"  # noqa: S608
    f" e.last_day, e.slug, {listed('topic_id', 'event_topics')}, {TERMS} FROM diplomacy_event AS e"
    f" WHERE e.visibility = '{Visibility.PUBLIC}'"
)
AGAIN = (
    " ON CONFLICT (event_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in OF_EVENT.split(", ")[1:])
)  # fmt: skip


def put(events: Iterable[int]) -> None:
    """Write the rows of these events as the record has them now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"{WRITE} AND e.id = ANY(%s){AGAIN}", [list(events)])


def drop(events: Iterable[int]) -> None:
    """These events are not shown any more."""
    if connection.vendor == "postgresql":
        AtHand.objects.filter(event__in=list(events)).delete()


def rewrite() -> None:
    """Write all rows anew."""
    if connection.vendor == "postgresql":
        AtHand.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(WRITE)
