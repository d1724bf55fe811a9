"""What changed in the record of late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from peacetracker.analysis.changes import Change, gone, latest
from peacetracker.dashboard.views.finding import answered
from peacetracker.dashboard.words import ONE_NAMES

LATEST, SHOWN = 100, 200
# Noun → the name of its page, where that is another.
PAGES = {"body": "commission"}


def page_of(noun: str) -> str:
    return f"dashboard:{PAGES.get(noun, noun)}"


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
