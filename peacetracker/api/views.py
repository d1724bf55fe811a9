"""The addresses of the API. Thin: what is asked, which rows, in which format."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

import orjson
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request

from peacetracker.api import citations, schema, shapes
from peacetracker.api.asking import (
    MEDIA_TYPES,
    PAGING,
    Asked,
    Choice,
    choose,
    read_asked,
    read_choice,
    refuse_unknown,
)
from peacetracker.api.calendars import calendar_lines
from peacetracker.api.citations import CITATIONS
from peacetracker.api.departing import tombstones
from peacetracker.api.doors import Door, plain
from peacetracker.api.events import find_event, read_event_question
from peacetracker.api.exports import download, export, pick
from peacetracker.api.feeds import atom, authority, site_of
from peacetracker.api.problems import Problem
from peacetracker.api.resources import (
    RESOURCES,
    Resource,
    Shape,
    fate,
    fields_of,
)
from peacetracker.api.rows import Joined, Neighbours, Page, Paged, Rows
from peacetracker.api.schema import About
from peacetracker.diplomacy.recorded import AS_OF, read_as_of

DETAIL = ("format", "fields", "omit", AS_OF)
LIST_FORMATS = ("json", "csv", "jsonl", "parquet", "xlsx")
EVENT_FORMATS = (*LIST_FORMATS, "geojson", "ics", "atom", *CITATIONS)
EVENT_DETAIL_FORMATS = ("json", *CITATIONS)
ADDRESSES = (
    "events", "calls", "meetings", "leaders", "parties", "proposals", "commissions", "topics", "places", "sources",
    "positions", "commitments", "network", "timeline", "stats", "resolve", "schema", "docs",
)  # fmt: skip
# What is answered by other queries than that of the page.
DATED_APART = frozenset({"format", "q", "modified_since", AS_OF})
# A query string that nobody would write in another way.
PLAIN = re.compile(r"[A-Za-z0-9_.~=&-]*")
# Of rooms above this one; by name alone.
ELSEWHERE = {"releases": "access-api:releases", "drafts": "access-api:drafts"}


def json_text(body: str | bytes) -> HttpResponse:
    return HttpResponse(body, content_type=MEDIA_TYPES["json"])


def page_addresses(request: HttpRequest, page: Neighbours) -> dict[str, str | None]:
    """This very question, from the places in the list where the next and the previous page begin."""
    here = f"{site_of(request)}{request.path}?{question_of(request)}cursor="
    places = {"next": page.next, "previous": page.previous}
    return {name: here + str(cursor) if cursor else None for name, cursor in places.items()}


def question_of(request: HttpRequest) -> str:
    """The query string without its cursor, ready for one."""
    sent = request.META.get("QUERY_STRING", "")
    if PLAIN.fullmatch(sent):  # as good as taken apart and put together again, in a tenth of the time
        return "".join(f"{part}&" for part in sent.split("&") if part and not part.startswith("cursor="))
    others = urlencode([(name, values) for name, values in request.GET.lists() if name != "cursor"], doseq=True)
    return f"{others}&" if others else ""


def listing(request: HttpRequest, rows: Paged, asked: Asked, **members: Any) -> HttpResponse:
    """A page of a list; the documents' texts are joined, not taken apart."""
    limit = asked.limit or 0
    page: Page | Joined = rows.page(asked.cursor, limit) if asked.choice else rows.joined(asked.cursor, limit)
    text = page.text if isinstance(page, Joined) else b",".join(pick(one, asked.choice) for one in page.documents)
    ways = page_addresses(request, page)
    response = json_text(b"".join((orjson.dumps({**members, **ways})[:-1], b',"results":[', text, b"]}")))
    links = [f'<{ways[name]}>; rel="{rel}"' for name, rel in (("next", "next"), ("previous", "prev")) if ways[name]]
    if links:
        response.headers["Link"] = ", ".join(links)
    return response


class Listing(Door):
    """The list of one noun."""

    resource: ClassVar[Resource] = RESOURCES["leaders"]

    def about(self) -> About:
        one = self.resource
        return About(
            f"{one.address}_list", one.title, one.address, schema.resource_parameters(one, LIST_FORMATS),
            schema.list_answers(one.shape, LIST_FORMATS),
        )  # fmt: skip

    def get(self, request: Request) -> Any:
        asked_of = plain(request)
        rows = self.resource.list(asked_of.GET, PAGING)
        shape = self.resource.shape
        asked = read_asked(asked_of, formats=LIST_FORMATS, fields=fields_of(shape), dated=rows.dated)
        if asked.format != "json":
            return export(asked, rows, shape=shape, name=self.resource.address)
        counted = {"count": rows.count()} if asked.count else {}
        return listing(asked_of, rows, asked, **counted)


