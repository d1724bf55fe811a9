"""Events as they were recorded on a day: a list, and one of them, made from their documents of then."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from peacetracker.analysis.readouts import rank
from peacetracker.core.dates import in_words
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.links import api_link, with_query
from peacetracker.dashboard.listing import BESIDES, ROWS, chosen, read_cursor
from peacetracker.dashboard.sharing import files, share
from peacetracker.dashboard.views.finding import NotShown, find, missing
from peacetracker.diplomacy.choices import ACCOUNT_SUBJECTS
from peacetracker.diplomacy.citing import Cited, cite_event, cite_view, plain
from peacetracker.diplomacy.filters import EventFilter, read_filter
from peacetracker.diplomacy.models import Event, EventVersion, Party, Topic
from peacetracker.diplomacy.recorded import AS_OF, end_of, event_at, events_at, narrow, of_kind, read_as_of

# The digest of a longer list is worked out only where it is asked for, by the link “Cite”.
CITED_WHOLE = 5000


@dataclass(frozen=True)
class Past:
    """An event as its document of then has it."""

    document: dict[str, Any]

    @property
    def days(self) -> str:
        document = self.document
        first = in_words(date.fromisoformat(document["date"]), document["date_precision"])
        end = document["end_date"]
        return f"{first} – {in_words(date.fromisoformat(end))}" if end and end != document["date"] else first


def is_asked(request: HttpRequest) -> bool:
    return bool(request.GET.get(AS_OF, "").strip())


def listing(request: HttpRequest, *, title: str, kind: str | None = None, figure: str = "") -> HttpResponse:
    """The list as it was recorded at the end of the day, in pages from a key. `figure`: the address of its picture."""
    asked = read_filter(request.GET, lenient=True, besides=(*BESIDES, AS_OF))
    day = read_as_of(request.GET) or date.max
    found = of_kind(narrow(events_at(end_of(day)), asked, end_of(day)), kind)
    versions = after_cursor(found, asked, request.GET.get("cursor", ""))[: ROWS + 1]
    query = [*asked.query, *([("kind", kind)] if kind else []), (AS_OF, f"{day}")]
    shown = found.count()
    links = {form: api_link(query, form) for form in ("csv", "xlsx", "json", "jsonl", "cite", "bibtex")}
    context = {
        "title": title,
        "day": day,
        "shown": shown,
        "figure_src": figure and with_query(figure, [*asked.query, (AS_OF, f"{day}")]),
        "event_query": f"?{AS_OF}={day}",
        "citation": plain(cited(request, query, found, day)) if shown <= CITED_WHOLE else "",
        "events": [Past(json.loads(version.document)) for version in versions[:ROWS]],
        "chosen": [(one.label, one.value) for one in chosen(asked, request.path)],
        "following": following(request.path, asked, day, versions),
        "links": links,
        "share": share(request, state=query, api=links["json"], files=files(links, shown)),
        "present": with_query(request.path, asked.query),
        "until": until_of(request),
    }
    return render(request, "dashboard/past_events.html", context)


def cited(request: HttpRequest, query: list[tuple[str, str]], found: Any, day: date) -> Cited:
    asked = [pair for pair in query if pair[0] not in ("ordering", AS_OF)]
    return cite_view(asked, found.order_by("slug").values_list("slug", "sha256"), site=site_of(request), as_of=day)


def after_cursor(found: Any, asked: EventFilter, cursor: str) -> Any:
    ascending = asked.ordering == "date"
    if cursor:
        day, slug = read_cursor(cursor)
        side = "gt" if ascending else "lt"
        found = found.filter(Q(**{f"first_day__{side}": day}) | Q(**{"first_day": day, f"slug__{side}": slug}))
    return found.order_by("first_day", "slug") if ascending else found.order_by("-first_day", "-slug")


def following(path: str, asked: EventFilter, day: date, versions: list[EventVersion]) -> str | None:
    if len(versions) <= ROWS:
        return None
    last = versions[ROWS - 1]
    return with_query(path, [*asked.query, (AS_OF, f"{day}"), ("cursor", f"{last.first_day}~{last.slug}")])


def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as it was recorded at the end of the day, also if it was withdrawn since."""
    day = read_as_of(request.GET) or date.max
    version = event_at(slug, end_of(day))
    if version is None:
        return _instead(request, slug, day)
    document = json.loads(version.document)
    cited = cite_event(document, version.sha256, site=site_of(request), as_of=day)
    topics = dict(Topic.objects.values_list("slug", "name"))
    for line in document["accounts"]:
        line["subject_name"] = topics.get(line["subject"]) or ACCOUNT_SUBJECTS.get(line["subject"], line["subject"])
    context = {
        "day": day,
        "past": Past(document),
        "topics": [topics.get(slug, slug) for slug in document["topics"]],
        "document": document,
        "people": sorted(document["participants"], key=lambda part: rank(part["party"] or "~")),
        "sides": sorted(document["parties"], key=rank),
        "version": version,
        "sources": document["sources"],
        "parties": {code: name.split(" (")[0] for code, name in Party.objects.values_list("code", "name")},
        "present": _present(version.event_id),
        **cite_box(cited, document["slug"]),
    }
    return render(request, "dashboard/past_event.html", context)


def _present(pk: int) -> str | None:
    slug = Event.objects.public().filter(pk=pk).values_list("slug", flat=True).first()
    return reverse("dashboard:event", args=[slug]) if slug else None


def _instead(request: HttpRequest, slug: str, day: date) -> HttpResponse:
    """Where an event leads that was not recorded on the day: to its heir of that day, or nowhere."""

    def link(heir: str) -> str:
        return with_query(reverse("dashboard:event", args=[heir]), [(AS_OF, f"{day}")])

    try:
        find(request, Event.objects.all(), slug, noun="event", link=link)
    except NotShown as other:
        if isinstance(other.response, HttpResponsePermanentRedirect):
            other.response.status_code = 302  # what an address led to on a day may be told otherwise on another
        raise
    return missing(request, "event", slug)


def site_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def cite_box(cited: Cited, slug: str) -> dict[str, Any]:
    """What the box “Cite” shows: the citation in words, and in the forms that programs read."""
    query = [(AS_OF, cited.as_of.isoformat())]
    address = f"/api/v1/events/{slug}/"
    forms = (("BibTeX", "bibtex"), ("RIS", "ris"), ("CSL-JSON", "csl"), ("JSON", "json"))
    return {
        "citation": plain(cited),
        "citation_links": [(name, with_query(address, [("format", form), *query])) for name, form in forms],
        "history": reverse("dashboard:event-history", args=[slug]),
    }
