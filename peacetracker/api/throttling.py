"""So many requests in a span of time from one address: a fixed window, counted with one increment a request."""

import ipaddress
import re
import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

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


def client_address(request: HttpRequest) -> str:
    """Who asks: the peer, or what trusted proxies say of it, read from the nearest backwards. IPv6 by its /64."""
    chain: list[str] = [request.META.get("REMOTE_ADDR", "")]
    chain += reversed([part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()])
    for position, text in enumerate(chain):
        address = _address(text)
        if address is None:
            return chain[max(position - 1, 0)]
        if position == len(chain) - 1 or not any(address in proxy for proxy in settings.TRUSTED_PROXIES):
            return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else text
    return chain[0]


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def count(request: HttpRequest) -> Allowance | None:
    """Count this request. None where no limit is set."""
    rate = parse_rate(settings.API_ANON_RATE)
    if rate is None:
        return None
    limit, period = rate
    now = int(time.time())
    key = f"api-rate:{client_address(request)}:{period}:{now // period}"
    return Allowance(limit, limit - _increment(key, period), period - now % period)


def _increment(key: str, period: int) -> int:
    try:
        return cache.incr(key)
    except ValueError:
        return 1 if cache.add(key, 1, timeout=period) else cache.incr(key)
