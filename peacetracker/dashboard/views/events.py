"""Lists of events, and one event with everything that is said of it."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from peacetracker.analysis.around import around, series
from peacetracker.analysis.facets import total
from peacetracker.analysis.positions import stands_near
from peacetracker.analysis.publishers import with_domains
from peacetracker.analysis.readouts import rank, readouts
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.landing import landing
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.listing import ask, chosen, rows, table
from peacetracker.dashboard.sharing import Embedded, files, share
from peacetracker.dashboard.strips import series_strip
from peacetracker.dashboard.structured import event_data
from peacetracker.dashboard.views import past
from peacetracker.dashboard.views.finding import answered, find
from peacetracker.dashboard.views.past import cite_box
from peacetracker.diplomacy.calling import called, short
from peacetracker.diplomacy.choices import Kind
from peacetracker.diplomacy.citing import cite_event
from peacetracker.diplomacy.filters import PARAMETERS
from peacetracker.diplomacy.keeping import document_digest
from peacetracker.diplomacy.models import Body, Event, EventVersion, Proposal
from peacetracker.diplomacy.names import names


@answered
def events(request: HttpRequest) -> HttpResponse:
    return _list(request, title=_("Events"), kind=None)


@answered
def calls(request: HttpRequest) -> HttpResponse:
    return _list(request, title=_("Calls"), kind=Kind.CALL)


@answered
def meetings(request: HttpRequest) -> HttpResponse:
    return _list(request, title=_("Meetings"), kind=Kind.MEETING)


def _list(request: HttpRequest, *, title: str, kind: str | None) -> HttpResponse:
    if past.is_asked(request):
        return past.listing(request, title=title, kind=kind)
    asked = ask(request, kind=kind)
    listed = table(request, asked, asked.events())
    context = listed | {
        "share": share(request, view="events", title=title, state=asked.query, api=listed["links"]["json"],
                       files=files(listed["links"], listed["shown"])),
        "title": title,
        "kind": kind,
        "until": until_of(request),
        "parameters": PARAMETERS,
    }  # fmt: skip
    if kind:
        context["filters"] = [row for row in context["filters"] if row.name != "kind"]
    return render(request, "dashboard/events.html", context)


def embedded(request: HttpRequest) -> Embedded:
    """The list as a bare page; its further rows are on the full one."""
    asked, page = ask(request), reverse("dashboard:events")
    return Embedded(
        title=_("Armenia and Azerbaijan: recorded events"),
        page=with_query(page, asked.query),
        picture="dashboard/_event_table.html",
        context={
            "shown": total(asked),
            "chosen": chosen(asked, page),
            "asked": asked,
            "rows": rows(request, asked, asked.events(), path=page),
        },
        scripts="",
    )


def event_link(slug: str) -> str:
    return reverse("dashboard:event", args=[slug])


@answered
def event(request: HttpRequest, slug: str) -> HttpResponse:
    if past.is_asked(request):
        return past.event(request, slug)
    found: Event = find(
        request, Event.objects.select_related("place"), slug, noun="event", link=event_link
    )  # fmt: skip
    document = current_document(found)
    parties = party_names()
    context = {"event": found, "document": document, "until": until_of(request), "parties": parties}
    if request.GET.get("fragment") == "panel":
        return render(request, "dashboard/_event_panel.html", context | {"parties_named": parties})
    return render(request, "dashboard/event.html", context | _details(request, found, document, parties))


def current_document(found: Event) -> dict[str, Any]:
    """The event as API and exports serve it: everything about it in one row."""
    stored = EventVersion.objects.filter(event=found, recorded_to=None).values_list("document", flat=True).get()
    document: dict[str, Any] = json.loads(stored)
    return document


def with_notes(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sources, each with the days on which its page was found changed."""
    notes = import_string(settings.SOURCE_NOTES)([source["url"] for source in sources])
    return [source | {"changed": notes.get(source["url"], [])} for source in sources]


def party_names() -> dict[str, str]:
    return {code: called(short(name)) for code, name in names().called("party").items()}


def _named(model: type[Any], slugs: Iterable[str]) -> list[Any]:
    """Records by slug, in the order of the slugs."""
    rows = {row.slug: row for row in model.objects.public().filter(slug__in=list(slugs)).defer("search_text")}
    return [rows[slug] for slug in slugs if slug in rows]


def _by_day(source: dict[str, Any]) -> tuple[str, str]:
    return source["published"] or "9999", source["publisher"]


def _details(request: HttpRequest, found: Event, document: dict[str, Any], parties: dict[str, str]) -> dict[str, Any]:
    topics = names().called("topic")
    told = readouts(document, parties=parties, topics=topics)
    same = series(found)
    return {
        "topics": [(slug, topics.get(slug, slug)) for slug in document["topics"]],
        "bodies": _named(Body, document["commissions"]) if document["commissions"] else [],
        "proposals": _named(Proposal, document["proposals"]) if document["proposals"] else [],
        "readouts": told,
        "people": sorted(document["participants"], key=lambda part: rank(part["party"] or "~")),
        "sides": sorted(document["parties"], key=rank),
        "sources": with_notes(with_domains(sorted(document["sources"], key=_by_day))),
        "around": around(found),
        "strip": series_strip(same, found.slug) if same else None,
        "stands": stands_near(found),
        **cite_box(
            cite_event(document, document_digest(document), site=request.build_absolute_uri("/").rstrip("/")),
            document["slug"],
        ),
        **landing(
            request,
            event_data(document, request.build_absolute_uri(event_link(found.slug)), parties),
            noun="event",
            slug=found.slug,
            name=found.title,
            list_name=_("Events"),
            list_address="events",
        ),
    }
