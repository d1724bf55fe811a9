"""What a program may send as a draft: one shape that checks it, describes it and explains what is wrong with it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rapidfuzz import process
from rest_framework import serializers as s

from peacetracker.api.resources import known_names
from peacetracker.api.schema import ALSO, DAY, NAMES, TEXT
from peacetracker.api.shapes import Shape, one_of
from peacetracker.core.dates import parse_partial
from peacetracker.diplomacy.choices import Kind, Role, Status
from peacetracker.diplomacy.models import Leader
from peacetracker.newsroom.addresses import canonical
from peacetracker.newsroom.articles import Found
from peacetracker.newsroom.extraction import DraftEvent
from peacetracker.newsroom.extraction.model import Person
from peacetracker.newsroom.submitting import Told

SHOWN = 8  # names of the record that are offered for one that it does not have
UNKNOWN = "unknown"
MOST_PEOPLE, MOST_SOURCES = 40, 20


class Text(s.CharField):
    """A text: a number is none, though the library would take it for one."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Words(Text):
    """Some text of so many letters at most."""

    def __init__(self, most: int, help_text: str = "", **options: Any) -> None:
        self._spectacular_annotation = {"field": {**TEXT, "maxLength": most}}
        super().__init__(max_length=most, help_text=help_text, **options)


class NameField(Text):
    """A slug of the record. What it does not have is refused, and the nearest that it has are offered."""

    default_error_messages = {UNKNOWN: "The record has no “{name}”."}

    def __init__(self, noun: str, **options: Any) -> None:
        self.noun = noun
        self._spectacular_annotation = {"field": {"type": "string", NAMES: noun}}
        super().__init__(max_length=120, **options)

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if name not in known_names(self.noun):
            self.fail(UNKNOWN, name=name)
        return name

    def near(self, name: object) -> list[str]:
        return [found for found, _score, _at in process.extract(str(name), known_names(self.noun), limit=SHOWN)]


def names(noun: str) -> s.ListField:
    """A list of slugs. (The field of a list is copied with it, so its noun is given twice.)"""
    return s.ListField(child=NameField(noun), required=False, max_length=20, default=list)


