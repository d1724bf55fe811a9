"""One filter grammar for pages, API, exports and feeds (contract, section 2).

A repeated parameter means OR, `with` alone means AND. An unknown parameter or a bad value is a BadFilter that names it
and the known ones: a typo must not silently return everything.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Protocol, cast

from django.db import connection
from django.db.models import Exists, FilteredRelation, Model, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import process

from peacetracker.core.cache import remembered
from peacetracker.core.dates import partial_span
from peacetracker.diplomacy import at_hand
from peacetracker.diplomacy.choices import Kind, Level, Role, Status, Track, Visibility
from peacetracker.diplomacy.models import (
    AtHand,
    Body,
    Citation,
    Event,
    Leader,
    Participation,
    Party,
    Place,
    Proposal,
    Topic,
)
from peacetracker.diplomacy.names import names
from peacetracker.diplomacy.querysets import EventQuerySet
from peacetracker.diplomacy.rows import INDEPENDENT

# Added to links by mailers and social networks; ignored on pages, or a shared link would break.
TRACKING = ("utm_", "fbclid", "gclid")


OFFERED = 5


class BadFilter(ValueError):
    """A parameter or value that is not understood. `parameter` is its name, `known` what would be."""

    def __init__(self, parameter: str, problem: str, known: Iterable[str]) -> None:
        self.parameter, self.problem, self.known = parameter, problem, tuple(known)
        super().__init__(f"{problem} " + _("Known are: %(known)s.") % {"known": ", ".join(self.known)})


def nothing_called(name: str, value: str, known: Iterable[str]) -> BadFilter:
    """That the record has nothing by this public name; those most like it are offered, the likest first."""
    likest = [one for one, _score, _at in process.extract(value, list(known), limit=OFFERED)]
    return BadFilter(name, _("%(name)s: the record has no “%(value)s”.") % {"name": name, "value": value}, likest)


class Params(Protocol):
    """A query string, as Django's QueryDict holds it."""

    def keys(self) -> Iterable[str]: ...

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Parameter:
    """One parameter: what it means, what it takes, and how it narrows events."""

    name: str
    meaning: Any
    read: Callable[[str, list[str]], Any]
    narrow: Callable[[EventQuerySet, Any], EventQuerySet]
    values: tuple[str, ...] = ()
    repeatable: bool = True


def _choice(values: Iterable[str]) -> Callable[[str, list[str]], list[str]]:
    known = list(values)

    def read(name: str, given: list[str]) -> list[str]:
        for value in given:
            if value not in known:
                raise BadFilter(
                    name, _("“%(value)s” is not a value of %(name)s.") % {"value": value, "name": name}, known
                )
        return given

    return read


def _named(model: type[Model], field: str = "slug") -> Callable[[str, list[str]], list[int]]:
    """Slugs (or party codes) → primary keys; a merged one means its heir."""

    def open_names() -> dict[str, int]:
        rows = model._default_manager.order_by(field)
        return {getattr(row, field): getattr(row, "heir_id", None) or row.pk for row in rows if _is_open(row)}

    def read(name: str, given: list[str]) -> list[int]:
        wanted = [value.upper() if field == "code" else value for value in given]
        known: dict[str, int] = remembered(f"names of {model.__name__}", open_names)
        for value in wanted:
            if value not in known:
                raise nothing_called(name, value, known)
        return [known[value] for value in wanted]

    return read


def _is_open(row: Any) -> bool:
    return getattr(row, "visibility", Visibility.PUBLIC) != Visibility.WITHDRAWN


def _day(end: str) -> Callable[[str, list[str]], date]:
    def read(name: str, given: list[str]) -> date:
        text = _single(name, given)
        try:
            span = partial_span(text)
        except ValueError:
            problem = _("%(name)s: “%(value)s” is not a date.") % {"name": name, "value": text}
            raise BadFilter(name, problem, ["YYYY", "YYYY-MM", "YYYY-MM-DD"]) from None
        return span.first if end == "first" else span.last

    return read


