"""The citation of one event, or of whatever a question finds, as an answer of the API."""

import hashlib
from datetime import UTC, date
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from peacetracker.api.asking import MEDIA_TYPES
from peacetracker.api.events import EventQuestion, Recorded
from peacetracker.core.cache import generation
from peacetracker.diplomacy.citing import ENDINGS, FORMS, Cited, cite_event
from peacetracker.diplomacy.recorded import AS_OF

CITATIONS = tuple(FORMS)


def answer(cited: Cited, form: str) -> HttpResponse:
    response = HttpResponse(FORMS[form](cited), content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")
    if form != "cite":
        response.headers["Content-Disposition"] = f'attachment; filename="{cited.key}.{ENDINGS[form]}"'
    return response


def of_event(found: Recorded, day: date | None, site: str) -> Cited:
    return cite_event(orjson.loads(found.document), found.sha256, site=site, as_of=day)


def of_view(question: EventQuestion, kind: str | None, site: str) -> Cited:
    """Everything that a question finds. Its digest is made of the digests of the versions, by name."""
    changed = generation().changed_at
    as_of = question.day or (changed.astimezone(UTC).date() if changed else timezone.now().date())
    asked = [pair for pair in question.filter.query if pair[0] != "ordering"]
    asked = [("kind", kind), *asked] if kind and ("kind", kind) not in asked else asked
    total = hashlib.sha256()
    for slug, sha256 in question.digests(kind):
        total.update(f"{sha256}  {slug}\n".encode())
    said = "; ".join(f"{name}: {value}" for name, value in asked)
    title = _("A record of the Armenia–Azerbaijan peace process")
    return Cited(
        key=f"peace-tracker-{as_of}" + (f"-{total.hexdigest()[:8]}" if asked else ""),
        title=f"{title} ({said})" if said else title,
        url=f"{site}/events/?{urlencode([*asked, (AS_OF, as_of)])}",
        as_of=as_of,
        sha256=total.hexdigest(),
        is_data_set=True,
    )
