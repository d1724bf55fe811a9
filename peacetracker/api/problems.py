"""Errors as `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from peacetracker.diplomacy.filters import BadFilter

MEDIA_TYPE = "application/problem+json"
# How to say who one is, as every 401 has to tell.
CHALLENGE = 'Bearer realm="Peace Tracker API"'


class Problem(Exception):
    """An answer that is an error: its status, what it is about in words, and members that help a program."""

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.members = status, detail, members


def problem(status: int, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any) -> HttpResponse:
    """The answer itself. `type` names the kind of problem, the same in every language."""
    phrase = HTTPStatus(status).phrase
    body = {
        "type": members.pop("type", f"about:blank#{phrase.lower().replace(' ', '-')}"),
        "title": phrase,
        "status": status,
        "detail": detail,
        **members,
    }
    if status == HTTPStatus.UNAUTHORIZED:
        headers = {"WWW-Authenticate": CHALLENGE, **(headers or {})}
    return HttpResponse(orjson.dumps(body), status=status, content_type=MEDIA_TYPE, headers=headers)


def answer(error: Exception) -> HttpResponse | None:
    """The problem that an exception of a view stands for; None for one that nobody foresaw."""
    if isinstance(error, Problem):
        return problem(error.status, error.detail, **error.members)
    if isinstance(error, BadFilter):
        return problem(400, error.problem, parameter=error.parameter, known=error.known)
    if isinstance(error, Http404):
        return problem(404, _("The record has nothing by this address."))
    if isinstance(error, APIException):
        return problem(error.status_code, str(error.detail))
    return None
