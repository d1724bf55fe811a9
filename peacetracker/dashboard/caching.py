"""Pages are revalidated, never guessed: the address, the language and the generation of the record make an ETag."""

import hashlib
from collections.abc import Callable
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language_from_path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from peacetracker.core.cache import data_version, generation, remembering
from peacetracker.diplomacy.keeping import covered_until

View = Callable[..., HttpResponseBase]
Respond = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD")


def _build() -> str:
    """The newest change of what pages are made from, so that a new release is never taken for the old one."""
    made_of = ("templates/**/*.html", "peacetracker/**/*.py", "peacetracker/locale/**/*.mo")
    files = (file for pattern in made_of for file in settings.BASE_DIR.glob(pattern))
    return str(max((file.stat().st_mtime_ns for file in files), default=0))


BUILD = _build()


def version_of(request: HttpRequest) -> int:
    """The generation of the record, asked for once in a request."""
    known = getattr(request, "data_version", None)
    if known is None:
        known = request.data_version = data_version()  # type: ignore[attr-defined]
    return int(known)


def until_of(request: HttpRequest) -> date | None:
    """The day that the record reaches, asked for once in a request."""
    if not hasattr(request, "covered_until"):
        request.covered_until = covered_until()  # type: ignore[attr-defined]
    known: date | None = request.covered_until  # type: ignore[attr-defined]
    return known


def etag_of(request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    parts = (BUILD, version_of(request), language, request.get_host(), request.get_full_path())
    return '"' + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:24] + '"'


def unchanged(get_response: Respond) -> Respond:
    """Middleware: who has the page already is told so before sessions, forms and rights are looked at.

    A tag is made of all that a page depends on, so whoever sends the right one has had it from that very page.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.method in READING and "HTTP_IF_NONE_MATCH" in request.META:
            tag = etag_of(request)
            answer = get_conditional_response(request, etag=tag)
            if answer is not None and answer.status_code == HTTPStatus.NOT_MODIFIED:
                answer.headers["ETag"] = tag
                return answer
        return get_response(request)

    return respond


def page(view: View) -> View:
    """A public page: read only, and answered 304 before anything is counted when the reader's copy still stands."""
    checked = condition(etag_func=etag_of)(cache_control(public=True, no_cache=True)(view))

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        state = generation()
        request.data_version = state.number  # type: ignore[attr-defined]
        with remembering(state):
            response: HttpResponseBase = require_safe(checked)(request, *args, **kwargs)
        if response.status_code >= 400:
            del response["ETag"]
        return response

    return answered