def _single(name: str, given: list[str]) -> str:
    if len(set(given)) > 1:
        raise BadFilter(name, _("%(name)s can be given once only.") % {"name": name}, [name])
    return given[0]


def _flag(name: str, given: list[str]) -> bool:
    return _choice(["true", "false"])(name, [_single(name, given)])[0] == "true"


def _words(name: str, given: list[str]) -> str:
    words = _single(name, given).strip()
    if len(words) > 200 or "\x00" in words:
        raise BadFilter(name, _("q is longer than 200 characters or holds a NUL."), ["q"])
    return words


def _mediators(name: str, given: list[str]) -> tuple[list[int], list[int]]:
    """A mediator is named by a leader's slug or by a party's code."""
    parties = remembered("codes of parties", lambda: dict(Party.objects.values_list("code", "pk")))
    codes = [value for value in given if value.upper() in parties]
    people = [value for value in given if value.upper() not in parties]
    return [parties[code.upper()] for code in codes], _named(Leader)(name, people) if people else []


def _sides(name: str, given: list[str]) -> tuple[bool, list[int]]:
    codes = [value for value in given if value != INDEPENDENT]
    return INDEPENDENT in given, _named(Party, "code")(name, codes) if codes else []


def _field(name: str) -> Callable[[EventQuerySet, Any], EventQuerySet]:
    return lambda events, values: events.filter(**{f"{name}__in": values})


def _listed(name: str) -> Callable[[EventQuerySet, Any], EventQuerySet]:
    """Events with one of these in a many-to-many list: by EXISTS, which never doubles a row."""

    def narrow(events: EventQuerySet, values: list[int]) -> EventQuerySet:
        many: Any = Event._meta.get_field(name)
        rows = many.remote_field.through.objects.filter(
            event=OuterRef("pk"), **{f"{many.m2m_reverse_field_name()}__in": values}
        )
        return events.filter(Exists(rows))

    return narrow


def _present(events: EventQuerySet, leaders: list[int]) -> EventQuerySet:
    return events.filter(Exists(Participation.objects.filter(event=OuterRef("pk"), leader__in=leaders)))


def _all_present(events: EventQuerySet, leaders: list[int]) -> EventQuerySet:
    for leader in leaders:
        events = _present(events, [leader])
    return events


# Parameters that name people who must all be there: one of them can lead through the list.
LEADING = ("leader", "with")


# What a participation knows of its event, by parameter.
OF_PART = {
    "kind": "event_kind__in", "status": "event_status__in", "track": "event_track__in", "level": "event_level__in",
    "joint": "event_joint", "place": "event_place_id__in", "after": "event_last_day__gte",
    "before": "event_first_day__lte",
}  # fmt: skip


