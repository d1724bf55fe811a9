"""The API has no session, no cookie, no form and no language prefix: its requests skip what only pages need.

Host check, secure transport and compression stand before this middleware and hold for all.
"""

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch, get_urlconf, resolve
from django.utils import translation
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
