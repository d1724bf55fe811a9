"""The API has no session, no cookie, no form and no language prefix: its requests skip what only pages need.

Host check, secure transport and compression stand before the middleware and hold for all.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest, get_script_name
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch, get_urlconf, resolve, set_script_prefix
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from peacetracker.api.problems import problem

SENDING = ("POST", "PUT", "PATCH", "DELETE")
PREFIX, LONG_WAY = "/api/v1/", "/api/v1/docs/"
Respond = Callable[[HttpRequest], HttpResponseBase]


@lru_cache(1024)
def resolved(path: str, urlconf: str | None) -> ResolverMatch:
    return resolve(path, urlconf)


def short_way(get_response: Respond) -> Respond:
    """Middleware: what lies below /api/v1/, but for its one page, is answered here."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        # Without a slash at the end it is no address: the long way redirects who reads, and would lose what is sent.
        if path.startswith(PREFIX) and not path.endswith("/") and request.method in SENDING:
            return problem(404, _("Addresses of the API end in a slash: %(path)s/") % {"path": path})
        if not path.startswith(PREFIX) or path.startswith(LONG_WAY) or not path.endswith("/"):
            return get_response(request)
        match = request.resolver_match = resolved(path, get_urlconf())
        with translation.override("en"):  # one answer for all: it is cached by its address alone
            response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return response

    return respond


class Request(WSGIRequest):
    """Its host is read and checked once."""

    @cached_property
    def host(self) -> str:
        return super().get_host()

    def get_host(self) -> str:
        return self.host


class Handler(WSGIHandler):
    """Django's handler, but for plain reads of the API. Around those it sends no signals of a request's start and end,
    whose listeners took a quarter of its time: of what they do, a read needs only the care of its connection."""

    request_class = Request

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ["REQUEST_METHOD"] != "GET" or not environ["PATH_INFO"].startswith(PREFIX):
            return super().__call__(environ, start_response)
        set_script_prefix(get_script_name(environ))
        response: Any = self.get_response(self.request_class(environ))
        response._handler_class = type(self)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        if response.streaming or response.cookies:  # its rows are yet to be read, and its end is told as always
            return response
        if not connection.in_atomic_block:  # an open transaction is its owner's to end
            connection.close_if_unusable_or_obsolete()
        return [response.content]
