"""The OpenAPI description, made from the filters, the shapes and the resources themselves."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from peacetracker.api import shapes
from peacetracker.api.asking import LIMIT, MEDIA_TYPES, MOST
from peacetracker.api.resources import Resource, Shape, example_name, fields_of, known_names
from peacetracker.diplomacy.filters import ORDERINGS, PARAMETERS
from peacetracker.diplomacy.models import Party
from peacetracker.diplomacy.recorded import first_recorded

DAY = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"},
        {"type": "string", "pattern": "^[1-9][0-9]{3}$"},
    ]
}
# Some text, without the one letter that a database does not take.
TEXT = {"type": "string", "pattern": "^[^\\x00]*[^\\s\\x00][^\\x00]*$"}
MOMENT = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
# Which names of the record a filter takes; filled in when the schema is served, since the record grows.
NAMES, EXAMPLE, DAYS = "x-names-of", "x-example-of", "x-days"
# What a shape demands that the library has no words for.
ALSO = "x-also"
# How a key is sent; conf.py has the description of the scheme.
KEY = "key"
EXAMPLES = {
    "after": "2022-01-01", "before": "2022-12-31", "q": "border", "limit": 10, "modified_since": "2026-11-01",
    "role": "prime-minister", "date": "2018-05-10", "name": "Pashinyan",
}  # fmt: skip


@dataclass(frozen=True)
class About:
    """What the schema says of one address."""

    operation: str
    summary: str
    tag: str
    parameters: list[OpenApiParameter]
    responses: dict[Any, Any] = field(default_factory=dict)
    # What is sent, with an example, to an address that takes something; and whether it can be used without a key.
    request: Any = None
    needs_key: bool = False


class Described(AutoSchema):
    """Reads the description from the view's `about()`."""

    def _about(self) -> About:
        about: About = self.view.about()  # type: ignore[attr-defined]
        return about

    def get_operation_id(self) -> str:
        return self._about().operation

    def get_summary(self) -> str:
        return self._about().summary

    def get_description(self) -> str:  # type: ignore[override]
        return self._about().summary

    def get_tags(self) -> list[str]:
        return [self._about().tag]

    def get_override_parameters(self) -> list[Any]:
        return self._about().parameters

    def get_request_serializer(self) -> Any:
        return self._about().request

    def get_auth(self) -> list[Any]:
        return [{KEY: []}] if self._about().needs_key else [{}, {KEY: []}]

    def get_response_serializers(self) -> Any:
        return self._about().responses


# Parameters


def _query(
    name: str, meaning: Any, schema: Any, *, many: bool = False, explode: bool | None = None
) -> OpenApiParameter:
    if many:
        schema = {"type": "array", "items": schema, "minItems": 1}
    examples = [OpenApiExample(str(EXAMPLES[name]), EXAMPLES[name])] if name in EXAMPLES and not many else []
    return OpenApiParameter(
        name, schema, OpenApiParameter.QUERY, description=str(meaning), explode=explode, examples=examples,
        style="form" if explode is not None else None,
    )  # fmt: skip


