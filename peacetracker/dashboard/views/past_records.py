"""A leader, a proposal or a body as it was recorded on a day, with its events of then; and the box that cites one."""

import json
from datetime import UTC, date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.links import with_query
from peacetracker.dashboard.records import NOUNS
from peacetracker.dashboard.views.finding import NotShown, find, missing
from peacetracker.dashboard.views.past import Past, site_of
from peacetracker.dashboard.words import STANCE_NAMES
from peacetracker.diplomacy.citing import Cited, cite_record, plain
from peacetracker.diplomacy.models import Body, Party, Proposal, Topic, Version
from peacetracker.diplomacy.recorded import AS_OF, end_of, events_at, read_as_of, record_at
from peacetracker.diplomacy.terms import term

EVENTS_SHOWN = 50
API = {"leader": "leaders", "proposal": "proposals", "body": "commissions"}


def record(request: HttpRequest, slug: str, noun: str) -> HttpResponse:
    """One record as it was recorded at the end of the day, also if it was withdrawn or merged since."""
    day = read_as_of(request.GET) or date.max
    version = record_at(noun, slug, end_of(day))
    if version is None:
        return instead(request, slug, noun, day)
    known, document = NOUNS[noun], json.loads(version.document)
    events = events_at(end_of(day)).filter(terms__contains=term(known.filter, slug)).order_by("-first_day", "-slug")
    query = [(known.filter, slug), (AS_OF, f"{day}")]
    context = {
        "noun": noun,
        "day": day,
        "document": document,
        "version": version,
        "sources": document.get("sources"),
        "parties": {code: name.split(" (")[0] for code, name in Party.objects.values_list("code", "name")},
        "names": names_in(noun, document),
        "stances": STANCE_NAMES,
        "events": [Past(json.loads(one.document)) for one in events[:EVENTS_SHOWN]],
        "event_count": events.count(),
        "events_query": with_query("", query),
        "present": known.model.objects.public().filter(slug=slug).exists() and known.link(slug),
        "until": until_of(request),
        **box(cite_record(document, version.sha256, site=site_of(request), as_of=day), noun, slug),
    }
    return render(request, "dashboard/past_record.html", context)


def names_in(noun: str, document: dict[str, Any]) -> dict[str, str]:
    """What the slugs in the document are called: topics of stands, other bodies, other proposals."""
    if noun == "proposal":
        others = dict(Proposal.objects.values_list("slug", "name"))
        return {**dict(Topic.objects.values_list("slug", "name")), **others}
    return dict(Body.objects.values_list("slug", "name")) if noun == "body" else {}


def instead(request: HttpRequest, slug: str, noun: str, day: date) -> HttpResponse:
    """Where a record leads that did not stand on the day: to its heir of that day, or nowhere."""
    known = NOUNS[noun]

    def link(heir: str) -> str:
        return with_query(known.link(heir), [(AS_OF, f"{day}")])

    try:
        find(request, known.model.objects.all(), slug, noun=noun, link=link)
    except NotShown as other:
        if isinstance(other.response, HttpResponsePermanentRedirect):
            other.response.status_code = 302  # what an address led to on a day may be told otherwise on another
        raise
    return missing(request, noun, slug)


def cite_now(request: HttpRequest, slug: str, noun: str) -> dict[str, Any]:
    """The box under the page of a record as it stands: cited as of the day on which it was recorded so."""
    version = Version.objects.filter(noun=noun, slug=slug, recorded_to=None).first()
    if version is None:
        return {}
    day = version.recorded_from.astimezone(UTC).date()
    cited = cite_record(json.loads(version.document), version.sha256, site=site_of(request), as_of=day)
    return box(cited, noun, slug)


def box(cited: Cited, noun: str, slug: str) -> dict[str, Any]:
    address = f"/api/v1/{API[noun]}/{slug}/"
    return {
        "citation": plain(cited),
        "citation_links": [("JSON", with_query(address, [(AS_OF, f"{cited.as_of}")]))],
        "history": NOUNS[noun].history(slug),
    }
