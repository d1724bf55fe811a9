"""What changed in the record of late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peacetracker.analysis.changes import gone, latest
from peacetracker.dashboard.records import NOUNS
from peacetracker.dashboard.views.finding import answered
from peacetracker.dashboard.words import ONE_NAMES

LATEST = 100
FIRST = 20  # of them lie open; the others are folded below


@answered
def changes(request: HttpRequest) -> HttpResponse:
    """The latest versions of public records, and the records that are no longer public."""
    told = [(one, ONE_NAMES[one.noun], NOUNS[one.noun].history(one.slug)) for one in latest(LATEST)]
    context = {
        "changes": told[:FIRST],
        "earlier": told[FIRST:],
        "gone": [
            (one, ONE_NAMES[one.noun], NOUNS[one.noun].link(one.heir) if one.heir else None) for one in gone(LATEST)
        ],
    }
    return render(request, "dashboard/changes.html", context)
