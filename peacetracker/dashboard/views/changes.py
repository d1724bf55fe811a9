"""What changed in the record of late, and the versions of a place, a topic or a party."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse

from peacetracker.analysis.changes import PAGED, Change, gone, latest
from peacetracker.dashboard.views.finding import PAGES, answered, find
from peacetracker.dashboard.words import ONE_NAMES
from peacetracker.diplomacy.differences import differences
from peacetracker.diplomacy.models import Party
from peacetracker.diplomacy.record import versions_of

LATEST, SHOWN = 100, 200


def page_of(noun: str) -> str:
    return f"dashboard:{PAGES.get(noun, noun)}"


def history_of(noun: str) -> Callable[..., HttpResponseBase]:
    """The page with the versions of one record of a noun, newest first, each with what changed and why."""

    @answered
    def history(request: HttpRequest, slug: str) -> HttpResponse:
        if noun == "party":
            found: Any = get_object_or_404(Party, code=slug.upper())
            slug = found.code
        else:
            found = find(request, PAGED[noun].objects.all(), slug, noun=noun, link=_link(noun))
        versions = list(versions_of(found)[: SHOWN + 1])
        documents = [json.loads(version.document) for version in versions]
        rows = [
            (version, differences(older, document), older is None)
            for version, document, older in zip(versions, documents, [*documents, None][1:], strict=True)
        ]
        context = {
            "record_shown": found,
            "page": reverse(page_of(noun), args=[slug.lower()]),
            "kind": ONE_NAMES[noun],
            "changes": rows[:SHOWN],
        }
        return render(request, "dashboard/record_history.html", context)

    return history


def _link(noun: str) -> Callable[[str], str]:
    return lambda heir: reverse(f"{page_of(noun)}-history", args=[heir])


def _history(change: Change) -> str:
    """Where the versions of a record are told, or its page if they are told nowhere."""
    name = change.slug.lower()
    try:
        return reverse(f"{page_of(change.noun)}-history", args=[name])
    except NoReverseMatch:
        return reverse(page_of(change.noun), args=[name])


@answered
def changes(request: HttpRequest) -> HttpResponse:
    """The latest versions of public records, and the records that are no longer public."""

    context = {
        "changes": [(change, ONE_NAMES[change.noun], _history(change)) for change in latest(LATEST)],
        "gone": [
            (one, ONE_NAMES[one.noun], reverse(page_of(one.noun), args=[one.heir]) if one.heir else None)
            for one in gone(LATEST)
        ],
    }
    return render(request, "dashboard/changes.html", context)
