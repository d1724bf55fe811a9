"""The citation of one event, or of whatever a question finds, as an answer of the API."""

from datetime import UTC, date

import orjson
from django.http import HttpResponse
from django.utils import timezone

from peacetracker.api.asking import MEDIA_TYPES
from peacetracker.api.events import EventQuestion, Recorded
from peacetracker.core.cache import generation
from peacetracker.diplomacy.citing import ENDINGS, FORMS, Cited, cite_event, cite_view

CITATIONS = tuple(FORMS)


def answer(cited: Cited, form: str) -> HttpResponse:
    response = HttpResponse(FORMS[form](cited), content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")
    if form != "cite":
        response.headers["Content-Disposition"] = f'attachment; filename="{cited.key}.{ENDINGS[form]}"'
    return response


def of_event(found: Recorded, day: date | None, site: str) -> Cited:
    return cite_event(orjson.loads(found.document), found.sha256, site=site, as_of=day)


def of_view(question: EventQuestion, kind: str | None, site: str) -> Cited:
    """Everything that a question finds."""
    changed = generation().changed_at
    as_of = question.day or (changed.astimezone(UTC).date() if changed else timezone.now().date())
    return cite_view(question.pairs(kind), question.digests(kind), site=site, as_of=as_of)