@extend_schema_field({"anyOf": [*DAY["anyOf"], {"type": "null"}]})
class PartialDayField(Text):
    """`2022`, `2022-04` or `2022-04-06` → the first day and how well it is known."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return parse_partial(super().to_internal_value(data))
        except ValueError as error:
            raise s.ValidationError(str(error)) from None


@extend_schema_field({"type": "string", "maxLength": 1000, "pattern": "^https?://[a-z0-9-]+(\\.[a-z0-9-]+)+/[!-~]*$"})
class AddressField(Text):
    """Without tracking parameters, as articles of feeds have it: the same page is one article."""

    def to_internal_value(self, data: Any) -> str:
        address = canonical(super().to_internal_value(data))
        if "." not in (urlsplit(address).hostname or ""):
            raise s.ValidationError(_("A web address is needed: https://…"))
        return address


class LanguageField(Text, s.RegexField):
    def __init__(self, **options: Any) -> None:
        super().__init__(regex=r"^[a-z]{2,3}$", **options)


class Strict(Shape):
    # A misspelt field is an error, not a field left out.
    also: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        told = {ALSO: {"additionalProperties": False, **cls.also}}
        cls._spectacular_annotation["extensions"] = told  # type: ignore[attr-defined]

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        wrong: dict[str, Any] = {
            str(name): s.ErrorDetail(_("There is no such field."), UNKNOWN) for name in data if name not in self.fields
        }
        try:
            value = super().to_internal_value(data)
        except s.ValidationError as error:
            wrong = {**cast(dict[str, Any], error.detail), **wrong}
        if wrong:
            raise s.ValidationError({name: [one] if isinstance(one, str) else one for name, one in wrong.items()})
        return value


class SentPersonShape(Strict):
    also: ClassVar = {"anyOf": [{"required": ["leader"]}, {"required": ["name"]}]}
    leader = NameField("leader", required=False, help_text="The slug of a person in the record")
    name = Words(200, "The name as the page has it, of a person whom the record does not have", required=False)
    role = one_of(Role, default=Role.PARTICIPANT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs.get("leader") or attrs.get("name")):
            raise s.ValidationError(_("Say who it is: “leader” (a slug of the record) or “name”."))
        return attrs


class SentSourceShape(Strict):
    url = AddressField(max_length=1000, help_text="The page that says so")
    quote = Words(2000, "The sentence of that page on which the draft rests; editors alone see it")
    title = Words(500, "The title of the page", required=False)
    publisher = Words(200, "Its publisher; of domains that the record knows it is taken from there", required=False)
    published = s.DateField(required=False, allow_null=True, help_text="The day on which the page was published")
    lang = LanguageField(required=False, help_text="The language of the page: en, ru, hy, az")


class SentDraftShape(Strict):
    also: ClassVar = {
        "properties": {"participants": {"maxItems": MOST_PEOPLE}, "sources": {"minItems": 1, "maxItems": MOST_SOURCES}}
    }
    kind = one_of(Kind)
    status = one_of(Status, default=Status.HELD)
    date = PartialDayField(allow_null=True, help_text="As far as it is known: 2022-04-06, 2022-04, 2022 or null")
    title = Words(200, "In your own words")
    summary = Words(3000, "In your own words, claims attributed")
    participants = SentPersonShape(many=True, required=False, max_length=MOST_PEOPLE)  # type: ignore[call-arg]
    place = NameField("place", required=False, allow_null=True, help_text="A slug of the record")
    place_name = Words(200, "A place that the record does not have, as the page names it", required=False)
    topics = names("topic")
    commissions = names("commission")
    proposals = names("proposal")
    sources = SentSourceShape(many=True, min_length=1, max_length=MOST_SOURCES)  # type: ignore[call-arg]


def told(sent: Mapping[str, Any]) -> Told:
    """What was checked, as the newsroom takes it."""
    day: date | None
    precision: Any
    day, precision = sent["date"] or (None, "unknown")
    present = sent.get("participants", ())
    slugs = [one["leader"] for one in present if "leader" in one]
    known = dict(Leader.objects.filter(slug__in=slugs).values_list("slug", "name"))
    people = [
        Person(slug=one.get("leader"), name=known.get(one.get("leader")) or one["name"], role=one["role"])
        for one in present
    ]
    pages = [_page(one) for one in sent["sources"]]
    event = DraftEvent(
        kind=sent["kind"], status=sent["status"], date=day, date_precision=precision, participants=people,
        place=sent.get("place"), place_name=sent.get("place_name"), topics=sent["topics"], bodies=sent["commissions"],
        proposals=sent["proposals"], evidence=pages[0].text, confidence=0.0,
    )  # fmt: skip
    return Told(event, sent["title"], sent["summary"], pages)


def _page(one: Mapping[str, Any]) -> Found:
    day: date | None = one.get("published")
    return Found(
        key="",
        url=one["url"],
        text=one["quote"],
        title=one.get("title", ""),
        published=datetime.combine(day, time(12), UTC) if day else None,
        lang=one.get("lang", ""),
        publisher_name=one.get("publisher", "") or (urlsplit(one["url"]).hostname or "").removeprefix("www."),
    )


# What is wrong with it


def faults(errors: Any, field: Any, value: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """Each error with the place of its field (`sources[0].url`), what is wrong, and what would be understood."""
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            yield from _inner(name, inner, field, value, path)
    elif errors and not isinstance(errors[0], str):  # a list of shapes: one entry for each, empty for a sound one
        for n, inner in enumerate(errors):
            yield from faults(inner, field.child, _part(value, n), f"{path}[{n}]")
    else:
        for error in errors:
            yield {"field": path or "body", "detail": str(error), **_known(field, value)}


def _inner(name: Any, errors: Any, field: Any, value: Any, path: str) -> Iterator[dict[str, Any]]:
    if name == "non_field_errors":
        yield from faults(errors, None, value, path)
    elif isinstance(name, int):
        yield from faults(errors, field.child, _part(value, name), f"{path}[{name}]")
    elif inner := field.fields.get(name):
        yield from faults(errors, inner, _part(value, name), f"{path}.{name}".lstrip("."))
    else:
        place = f"{path}.{name}".lstrip(".")
        yield {"field": place, "detail": str(errors[0]), "known": list(field.fields)}


def _part(value: Any, name: Any) -> Any:
    try:
        return value[name]
    except (KeyError, IndexError, TypeError):
        return None


def _known(field: Any, value: Any) -> dict[str, list[str]]:
    if isinstance(field, NameField) and value:
        return {"known": field.near(value)}
    if isinstance(field, s.ChoiceField):
        return {"known": [str(choice) for choice in field.choices]}
    return {"known": ["YYYY", "YYYY-MM", "YYYY-MM-DD"]} if isinstance(field, PartialDayField) else {}
