"""Who asks, and how often: an address read through trusted proxies, and a count in a fixed window of time."""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Who asks: the peer, or what trusted proxies say of it, read from the nearest backwards. IPv6 by its /64."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    if "." in peer and ":" not in peer and "HTTP_X_FORWARDED_FOR" not in request.META:
        return peer
    chain = [peer]
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


def seconds_left(period: int) -> int:
    """Seconds to the next window of `period` seconds."""
    return period - int(time.time()) % period


def counted(name: str, period: int) -> int:
    """Count one more of `name` in this window of `period` seconds; how many that makes."""
    key = f"{name}:{period}:{int(time.time()) // period}"
    try:
        return cache.incr(key)
    except ValueError:
        return 1 if cache.add(key, 1, timeout=period) else cache.incr(key)