def _enum(values: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def _filter_schema(name: str, values: Sequence[str]) -> dict[str, Any]:
    if name in ("after", "before"):
        return DAY
    if name == "q":
        return {"maxLength": 200, **TEXT}
    if values:
        return _enum(values)
    return {"type": "string", NAMES: {"with": "leader"}.get(name, name)}


def _filters() -> list[OpenApiParameter]:
    return [
        _query(one.name, one.meaning, _filter_schema(one.name, one.values), many=one.repeatable)
        for one in PARAMETERS.values()
    ]


def filter_parameters(formats: Sequence[str] = ("json",)) -> list[OpenApiParameter]:
    """For what counts events: the filters alone."""
    ordering = _query("ordering", "Has no effect here", _enum(ORDERINGS))
    return [*_filters(), ordering, as_of(), format_parameter(formats)]


def choice_parameter(name: str, meaning: str, values: Sequence[str]) -> OpenApiParameter:
    return _query(name, meaning, {**_enum(values), "default": values[0]})


def most_parameter() -> OpenApiParameter:
    told = "Only so many with most contacts, and the pairs among them; without it, all"
    return _query("limit", told, {"type": "integer", "minimum": 1, "maximum": MOST})


def resolve_parameters() -> list[OpenApiParameter]:
    return [
        _query("role", "An office by slug, title or the first words of one: “prime-minister”", TEXT),
        _query("party", "The party of the office or person, by code", {"type": "string", NAMES: "party"}),
        _query("date", "The day; without it, the day that the record reaches", {"type": "string", "format": "date"}),
        _query("name", "A name in any spelling, instead of a role", TEXT),
        format_parameter(("json",)),
    ]


@cache
def event_parameters(formats: tuple[str, ...] = ("json",)) -> list[OpenApiParameter]:
    return [
        *_filters(),
        _query("ordering", "By the earliest possible day, then slug", _enum(ORDERINGS)),
        _query("modified_since", "Recorded since then; adds tombstones of what is gone", MOMENT),
        *paging(shapes.EventShape, formats, dated=True),
    ]


def as_of() -> OpenApiParameter:
    return _query("as_of", "The record as it stood at the end of this day (UTC)", {"type": "string", DAYS: True})


def paging(shape: Shape, formats: Sequence[str], *, dated: bool) -> list[OpenApiParameter]:
    pattern = "^[np][0-3][0-9]{6}[A-Za-z0-9_-]{1,120}$" if dated else "^[np][A-Za-z0-9_-]{1,120}$"
    return [
        _query("limit", f"Rows on a page (default {LIMIT}); a download is whole without it",
               {"type": "integer", "minimum": 1, "maximum": MOST}),
        _query("cursor", "Where to go on: from `next` or `previous`", {"type": "string", "pattern": pattern}),
        as_of(),
        _query("count", "Add the number of all rows", {"type": "boolean"}),
        *fields(shape),
        format_parameter(formats),
    ]  # fmt: skip


def fields(shape: Shape) -> list[OpenApiParameter]:
    known = _enum(fields_of(shape))
    return [
        _query("fields", "Only these fields, by comma", known, many=True, explode=False),
        _query("omit", "Without these fields, by comma", known, many=True, explode=False),
    ]


def format_parameter(formats: Sequence[str]) -> OpenApiParameter:
    return _query("format", "The form of the answer", {**_enum(formats), "default": "json"})


def resource_parameters(resource: Resource, formats: Sequence[str]) -> list[OpenApiParameter]:
    found = []
    for name, one in resource.narrowings.items():
        values = {"type": "string", NAMES: name} if one.kind in ("name", "side") else _filter_schema(name, one.values)
        found.append(_query(name, one.meaning, values, many=one.kind not in ("day", "q")))
    return [*found, *paging(resource.shape, formats, dated=resource.dated)]


def slug_parameter(meaning: str, address: str) -> OpenApiParameter:
    return OpenApiParameter(
        "slug", {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", EXAMPLE: address}, OpenApiParameter.PATH,
        description=meaning,
    )  # fmt: skip


# Answers


@cache
def page_shape(shape: Shape, *, tombstones: bool) -> Shape:
    """The envelope of a list."""
    name = shape.__name__.removesuffix("Shape") + "Page"
    members: dict[str, Any] = {
        "count": serializers.IntegerField(required=False, help_text="With count=true"),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": shape(many=True),
    }
    if tombstones:
        members["tombstones"] = shapes.TombstoneShape(many=True, required=False, help_text="With modified_since")
    return type(name, (shapes.Shape,), members)


def problem_answers(*statuses: int) -> dict[Any, Any]:
    return {(status, "application/problem+json"): shapes.ProblemShape for status in statuses}


def answers(shape: Any, *statuses: int) -> dict[Any, Any]:
    return {
        (200, MEDIA_TYPES["json"]): shape,
        304: OpenApiResponse(description="Unchanged since the ETag or time that was sent"),
        **problem_answers(400, 401, 403, *statuses, 429),
    }


FORMS: dict[str, Any] = {
    "geojson": OpenApiTypes.OBJECT,
    "parquet": OpenApiTypes.BINARY,
    "xlsx": OpenApiTypes.BINARY,
    "csl": {"type": "array", "items": {"type": "object"}},
}


def downloads(formats: Sequence[str]) -> dict[Any, Any]:
    """The other forms; they are files, described in docs/api.md."""
    return {(200, MEDIA_TYPES[name]): FORMS.get(name, OpenApiTypes.STR) for name in formats if name != "json"}


def list_answers(shape: Shape, formats: Sequence[str], *, tombstones: bool = False) -> dict[Any, Any]:
    return {**answers(page_shape(shape, tombstones=tombstones)), **downloads(formats)}


def detail_answers(shape: Any) -> dict[Any, Any]:
    moved = OpenApiResponse(description="Merged into another record, or renamed: see Location")
    return {**answers(shape, 404, 410), 301: moved}


# What the library cannot know


def _is_migrated() -> bool:
    """Whether there are names to ask for: the system check describes the API before the first migration too."""
    return Party._meta.db_table in connection.introspection.table_names()


def _names(noun: str) -> dict[str, Any]:
    """The names of the record as a pattern, not an enum: a client made today still takes tomorrow's names."""
    names = sorted(known_names(noun)) if _is_migrated() else []
    if not names:
        return {"pattern": "^$"}
    return {"pattern": "^(" + "|".join(name.replace(".", "\\.") for name in names) + ")$", "examples": names[:1]}


def _days() -> dict[str, Any]:
    """The days for which there is a record: from the first recording to today."""
    first, today = first_recorded() if _is_migrated() else None, timezone.now().date()
    if first is None:
        return {"pattern": "^$"}
    months: dict[str, list[str]] = {}
    for number in range((today - first).days + 1):
        day = first + timedelta(days=number)
        months.setdefault(f"{day:%Y-%m}", []).append(f"{day:%d}")
    pattern = "^(" + "|".join(f"{month}-({'|'.join(days)})" for month, days in months.items()) + ")$"
    return {"pattern": pattern, "examples": [today.isoformat()]}


def _merge(node: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and name in node:
            _merge(node[name], value)
        else:
            node[name] = value


def _fill(node: Any, seen: dict[str, dict[str, Any]]) -> None:
    if isinstance(node, dict):
        if noun := node.pop(NAMES, None):
            seen[noun] = seen.get(noun) or _names(noun)
            node |= seen[noun]
        if node.pop(DAYS, None):
            seen[DAYS] = seen.get(DAYS) or _days()
            node |= seen[DAYS]
        _merge(node, node.pop(ALSO, {}))
        if address := node.pop(EXAMPLE, None):
            name = example_name(address) if _is_migrated() else None
            node["examples"] = [name] if name else []
        for child in node.values():
            _fill(child, seen)
    elif isinstance(node, list):
        for child in node:
            _fill(child, seen)


def tidy(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """Fill in the names of the record; allow for `fields` and `omit`: a document may be a part of one."""
    components = result["components"]["schemas"]
    seen: dict[str, dict[str, Any]] = {}
    _fill(result["paths"], seen)
    _fill(components, seen)
    pages = [name for name in components if name.endswith("Page")]
    for name in pages:
        noun = re.sub("Page$", "", name)
        whole = {"$ref": f"#/components/schemas/{noun}"}
        components[f"{noun}Part"] = {
            **{key: value for key, value in components[noun].items() if key != "required"},
            "description": "With `fields` or `omit`: only the fields that were asked for.",
        }
        either = {"anyOf": [whole, {"$ref": f"#/components/schemas/{noun}Part"}]}
        components[name]["properties"]["results"]["items"] = either
        _let_be_part(result["paths"], whole, either)
    _link(result["paths"], components)
    return result


def _link(paths: dict[str, Any], components: dict[str, Any]) -> None:
    """Say how the name that a list gives leads to the address of one record, and a draft to what became of it."""
    for path, operations in paths.items():
        lists, _brace, parameter = path.rstrip("/}").partition("{")
        if not parameter or "get" not in operations:
            continue
        method, status, place = ("get", "200", "results/0/") if "get" in paths[lists] else ("post", "201", "")
        answer = paths[lists][method]["responses"][status]
        shape = _referred(answer["content"]["application/json"]["schema"], components)
        if place:
            shape = _referred(shape["properties"]["results"]["items"], components)
        name = next(name for name in (parameter, "id", "code") if name in shape["properties"])
        found = operations["get"]["operationId"]
        link = {"operationId": found, "parameters": {parameter: f"$response.body#/{place}{name}"}}
        answer["links"] = {"one": link}


def _referred(schema: dict[str, Any], components: dict[str, Any]) -> Any:
    return components[schema.get("anyOf", [schema])[0]["$ref"].rpartition("/")[2]]


def _let_be_part(paths: dict[str, Any], whole: dict[str, str], either: dict[str, Any]) -> None:
    for operations in paths.values():
        content = operations.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        for media in content.values():
            if media.get("schema") == whole:
                media["schema"] = either
