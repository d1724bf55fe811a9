"""Which records show or name which: whose documents change with a record, and what keeps it from being withdrawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import (
    Account,
    Body,
    Commitment,
    Event,
    Leader,
    Office,
    Party,
    Place,
    Proposal,
    Publisher,
    Source,
    Topic,
)

MODELS: dict[str, type[Model]] = {
    "event": Event, "leader": Leader, "place": Place, "topic": Topic, "party": Party, "body": Body,
    "proposal": Proposal, "commitment": Commitment, "office": Office, "account": Account, "publisher": Publisher,
    "source": Source,
}  # fmt: skip
NOUN_OF = {model: noun for noun, model in MODELS.items()}

Lookups = Mapping[str, tuple[tuple[str, str], ...]]
# Noun → (noun that shows it, lookup from there): the other's document holds more of it than its public name.
SHOWN: Lookups = {
    "leader": (("event", "participations__leader"), ("body", "memberships__leader")),
    "office": (("leader", "tenures__office"), ("event", "participations__leader__tenures__office")),
    "place": (("event", "place"),),
    "body": (("body", "parts"), ("body", "sits_jointly_with")),
    "commitment": (("event", "commitments"),),
    "account": (("event", "accounts"),),
}
# Noun → (noun that names it, lookup from there): the other's document holds its public name.
NAMED: Lookups = {
    "leader": (*SHOWN["leader"], ("proposal", "positions__leader")),
    "place": SHOWN["place"],
    "topic": (("event", "topics"), ("proposal", "positions__topic")),
    "body": (("event", "bodies"), ("body", "part_of"), *SHOWN["body"]),
    "proposal": (("event", "proposals"), ("proposal", "succeeds"), ("proposal", "part_of")),
    "event": (("commitment", "event"), ("commitment", "resolved_by")),
    "commitment": SHOWN["commitment"],
}
# These may be withdrawn while they are named: an event's commitments are shown nowhere without it, and a commitment
# leaves the event that names it.
MAY_GO = ("event", "commitment")

Touched = dict[str, set[int]]


def noun_of(one: Any) -> str:
    """What the record calls the noun of a row, a proxy of Event included."""
    return NOUN_OF[one._meta.concrete_model]


def _found(one: Any, lookups: Lookups) -> Touched:
    touched: Touched = defaultdict(set)
    touched[noun_of(one)].add(one.pk)
    for noun, lookup in lookups.get(noun_of(one), ()):
        touched[noun] |= set(MODELS[noun]._default_manager.filter(**{lookup: one}).values_list("pk", flat=True))
    return touched


def shown_by(one: Any) -> Touched:
    """The record itself and all whose documents change when one of its fields does, as primary keys by noun."""
    return _found(one, SHOWN)


def naming(one: Any) -> Touched:
    """The record itself and all whose documents change when another takes its place."""
    return together([_found(one, SHOWN), _found(one, NAMED)])


def together(many: Iterable[Touched]) -> Touched:
    all_of: Touched = defaultdict(set)
    for touched in many:
        for noun, pks in touched.items():
            all_of[noun] |= pks
    return all_of


def named_by(one: Any) -> list[tuple[str, str]]:
    """Noun and slug of the public records that name this one and would lead nowhere without it."""
    noun = noun_of(one)
    if noun in MAY_GO:
        return []
    found: dict[tuple[str, str], None] = {}
    for other, lookup in NAMED.get(noun, ()):
        rows = MODELS[other]._default_manager.filter(visibility=Visibility.PUBLIC, **{lookup: one})
        found |= {(other, slug): None for slug in rows.order_by("slug").values_list("slug", flat=True).distinct()}
    return list(found)
