"""Whether a publisher lets programs read a page: robots.txt as RFC 9309 has it, remembered for a day in the cache."""

from urllib.parse import urlsplit, urlunsplit

from django.core.cache import cache
from protego import Protego

from peacetracker.core.http import FetchError, guarded_get

AGENT = "PeaceTracker"
DEADLINE_S, MAX_BYTES = 10, 512 * 1024
ANSWERED_S, UNANSWERED_S = 86_400, 3_600
ALL, NOTHING = "", "User-agent: *\nDisallow: /"


def allowed(url: str, *, user_agent: str, allow_private: bool) -> bool:
    """Whether the page may be read. A site without a robots.txt (any 4xx) allows all; one that fails (5xx) or does
    not answer allows nothing for now."""
    parts = urlsplit(url)
    address = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
    key = f"robots:{address}"
    rules: str | None = cache.get(key)
    if rules is None:
        rules, seconds = _ask(address, user_agent, allow_private)
        cache.set(key, rules, seconds)
    return bool(Protego.parse(rules).can_fetch(url, AGENT))


def _ask(address: str, user_agent: str, allow_private: bool) -> tuple[str, int]:
    """The rules, and for how many seconds they hold."""
    try:
        answer = guarded_get(
            address,
            headers={"User-Agent": user_agent, "Accept": "text/plain, */*;q=0.5"},
            deadline_s=DEADLINE_S,
            max_bytes=MAX_BYTES,
            allow_private=allow_private,
        )
    except FetchError:
        return NOTHING, UNANSWERED_S
    if answer.status == 200:
        return answer.body.decode("utf-8-sig", "replace"), ANSWERED_S
    return (ALL, ANSWERED_S) if 400 <= answer.status < 500 else (NOTHING, UNANSWERED_S)
