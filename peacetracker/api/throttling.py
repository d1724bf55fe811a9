"""So many requests in a span of time from one address or with one key: a fixed window, one increment a request."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

from peacetracker.core.callers import Caller
from peacetracker.core.visitors import client_address, counted, seconds_left

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Allowance:
    """What is left of the window: requests allowed, requests left (below zero: refused), seconds to the next one."""

    limit: int
    left: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.left, 0)),
            "RateLimit-Reset": str(self.reset),
        }


@lru_cache
def parse_rate(rate: str | None) -> tuple[int, int] | None:
    """`60/min` as (60, 60 seconds); None for no limit. Raises ValueError for nonsense."""
    if not rate or rate == "0":
        return None
    match = re.fullmatch(r"(\d+)/([smhd])[a-z]*", rate)
    if not match:
        raise ValueError(f"“{rate}” is not a rate like 60/min")
    return (int(match[1]), SECONDS[match[2]]) if int(match[1]) else None


def count(request: HttpRequest, caller: Caller | None = None) -> Allowance | None:
    """Count this request: by its key if it has one, else by its address. None where no limit is set."""
    rate = parse_rate((caller.rate or settings.API_KEY_RATE) if caller else settings.API_ANON_RATE)
    if rate is None:
        return None
    limit, period = rate
    who = f"key:{caller.id}" if caller else client_address(request)
    made = counted(f"api-rate:{who}", period)
    return Allowance(limit, limit - made, seconds_left(period))
