"""What every address of the API does alike: count, answer “unchanged” early, say errors as problems, open to all sites.

All of it stands before Django REST framework's own machinery, so that a revalidated read costs one small query.
"""

import hashlib
import logging
from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from peacetracker.api import problems, throttling
from peacetracker.api.asking import MEDIA_TYPES
from peacetracker.api.schema import Described
from peacetracker.core.cache import State, generation, latest, remembering
from peacetracker.core.callers import Caller, UnknownKey, caller_of

logger = logging.getLogger(__name__)
# Part of every ETag: grows when the same record is served in another shape.
SHAPE = 2
READING = ("GET", "HEAD")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Content-Disposition, ETag, Last-Modified, Link, "
        "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, WWW-Authenticate"
    ),
}
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Authorization, Content-Type, If-Modified-Since, If-None-Match"
    ),
    "Access-Control-Max-Age": "86400",
}
# Files to take away; a newsroom shares one address, so these are not counted.
DOWNLOADS = frozenset(MEDIA_TYPES) - {"json"}


# The headers that make an answer depend on what the asker has already.
CONDITIONS = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"})


class AnyAccept(BaseContentNegotiation):
    """No header makes an answer impossible: the views read `format` and Accept themselves."""

    def filter_renderers(self, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers

    def select_parser(self, request: Any, parsers: Any) -> Any:
        return None

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


def etag_of(request: HttpRequest, state: State) -> str:
    """Weak, since compression may follow. The query is sorted: the same question has one tag."""
    query = sorted((name, values) for name, values in request.GET.lists())
    parts = (
        SHAPE, state.number, request.scheme, request.get_host(), request.path, query,
        request.META.get("HTTP_ACCEPT", ""), get_language(),
    )  # fmt: skip
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def unreadable(request: HttpRequest) -> str | None:
    """The first parameter without a value, or with a NUL that no database takes."""
    for name, values in request.GET.lists():
        if any("\x00" in f"{name}{value}" or not str(value).strip() for value in values):
            return name
    return None


def add_headers(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response.headers[name] = value


class Door(APIView):
    """The base of every view of the API."""

    authentication_classes = ()
    permission_classes = ()
    content_negotiation_class: Any = AnyAccept
    schema: Any = Described()
    counted = True
    # What a key must be good for here, if one is sent; and who sent one.
    scope = "read"
    caller: Caller | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={**PREFLIGHT, **CORS})
        try:
            self.caller, unknown = caller_of(request), False
        except UnknownKey:  # counted by its address, or keys could be tried out without an end
            unknown = True
        allowance = throttling.count(request, self.caller) if unknown or self.is_counted(request) else None
        if allowance and allowance.left < 0:
            response: HttpResponseBase = self.refusal(allowance)
        elif unknown:
            response = problems.problem(401, _("This key is not valid: it is mistyped, or it was revoked."))
        elif self.caller and self.scope not in self.caller.scopes:
            detail = _("This key lacks the scope “%(scope)s”.") % {"scope": self.scope}
            response = problems.problem(403, detail, known=sorted(self.caller.scopes))
        else:
            response = self.reply(request, *args, **kwargs)
        add_headers(response, {**CORS, **(allowance.headers if allowance else {})})
        return response

    def is_counted(self, request: HttpRequest) -> bool:
        return self.counted and request.GET.get("format") not in DOWNLOADS

    def refusal(self, allowance: throttling.Allowance) -> HttpResponse:
        detail = _("More than %(limit)d requests in this span of time from one address or key.")
        return problems.problem(429, detail % {"limit": allowance.limit}, headers={"Retry-After": str(allowance.reset)})

    def dates_itself(self, request: HttpRequest) -> bool:
        """Whether the query of the answer tells in which generation it was answered. Then it is asked in the one that
        was read last, and again only if that is past: one question to the database instead of two."""
        return False

    def reply(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        supposed = latest() if self.dates_itself(request) and "HTTP_IF_NONE_MATCH" not in request.META else None
        if supposed:
            with remembering(supposed) as reading:
                response = self.fresh(request, *args, **kwargs)
            if reading.read == supposed.number or (state := generation()) == supposed:
                return self.finished(request, response, etag_of(request, supposed), supposed)
        else:
            state = generation()
        etag = etag_of(request, state)
        if request.method in READING and etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
            return self.finished(request, HttpResponseNotModified(), etag, state)
        with remembering(state):
            response = self.fresh(request, *args, **kwargs)
        return self.finished(request, response, etag, state)

    def finished(self, request: HttpRequest, response: HttpResponseBase, etag: str, state: State) -> HttpResponseBase:
        if response.status_code in (200, 304):
            self.mark(response, etag, state)
            if CONDITIONS.intersection(request.META):
                response = cast(Any, get_conditional_response)(request, etag, self.moment(state), response)
                if response.status_code == 412:
                    response = problems.problem(412, "The answer is another one by now.")
        response.headers["Vary"] = "Accept, Accept-Language"
        if request.method == "HEAD" and response.streaming:
            response = HttpResponse(status=response.status_code, headers=dict(response.items()))
        return response

    @staticmethod
    def moment(state: State) -> int | None:
        return int(state.changed_at.timestamp()) if state.changed_at else None

    def mark(self, response: HttpResponseBase, etag: str, state: State) -> None:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
        if moment := self.moment(state):
            response.headers["Last-Modified"] = http_date(moment)

    def fresh(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer of the view; whatever goes wrong becomes a problem, and is logged if nobody foresaw it."""
        if broken := unreadable(request):
            return problems.problem(400, _("A value is empty or no text; leave it out."), parameter=broken, known=[])
        try:
            response = self.asked(request, *args, **kwargs)
        except Exception:
            if settings.DEBUG_PROPAGATE_EXCEPTIONS:
                raise
            logger.exception("error in %s", request.path)
            got_request_exception.send(sender=type(self), request=request)
            return problems.problem(500, _("Something went wrong here; it has been noted."))
        return response

    def asked(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Reads go straight to the view, past REST framework: nobody is to be recognised, and formats are the views'
        own matter."""
        if request.method not in READING:
            return super().dispatch(request, *args, **kwargs)
        try:
            response: HttpResponseBase = cast(Any, self).get(request, *args, **kwargs)
        except Exception as problem:
            response = self.handle_exception(problem)
        return response

    def handle_exception(self, exc: Exception) -> Any:
        response = problems.answer(exc)
        if response is None:
            raise exc
        return response


class Nowhere(Door):
    """Every address below /api/v1/ that stands for nothing."""

    schema = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = problems.problem(404, _("There is no such address; /api/v1/ lists them all."))
        add_headers(response, CORS)
        return response


def plain(request: HttpRequest | Request) -> HttpRequest:
    """Django's own request, which reads get as it is and other methods behind that of REST framework."""
    return request._request if isinstance(request, Request) else request
