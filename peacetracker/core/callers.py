"""Who sends a key with a request. The keys themselves lie in a room above: settings.API_KEYS names where to ask.

A dotted path, looked up once, since the API must know its callers and may not know that room (docs/decisions/0017).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

BEARER = re.compile(r"bearer +(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Caller:
    """A program with a valid key. `rate`: requests in a span of time (`600/min`, 0 for no limit), empty for the
    default."""

    id: int
    name: str
    scopes: frozenset[str]
    rate: str = ""


class UnknownKey(Exception):
    """A key was sent that nobody holds, or that was revoked."""


def caller_of(request: HttpRequest) -> Caller | None:
    """None for a request without a key; other ways to log in (Basic) are a proxy's matter. Raises UnknownKey."""
    sent = BEARER.fullmatch(request.META.get("HTTP_AUTHORIZATION", ""))
    if sent is None:
        return None
    caller = _finder(settings.API_KEYS)(sent[1].strip())
    if caller is None:
        raise UnknownKey
    return caller


@lru_cache
def _finder(path: str) -> Callable[[str], Caller | None]:
    find: Callable[[str], Caller | None] = import_string(path)
    return find
