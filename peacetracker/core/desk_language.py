"""The desk has one address, so its language is that of the editor's browser; readers choose theirs by a prefix."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

PREFIX = "/admin/"
Respond = Callable[[HttpRequest], HttpResponseBase]


def desk_language(get_response: Respond) -> Respond:
    """Middleware after Django's own, which knows only prefixes."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        request.LANGUAGE_CODE = language = translation.get_language_from_request(request)
        with translation.override(language):
            response = get_response(request)
        response.headers["Content-Language"] = language
        return response

    return respond