def of_part(values: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a question that a participation alone can answer, as lookups."""
    return {lookup: values[name] for name, lookup in OF_PART.items() if name in values}


def _led(events: EventQuerySet, leader: int, values: Mapping[str, Any]) -> EventQuerySet:
    """Join the events with one person's participation as `lead`: its index has them in order, by kind and day.

    What that index can tell is asked of it too; it says nothing new, so the answer is the same.
    """
    events = events.annotate(lead=FilteredRelation("participations", condition=Q(participations__leader=leader)))
    narrowed = {f"lead__{lookup}": value for lookup, value in of_part(values).items()}
    return events.filter(lead__leader=leader, **narrowed)


def _mediated(events: EventQuerySet, by: tuple[list[int], list[int]]) -> EventQuerySet:
    parties, people = by
    among = Participation.objects.filter(event=OuterRef("pk"), role=Role.MEDIATOR)
    return events.filter(Exists(among.filter(Q(party__in=parties) | Q(leader__in=people))))


def _cited_by(events: EventQuerySet, sides: tuple[bool, list[int]]) -> EventQuerySet:
    independent, codes = sides
    wanted = Q(side__in=codes) | (Q(side=None) if independent else Q(pk=None))
    return events.filter(Exists(Citation.objects.filter(wanted, event=OuterRef("pk"))))


ORDERINGS = ("date", "-date")

PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter("kind", gettext_lazy("Kind of event"), _choice(Kind.values), _field("kind"), tuple(Kind.values)),
        Parameter(
            "track", gettext_lazy("Who stood between the two sides"), _choice(Track.values), _field("track"),
            tuple(Track.values),
        ),
        Parameter("leader", gettext_lazy("A person who took part, by slug"), _named(Leader), _present),
        Parameter(
            "with", gettext_lazy("People who all took part, by slug (repeated: AND)"), _named(Leader), _all_present
        ),
        Parameter("party", gettext_lazy("A party, by code"), _named(Party, "code"), _listed("parties")),
        Parameter("mediator", gettext_lazy("Who mediated: a party's code or a person's slug"), _mediators, _mediated),
        Parameter("topic", gettext_lazy("A topic, by slug"), _named(Topic), _listed("topics")),
        Parameter("commission", gettext_lazy("A commission or other body, by slug"), _named(Body), _listed("bodies")),
        Parameter("proposal", gettext_lazy("A proposal, by slug"), _named(Proposal), _listed("proposals")),
        Parameter("place", gettext_lazy("A place, by slug"), _named(Place), _field("place")),
        Parameter(
            "status", gettext_lazy("Whether it was held"), _choice(Status.values), _field("status"),
            tuple(Status.values),
        ),
        Parameter(
            "level", gettext_lazy("The lower of the two sides' highest office"), _choice(Level.values),
            _field("level"), tuple(Level.values),
        ),
        Parameter(
            "joint", gettext_lazy("Whether officials of both Armenia and Azerbaijan took part"), _flag,
            lambda events, joint: events.filter(joint=joint), ("true", "false"), repeatable=False,
        ),
        Parameter("side", gettext_lazy("The side of a source: a party's code or “independent”"), _sides, _cited_by),
        Parameter(
            "after", gettext_lazy("On this day or later (YYYY-MM-DD, YYYY-MM or YYYY)"), _day("first"),
            lambda events, day: events.since(day), repeatable=False,
        ),
        Parameter(
            "before", gettext_lazy("On this day or earlier"), _day("last"), lambda events, day: events.until(day),
            repeatable=False,
        ),
        Parameter(
            "q", gettext_lazy("Words in title, summary, names and places"), _words,
            lambda events, words: events.wording(names().spelled(words)), repeatable=False,
        ),
    )
}  # fmt: skip
ORDERING = format_lazy("{}: {}", "date, -date", gettext_lazy("earliest possible day, then slug"))


@dataclass(frozen=True)
class EventFilter:
    """A checked query: what was asked, and the events that answer it."""

    given: Mapping[str, list[str]]
    values: Mapping[str, Any]
    ordering: str = "-date"

    def __bool__(self) -> bool:
        return bool(self.given)

    def apply(self, events: EventQuerySet) -> EventQuerySet:
        """Narrow the events."""
        if self.is_at_hand:
            found = events.filter(*at_hand.asks(self.values, "hand__"))
            return found.entered_at(self.values["after"], "hand__first_day") if self._is_entered else found
        values, led_by = dict(self.values), self.led_by()
        if led_by:
            events = _led(events, values[led_by][0], values)
            values[led_by] = values[led_by][1:]
        elif self.ordering == "date" and "after" in values:
            events = events.entered_at(values["after"])
        for name, value in values.items():
            if value or name != led_by:
                events = PARAMETERS[name].narrow(events, value)
        return events

    @cached_property
    def is_at_hand(self) -> bool:
        """Whether the short rows of events find what is asked best: not words, and not what one index has anyway."""
        known = self.values.keys()
        if connection.vendor != "postgresql" or "q" in known or self._is_of_parts:
            return False
        return not known.isdisjoint(at_hand.LISTED) and known != {"place"}

    @property
    def _is_entered(self) -> bool:
        """Whether the short rows may be walked in order, and so are entered at a day; others are found by what they
        have, and a day is cheaper looked at than looked up."""
        return "after" in self.values and at_hand.is_walked(self.values)

    def at_hand(self) -> QuerySet[AtHand] | None:
        """The short rows of the events asked for, which are quickest to count; None where there are none."""
        if connection.vendor != "postgresql" or "q" in self.values:
            return None
        rows = AtHand.objects.filter(*at_hand.asks(self.values))
        return rows.filter(first_day__gte=Event.objects.entry(self.values["after"])) if self._is_entered else rows

    def in_order_at_hand(self) -> tuple[QuerySet[AtHand], tuple[str, str]]:
        """The same rows and the columns of their order, for lists."""
        return at_hand.in_order(cast(QuerySet[AtHand], self.at_hand()), self.values)

    def led_by(self) -> str | None:
        """The parameter whose first person leads through the list: the people of `leader` are alternatives, so it
        leads only when there is one."""
        for name in LEADING:
            people = self.values.get(name, ())
            if len(people) == 1 or (people and name == "with"):
                return name
        return None

    @cached_property
    def _is_of_parts(self) -> bool:
        """Whether the participations of one person know all that is asked."""
        return self.led_by() == "leader" and self.values.keys() <= {"leader", *OF_PART}

    def parts(self) -> QuerySet[Participation] | None:
        """The participations of one person that stand for the events asked for, where they know all that is asked;
        events are then not looked at. Else None."""
        if not self._is_of_parts:
            return None
        return Participation.objects.filter(
            leader=self.values["leader"][0], event_first_day__isnull=False, **of_part(self.values)
        )

    @property
    def keys(self) -> tuple[str, str]:
        """The columns of the order: those of the short rows, or of the person who leads through the list."""
        if self.is_at_hand:
            return "hand__first_day", "hand__slug"
        return ("lead__event_first_day", "lead__event_slug") if self.led_by() else ("first_day", "slug")

    def also(self, name: str, wanted: list[str]) -> "EventFilter":
        """The same question, narrowed by one more choice of a closed list."""
        values = [value for value in self.values.get(name, wanted) if value in wanted]
        return replace(self, values={**self.values, name: values})

    def events(self) -> EventQuerySet:
        """The public events that match, in the order asked for."""
        return self.in_order(self.apply(Event.objects.public()))

    def in_order(self, events: EventQuerySet) -> EventQuerySet:
        return events.order_by(*(key if self.ordering == "date" else f"-{key}" for key in self.keys))

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """The same question in one spelling, for addresses and cache keys."""
        pairs = [(name, value) for name in PARAMETERS for value in sorted(self.given.get(name, []))]
        return [*pairs, ("ordering", self.ordering)] if self.ordering != "-date" else pairs


def read_filter(params: Params, *, besides: Iterable[str] = (), lenient: bool = False) -> EventFilter:
    """Read a query string. `besides`: parameters that something else reads; `lenient`: ignore what mailers add.

    Raises BadFilter. Empty values, as an unfilled form sends them, count as not given.
    """
    known = [*PARAMETERS, "ordering", *besides]
    given: dict[str, list[str]] = {}
    for name in params.keys():  # noqa: SIM118  (a protocol, not a dict)
        if name in besides or (lenient and name.startswith(TRACKING)):
            continue
        if name not in known:
            raise BadFilter(name, _("“%(name)s” is not a parameter.") % {"name": name}, known)
        values = list(dict.fromkeys(value for value in params.getlist(name) if value.strip()))
        if values:
            given[name] = values
    ordering = _single("ordering", given.pop("ordering", ["-date"]))
    _choice(ORDERINGS)("ordering", [ordering])
    return EventFilter(
        given, {name: PARAMETERS[name].read(name, given[name]) for name in PARAMETERS if name in given}, ordering
    )


def read_nothing(params: Params) -> None:
    """A page without filters. Raises BadFilter for any parameter but what mailers add."""
    for name in params.keys():  # noqa: SIM118  (a protocol, not a dict)
        if not name.startswith(TRACKING):
            raise BadFilter(
                name, _("“%(name)s” is not a parameter.") % {"name": name}, [_("none: this page has no filters")]
            )