class Detail(Door):
    """One record of a noun, by its public name."""

    resource: ClassVar[Resource] = RESOURCES["leaders"]

    def about(self) -> About:
        one = self.resource
        return detail_about(one.address, one.shape, one.name)

    def get(self, request: Request, slug: str) -> Any:
        asked_of = plain(request)
        choice = read_detail(asked_of, self.resource.shape)
        text = self.resource.find(slug, read_as_of(asked_of.GET))
        return json_text(pick(text, choice)) if text else instead(plain(request), self.resource.noun, slug)


def detail_about(address: str, shape: Shape, name: str = "slug", formats: Sequence[str] = ("json",)) -> About:
    return About(
        f"{address}_retrieve", f"One of {address}, by its public name", address,
        [
            schema.slug_parameter("Its public name: " + name, address),
            *schema.fields(shape),
            schema.as_of(),
            schema.format_parameter(formats),
        ],
        {**schema.detail_answers(shape), **schema.downloads(formats)},
    )  # fmt: skip


def read_detail(request: HttpRequest, shape: Shape, formats: Sequence[str] = ("json",)) -> Choice:
    refuse_unknown(request.GET, DETAIL)
    choose(request.GET, "format", formats)
    return read_choice(request.GET, fields_of(shape))


def instead(request: HttpRequest, noun: str, name: str) -> HttpResponse:
    """Where a name with nothing to show leads: to its heir or new name, or nowhere (410 with the reason, or 404)."""
    after = fate(noun, name)
    if after.became:
        query = request.META.get("QUERY_STRING", "")
        address = request.path.removesuffix(f"{name}/") + f"{after.became}/"
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    if after.reason:
        raise Problem(410, _("Withdrawn: %(reason)s") % {"reason": after.reason}, slug=name, reason=after.reason)
    raise Http404


class EventListing(Door):
    """Events that match a filter."""

    kind: str | None = None
    address = "events"

    def dates_itself(self, request: HttpRequest) -> bool:
        return connection.vendor == "postgresql" and DATED_APART.isdisjoint(request.GET) and request.method == "GET"

    def about(self) -> About:
        return About(
            f"{self.address}_list", f"{self.address.capitalize()} that match a filter", self.address,
            schema.event_parameters(EVENT_FORMATS),
            schema.list_answers(shapes.EventShape, EVENT_FORMATS, tombstones=True),
        )  # fmt: skip

    def get(self, request: Request) -> Any:
        asked_of = plain(request)
        question = read_event_question(asked_of.GET, PAGING)
        asked = read_asked(asked_of, formats=EVENT_FORMATS, fields=fields_of(shapes.EventShape), dated=True)
        if asked.format in CITATIONS:
            return citations.answer(citations.of_view(question, self.kind, site_of(asked_of)), asked.format)
        if asked.format == "atom":
            return atom(asked_of, question.latest(asked.limit or 0, self.kind), question.pairs(self.kind))
        rows = question.rows(self.kind)
        gone = tombstones(question, self.kind)
        if asked.format != "json":
            return self.file(asked_of, asked, rows, gone)
        members: dict[str, Any] = {"count": rows.count()} if asked.count else {}
        if question.since:
            members["tombstones"] = gone
        return listing(asked_of, rows, asked, **members)

    def file(self, request: HttpRequest, asked: Asked, rows: Rows, gone: Iterable[dict[str, Any]]) -> Any:
        if asked.format == "ics":
            texts = rows.stream(asked.cursor, asked.limit)
            lines = calendar_lines(texts, site=site_of(request), authority=authority())
            return download(lines, "ics", self.address)
        return export(asked, rows, shape=shapes.EventShape, name=self.address, gone=gone)


class EventDetail(Door):
    """One event, by its slug."""

    kind: str | None = None
    address = "events"

    def about(self) -> About:
        return detail_about(self.address, shapes.EventShape, formats=EVENT_DETAIL_FORMATS)

    def get(self, request: Request, slug: str) -> Any:
        asked_of = plain(request)
        choice = read_detail(asked_of, shapes.EventShape, EVENT_DETAIL_FORMATS)
        day = read_as_of(asked_of.GET)
        found = find_event(slug, self.kind, day)
        if found is None:
            return instead(asked_of, "event", slug)
        form = asked_of.GET.get("format")
        if form in CITATIONS:
            return citations.answer(citations.of_event(found, day, site_of(asked_of)), form)
        return json_text(pick(found.document.encode(), choice))


class Index(Door):
    """Every address of the API."""

    def about(self) -> About:
        return About(
            "index", "Every address of the API", "about", [schema.format_parameter(("json",))],
            schema.answers(OpenApiTypes.OBJECT),
        )  # fmt: skip

    def get(self, request: Request) -> Any:
        refuse_unknown(plain(request).GET, ("format",))
        choose(plain(request).GET, "format", ["json"])
        site = site_of(plain(request))
        addresses = {**{name: f"api:{name}" for name in ADDRESSES}, **ELSEWHERE}
        return json_text(orjson.dumps({name: site + reverse(known) for name, known in addresses.items()}))
