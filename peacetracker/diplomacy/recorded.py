"""The record as it was recorded: what stood at a moment, and the filters over it.

A version stands at a moment if it was recorded before it and had not ended by then; so nothing that was withdrawn or
merged by then stands, and what was withdrawn later does.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peacetracker.core.cache import remembered
from peacetracker.diplomacy.filters import BadFilter, EventFilter, Params
from peacetracker.diplomacy.models import Body, EventVersion, Leader, PastSlug, Place, Proposal, Topic, Version
from peacetracker.diplomacy.names import names
from peacetracker.diplomacy.terms import term

AS_OF = "as_of"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Which noun the names of a filter belong to; the others are choices or codes, which never change.
NAMES: dict[str, tuple[str, Any]] = {
    "leader": ("leader", Leader),
    "with": ("leader", Leader),
    "mediator": ("leader", Leader),
    "topic": ("topic", Topic),
    "commission": ("body", Body),
    "proposal": ("proposal", Proposal),
    "place": ("place", Place),
}
CODES = ("party", "mediator", "side")


def first_recorded() -> date | None:
    """The day on which the first version of anything was recorded (UTC)."""
    found = [model.objects.aggregate(first=Min("recorded_from"))["first"] for model in (EventVersion, Version)]
    return min((moment.astimezone(UTC).date() for moment in found if moment), default=None)


def read_as_of(params: Params, name: str = AS_OF) -> date | None:
    """The day of `as_of=`, or of another parameter that means such a day; None without one.

    Raises BadFilter for no day, one to come, and one before anything was recorded.
    """
    given = {value for value in params.getlist(name) if value.strip()}
    if not given:
        return None
    first, today = remembered("first recorded", first_recorded), timezone.now().date()
    known = [f"{first}", "…", f"{today}"] if first else []
    if len(given) > 1:
        raise BadFilter(name, _("%(name)s can be given once only.") % {"name": name}, known)
    text = given.pop()
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise BadFilter(
            name, _("%(name)s: “%(value)s” is not a day (YYYY-MM-DD).") % {"name": name, "value": text}, known
        )
    if day > today:
        raise BadFilter(name, _("%(name)s: %(day)s is yet to come.") % {"name": name, "day": day}, known)
    if first is None:
        raise BadFilter(name, _("%(name)s: nothing has been recorded yet.") % {"name": name}, known)
    if day < first:
        problem = _("%(name)s: the record begins on %(first)s; nothing was recorded by %(day)s.")
        raise BadFilter(name, problem % {"name": name, "first": first, "day": day}, known)
    return day


def end_of(day: date) -> datetime:
    """The moment at which the day is over (UTC)."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def standing(versions: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """The versions that stood at the moment."""
    return versions.filter(Q(recorded_to=None) | Q(recorded_to__gte=moment), recorded_from__lt=moment)


def ended_since(moment: datetime) -> QuerySet[EventVersion]:
    """The versions that stood at the moment and do no longer."""
    return EventVersion.objects.filter(recorded_from__lt=moment, recorded_to__gte=moment).order_by()


def events_at(moment: datetime) -> QuerySet[EventVersion]:
    return standing(EventVersion.objects.order_by(), moment)


def event_at(slug: str, moment: datetime, kind: str | None = None) -> EventVersion | None:
    """The version of an event that stood at the moment, by its name of then or of now."""
    versions = of_kind(events_at(moment), kind)
    return versions.filter(slug=slug).first() or versions.filter(event__slug=slug).first()


def record_at(noun: str, slug: str, moment: datetime) -> Version | None:
    """The version of another noun that stood at the moment."""
    return records_at(noun, moment).filter(slug=slug).first()


def records_at(noun: str, moment: datetime) -> QuerySet[Version]:
    return standing(Version.objects.filter(noun=noun).order_by(), moment)


def narrow(versions: QuerySet[EventVersion], asked: EventFilter, moment: datetime) -> QuerySet[EventVersion]:
    """Those versions that the question would have found at the moment."""
    versions = between(holding(versions, asked_then(asked, moment).terms), asked.values)
    words = names().spelled(asked.values["q"]) if "q" in asked.values else ""
    return versions.filter(search_text__words=words) if words else versions


def between(versions: QuerySet[EventVersion], values: Mapping[str, Any]) -> QuerySet[EventVersion]:
    """Those of the days asked for."""
    bounds = {"after": "last_day__gte", "before": "first_day__lte"}
    return versions.filter(**{lookup: values[name] for name, lookup in bounds.items() if name in values})


def of_kind(versions: QuerySet[EventVersion], kind: str | None) -> QuerySet[EventVersion]:
    return holding(versions, [[term("kind", kind)]] if kind else [])


Terms = Sequence[Sequence[str]]


def holding(versions: QuerySet[EventVersion], terms: Terms) -> QuerySet[EventVersion]:
    """The versions that have one of each of these alternatives."""
    for alternatives in terms:
        wanted = Q(pk=None)
        for one in alternatives:
            wanted |= Q(terms__holds=one)
        versions = versions.filter(wanted)
    return versions


@dataclass(frozen=True)
class Then:
    """A question in the names of a moment. `terms`: what a version must have of each parameter but days and words;
    `alike`: whether every name in it meant then what it means now."""

    terms: Terms
    alike: bool


def asked_then(asked: EventFilter, moment: datetime) -> Then:
    terms, alike = [], True
    for name, given in asked.given.items():
        if name in ("after", "before", "q"):
            continue
        meant = _meant(name, given, moment)
        alike = alike and meant == _spelled(name, given)
        if name == "with":
            terms += [[term("leader", one) for one in sorted(_meant(name, [value], moment))] for value in given]
        else:
            terms.append([term(name, one) for one in sorted(meant)])
    return Then(terms, alike)


def _spelled(name: str, given: Iterable[str]) -> set[str]:
    return {*given, *(value.upper() for value in given)} if name in CODES else set(given)


def _meant(name: str, given: Iterable[str], moment: datetime) -> set[str]:
    """What the names stand for in documents of that time: a name that stood then stands for itself, any other one for
    what it has since become or was called before."""
    values = _spelled(name, given)
    if name not in NAMES:
        return values
    noun, model = NAMES[name]
    stood = set(records_at(noun, moment).filter(slug__in=values).values_list("slug", flat=True))
    if stood == values:
        return values
    heirs = model.objects.filter(slug__in=values - stood, heir__isnull=False).values_list("heir__slug", flat=True)
    meant = values | set(heirs)
    return meant | set(PastSlug.objects.filter(noun=noun, became__in=meant - stood).values_list("slug", flat=True))
