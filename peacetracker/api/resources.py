"""The nouns beside events: which rows each address lists, and which parameters narrow them. No HTTP here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

import orjson
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from peacetracker.api import shapes
from peacetracker.api.asking import refuse_unknown
from peacetracker.api.past import documents_at, has_any, has_words, shown, sources_at, values_at
from peacetracker.api.rows import Held, Paged, Row, Rows
from peacetracker.core.dates import partial_span
from peacetracker.diplomacy import choices, documents
from peacetracker.diplomacy.backing import public_citations, public_positions, public_sources
from peacetracker.diplomacy.filters import PARAMETERS, BadFilter, Params, nothing_called
from peacetracker.diplomacy.models import (
    Body,
    Commitment,
    Event,
    Leader,
    Party,
    PastSlug,
    Place,
    Position,
    Proposal,
    Publisher,
    Source,
    Topic,
    Version,
)
from peacetracker.diplomacy.recorded import end_of, read_as_of
from peacetracker.diplomacy.rows import INDEPENDENT

PUBLIC = choices.Visibility.PUBLIC
RECORDS = {
    "event": Event, "leader": Leader, "proposal": Proposal, "body": Body, "topic": Topic, "place": Place,
    "commitment": Commitment,
}  # fmt: skip
Shape = type[serializers.Serializer[Any]]


@cache
def fields_of(shape: Shape) -> tuple[str, ...]:
    return tuple(shape().get_fields())


@dataclass(frozen=True)
class Fate:
    """What became of a public name: another name that stands for it, or the reason for which it was withdrawn."""

    became: str = ""
    reason: str = ""


def fate(noun: str, name: str) -> Fate:
    """Merged, renamed, withdrawn, or (empty) never there."""
    model: Any = RECORDS.get(noun)
    one = model and model.objects.exclude(visibility=PUBLIC).filter(slug=name).select_related("heir").first()
    if one:
        return Fate(one.heir.slug if one.heir else "", one.reason)
    past = PastSlug.objects.filter(noun=noun, slug=name).first()
    return Fate(past.became if past else "")


@dataclass(frozen=True)
class Narrowing:
    """A parameter of a list: its values (choices or names of the record), and how it narrows."""

    meaning: str
    narrow: Callable[[QuerySet[Any], list[str]], QuerySet[Any]]
    values: tuple[str, ...] = ()
    names: tuple[type[Model], str] | None = None
    kind: str = "text"
    # The same over a document of the past: where its values stand, and what makes them match.
    at: tuple[str, ...] = ()
    match: Callable[[list[Any], list[str]], bool] = has_any

    def holds(self, document: dict[str, Any], given: list[str]) -> bool:
        return self.match([value for path in self.at for value in values_at(document, path)], given)


def _by(path: str) -> Callable[[QuerySet[Any], list[str]], QuerySet[Any]]:
    return lambda rows, given: rows.filter(**{f"{path}__in": given})


def _choice(meaning: str, path: str, values: Iterable[str]) -> Narrowing:
    return Narrowing(meaning, _by(path), tuple(values), kind="choice", at=(path,))


def _named(meaning: str, model: type[Model], *paths: str, name: str = "slug", at: tuple[str, ...] = ()) -> Narrowing:
    """By names of the record; several paths mean any of them. EXISTS, so that no row comes twice."""

    def narrow(rows: QuerySet[Any], given: list[str]) -> QuerySet[Any]:
        wanted = Q()
        for path in paths:
            wanted |= Q(**{f"{path}__{name}__in": given})
        return rows.filter(pk__in=rows.model._default_manager.filter(wanted).values("pk"))

    return Narrowing(meaning, narrow, names=(model, name), kind="name", at=at or paths)


def _code(meaning: str, *paths: str) -> Narrowing:
    return _named(meaning, Party, *paths, name="code")


def _matching(rows: Any, given: list[str]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.matching(given[0])
    return found


def _words(*at: str) -> Narrowing:
    return Narrowing("Words in names and texts, in any spelling", _matching, kind="q", at=at, match=has_words)


AFTER = Narrowing(
    "On this day or later",
    lambda rows, given: rows.filter(date__gte=partial_span(given[0]).first),
    kind="day", at=("date",), match=lambda days, given: days[0] >= partial_span(given[0]).first.isoformat(),
)  # fmt: skip
BEFORE = Narrowing(
    "On this day or earlier",
    lambda rows, given: rows.filter(date__lte=partial_span(given[0]).last),
    kind="day", at=("date",), match=lambda days, given: days[0] <= partial_span(given[0]).last.isoformat(),
)  # fmt: skip


@dataclass(frozen=True)
class Resource:
    """One noun: its address, its shape, its rows and how they are narrowed."""

    address: str
    title: str
    noun: str
    shape: Shape
    public: Callable[[], QuerySet[Any]]
    rows: Callable[[QuerySet[Any]], Rows]
    narrowings: dict[str, Narrowing] = field(default_factory=dict)
    name: str = "slug"
    dated: bool = False
    past: Callable[[str, datetime], list[dict[str, Any]]] = documents_at

    def find(self, name: str, day: date | None = None) -> bytes | None:
        """The document of the public record of this name; with a day, as it was recorded then."""
        name = name.upper() if self.name == "code" else name
        if day:
            found = [document for key, document in self.held(day) if key[-1] == name]
            return found[0] if found else None
        found = self.rows(self.public().filter(**{self.name: name})).page(None, 1).documents
        return found[0] if found else None

    def held(self, day: date, asked: Mapping[str, list[str]] | None = None) -> Iterator[Row]:
        """What was recorded by the end of the day, and matches."""
        public_id = {"key": "id"}.get(self.name, self.name)
        for document in self.past(self.noun, end_of(day)):
            if all(self.narrowings[name].holds(document, given) for name, given in (asked or {}).items()):
                key = (document[public_id],)
                dated = (date.fromisoformat(document["date"]), *key) if self.dated else key
                yield dated, shown(document, fields_of(self.shape))

    def list(self, params: Params, besides: Iterable[str]) -> Paged:
        refuse_unknown(params, [*self.narrowings, *besides])
        asked = {name: given for name, one in self.narrowings.items() if (given := _read(name, one, params))}
        if day := read_as_of(params):
            return Held(list(self.held(day, asked)), ("date", "id") if self.dated else (self.name,))
        found = self.public()
        for name, given in asked.items():
            found = self.narrowings[name].narrow(found, given)
        return self.rows(found)


def _read(name: str, narrowing: Narrowing, params: Params) -> list[str]:
    """The checked values of one parameter."""
    given = [value for value in params.getlist(name) if value.strip()]
    if not given:
        return []
    if narrowing.kind == "day":
        PARAMETERS["after"].read(name, given)
    elif narrowing.kind == "q":
        PARAMETERS["q"].read(name, given)
    elif narrowing.kind == "choice":
        for value in given:
            choose_one(name, value, narrowing.values)
    elif narrowing.names:
        model, field_ = narrowing.names
        given = [value.upper() if field_ == "code" else value for value in given]
        _known(name, model, field_, given)
    return given


def choose_one(name: str, value: str, known: Iterable[str]) -> None:
    if value not in (known := list(known)):
        raise BadFilter(name, _("“%(value)s” is not a value of %(name)s.") % {"value": value, "name": name}, known)


def read_names(params: Params, name: str, model: type[Model], field_: str) -> list[str]:
    """The checked public names that a parameter gives."""
    return _read(name, Narrowing("", lambda rows, given: rows, names=(model, field_), kind="name"), params)


def _known(name: str, model: type[Model], field_: str, given: list[str]) -> None:
    rows = model._default_manager.all()
    if any(one.name == "visibility" for one in model._meta.get_fields()):
        rows = rows.filter(visibility=PUBLIC)
    found = set(rows.filter(**{f"{field_}__in": given}).values_list(field_, flat=True))
    for value in given:
        if value not in found:
            raise nothing_called(name, value, rows.values_list(field_, flat=True))


def known_names(noun: str) -> list[str]:
    """The public names that a filter takes, by its parameter."""
    models: dict[str, Any] = {**RECORDS, "commission": Body}
    parties = list(Party.objects.values_list("code", flat=True))
    if noun == "party":
        return parties
    if noun == "side":
        return [*parties, INDEPENDENT]
    if noun == "publisher":
        return list(Publisher.objects.values_list("domain", flat=True))
    names = list(models["leader" if noun == "mediator" else noun].objects.public().values_list("slug", flat=True))
    return [*parties, *names] if noun == "mediator" else names


def example_name(address: str) -> str | None:
    """A public name that the address knows."""
    if one := RESOURCES.get(address):
        return one.public().order_by(one.name).values_list(one.name, flat=True).first()
    kind = {"calls": choices.Kind.CALL, "meetings": choices.Kind.MEETING}.get(address)
    events = Event.objects.public()
    return (events.filter(kind=kind) if kind else events).newest_first().values_list("slug", flat=True).first()


def _stored(noun: str, name: str = "slug") -> Callable[[QuerySet[Any]], Rows]:
    """Rows whose documents are the current versions."""

    def rows(records: QuerySet[Any]) -> Rows:
        versions = Version.objects.filter(noun=noun, recorded_to=None, slug__in=records.order_by().values(name))
        return Rows(lambda: versions, ("slug",), _read_versions)

    return rows


def _read_versions(versions: QuerySet[Version]) -> Iterable[Row]:
    return [((slug,), document.encode()) for slug, document in versions.values_list("slug", "document")]


def _position_rows(positions: QuerySet[Position]) -> Rows:
    joined = positions.select_related("proposal", "topic", "point", "party", "source").prefetch_related("more_sources")
    return Rows(lambda: joined, ("date", "key"), _read_positions)


def _read_positions(positions: QuerySet[Position]) -> Iterable[Row]:
    return [((one.date, one.key), orjson.dumps(documents.position(one))) for one in positions]


def _source_rows(sources: QuerySet[Source]) -> Rows:
    return Rows(lambda: sources.select_related("publisher__party"), ("key",), _read_sources)


def _read_sources(sources: QuerySet[Source]) -> Iterable[Row]:
    cited = Count("citations", filter=Q(citations__event__visibility=PUBLIC))
    return [((one.key,), orjson.dumps(_source(one))) for one in sources.annotate(events=cited)]


def _source(source: Any) -> dict[str, Any]:
    by = source.publisher
    publisher = by and {
        "domain": by.domain, "name": by.name, "party": by.party.code if by.party else None, "kind": by.kind
    }  # fmt: skip
    return {"id": source.key, "url": source.url, "publisher": publisher, "events": source.events}


def _side(sources: QuerySet[Source], given: list[str]) -> QuerySet[Source]:
    cited = PARAMETERS["side"].read("side", given)
    independent, codes = cited
    wanted = Q(side__in=codes) | (Q(side=None) if independent else Q(pk=None))
    return sources.filter(Exists(public_citations().filter(wanted, source=OuterRef("pk"))))


RESOURCES: dict[str, Resource] = {
    one.address: one
    for one in (
        Resource(
            "leaders", "The people of the record, with the offices they held",
            "leader", shapes.LeaderShape, lambda: Leader.objects.public(), _stored("leader"),
            {
                "q": _words("name", "name_native", "aliases"),
                "party": _code("The party of the latest office, by code", "party"),
            },
        ),
        Resource(
            "parties", "States, organisations and de facto authorities",
            "party", shapes.PartyShape, lambda: Party.objects.all(), _stored("party", "code"),
            {"kind": _choice("Kind of party", "kind", choices.PartyKind.values)}, name="code",
        ),
        Resource(
            "proposals", "Proposals, their points and the stands on them",
            "proposal", shapes.ProposalShape, lambda: Proposal.objects.public(), _stored("proposal"),
            {
                "q": _words("name", "summary"),
                "kind": _choice("Kind of proposal", "kind", choices.ProposalKind.values),
                "party": _code("Who proposed it or to whom, by code", "proposer", "recipient"),
                "after": AFTER,
                "before": BEFORE,
            },
        ),
        Resource(
            "commissions", "Commissions, working groups, formats and missions",
            "body", shapes.CommissionShape, lambda: Body.objects.public(), _stored("body"),
            {
                "q": _words("name", "name_native", "mandate"),
                "kind": _choice("Kind of body", "kind", choices.BodyKind.values),
                "party": _code("A party to it, by code", "parties"),
                "leader": _named(
                    "Who sits or sat on it, by slug", Leader, "memberships__leader", at=("members.leader.slug",)
                ),
            },
        ),
        Resource(
            "topics", "What events are about",
            "topic", shapes.TopicShape, lambda: Topic.objects.public(), _stored("topic"),
            {"q": _words("name", "name_native", "description")},
        ),
        Resource(
            "places", "Where events were",
            "place", shapes.PlaceShape, lambda: Place.objects.public(), _stored("place"),
            {"q": _words("name", "name_native", "other_names")},
        ),
        Resource(
            "commitments", "What was promised, and what became of it",
            "commitment", shapes.CommitmentShape,
            lambda: Commitment.objects.public().filter(event__visibility=PUBLIC), _stored("commitment"),
            {
                "status": _choice("What became of it", "status", choices.CommitmentStatus.values),
                "party": _code("Who promised it, by code", "by"),
                "event": _named("The event at which it was promised, by slug", Event, "event"),
            },
        ),
        Resource(
            "positions", "Who said what of which proposal, point or topic",
            "position", shapes.PositionShape, public_positions, _position_rows,
            {
                "proposal": _named("A proposal, by slug", Proposal, "proposal"),
                "topic": _named("A topic, by slug", Topic, "topic"),
                "party": _code("Whose stand it is, by code", "party"),
                "leader": _named("Who asserted it, by slug", Leader, "leader", at=("asserted_by",)),
                "stance": _choice("The stance", "stance", choices.Stance.values),
                "after": AFTER,
                "before": BEFORE,
            }, name="key", dated=True,
        ),
        Resource(
            "sources", "The pages that back the record",
            "source", shapes.SourceShape, public_sources, _source_rows,
            {
                "publisher": _named(
                    "A publisher, by domain", Publisher, "publisher", name="domain", at=("publisher.domain",)
                ),
                "side": Narrowing(
                    "The side as cited: a party's code or “independent”", _side, kind="side", at=("sides",)
                ),
            }, name="key", past=sources_at,
        ),
    )
}  # fmt: skip
