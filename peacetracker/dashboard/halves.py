"""Two questions at once: the filters of one half begin with “a.”, of the other with “b.”, the window is common."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from peacetracker.dashboard.links import Pairs, with_query
from peacetracker.dashboard.listing import DATES, choices, undated
from peacetracker.dashboard.words import CLOSED, FACET_NAMES, OPTION_NAMES
from peacetracker.diplomacy.filters import PARAMETERS, TRACKING, BadFilter, EventFilter, read_filter
from peacetracker.diplomacy.models import Topic

KEYS = ("a", "b")
OWN = tuple(name for name in PARAMETERS if name not in DATES)
# What each half has a field for: closed lists, then long ones.
USUAL = (("a.track", "russia"), ("b.track", "eu"))


@dataclass(frozen=True)
class Field:
    """A list to choose from. `name` as the form sends it; `options`: value and word; `chosen`: the one that stands."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Half:
    """One of the two questions, with the window that both have."""

    key: str
    asked: EventFilter

    @property
    def letter(self) -> str:
        return self.key.upper()

    @property
    def own(self) -> Pairs:
        return undated(self.asked).query

    @property
    def more(self) -> bool:
        """Something is asked for that stands behind the fold."""
        return bool(self.asked.given.keys() & {"status", "party", "mediator", "commission", "topic", "q"})

    @property
    def words(self) -> str:
        return self.asked.given.get("q", [""])[0]


def read_halves(params: QueryDict) -> tuple[Half, Half]:
    """Raises BadFilter, which names the parameter as it was given."""
    known = [*(f"{key}.{name}" for key in KEYS for name in OWN), *DATES]
    for name in params:
        if name not in known and not name.startswith(TRACKING):
            raise BadFilter(name, _("“%(name)s” is not a parameter.") % {"name": name}, known)
    one, other = (_half(params, key) for key in KEYS)
    return one, other


def _half(params: QueryDict, key: str) -> Half:
    own = QueryDict(mutable=True)
    for name in (*OWN, *DATES):
        own.setlist(name, params.getlist(name if name in DATES else f"{key}.{name}"))
    try:
        return Half(key, read_filter(own))
    except BadFilter as problem:
        name = problem.parameter if problem.parameter in DATES else f"{key}.{problem.parameter}"
        raise BadFilter(name, f"{name}: {problem.problem}", problem.known) from None


def state(halves: Iterable[Half]) -> list[tuple[str, str]]:
    """The whole question in one spelling."""
    both = list(halves)
    own = [(f"{half.key}.{name}", value) for half in both for name, value in half.own]
    return [*own, *(pair for pair in both[0].asked.query if pair[0] in DATES)]


def swapped(halves: tuple[Half, Half]) -> list[tuple[str, str]]:
    one, other = halves
    return state((Half("a", other.asked), Half("b", one.asked)))


def address(pairs: Pairs, name: str = "compare") -> str:
    return with_query(reverse(f"dashboard:{name}"), pairs)


class Naming:
    """The fields of the two halves and the words for what they ask. Four queries, for both."""

    def __init__(self) -> None:
        def closed(name: str) -> list[tuple[str, str]]:
            return [(v, str(OPTION_NAMES.get((name, v), label))) for v, label in CLOSED[name].choices]

        long = choices(read_filter(QueryDict()))
        self.lists: dict[str, list[tuple[str, str]]] = {
            "joint": [(value, str(OPTION_NAMES["joint", value])) for value in ("true", "false")],
            **{name: closed(name) for name in ("track", "level", "kind")},
            "leader": list(long["leaders"]),
            "status": closed("status"),
            "party": [(code, name.split(" (")[0]) for code, name in long["parties"]],
            "mediator": [(code, name.split(" (")[0]) for code, name in long["mediators"]],
            "commission": list(long["bodies"]),
            "topic": list(Topic.objects.public().order_by("name").values_list("slug", "name")),
        }  # fmt: skip

    def fields(self, half: Half) -> list[Field]:
        labels: dict[str, Any] = {**FACET_NAMES, "leader": _("Person"), "party": _("Party"), "mediator": _("Mediator"),
                                  "commission": _("Commission")}  # fmt: skip
        return [
            Field(f"{half.key}.{name}", str(labels[name]), options, half.asked.given.get(name, [""])[0])
            for name, options in self.lists.items()
        ]

    def carried(self, half: Half) -> list[tuple[str, str]]:
        """What the fields of a half cannot show: further values, and parameters without a field."""
        shown = {("q", half.words), *((name, half.asked.given.get(name, [""])[0]) for name in self.lists)}
        return [(f"{half.key}.{name}", value) for name, value in half.own if (name, value) not in shown]

    def title(self, half: Half) -> str:
        """What a half asks for, in words; “All events” where it asks for nothing."""
        named = [dict(self.lists.get(name, [])).get(value, value) for name, value in half.own if name != "q"]
        words = [f"“{half.words}”"] if half.words else []
        return " · ".join([*named, *words]) or _("All events")
