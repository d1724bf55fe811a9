"""The page behind an entry that is only a teaser, read where the publisher lets programs read it."""

import logging

from peacetracker.core.http import FetchError, guarded_get
from peacetracker.newsroom import robots
from peacetracker.newsroom.fulltext import Text, extract

logger = logging.getLogger(__name__)
MAX_BYTES = 4 * 2**20
TEASER = 1200  # letters: an entry that is longer is taken for the whole text


def read(url: str, *, user_agent: str, allow_private: bool) -> Text | None:
    """The article at `url`; None if its robots.txt forbids it or there is none to be had."""
    if not robots.allowed(url, user_agent=user_agent, allow_private=allow_private):
        return None
    headers = {"User-Agent": user_agent, "Accept": "text/html, application/xhtml+xml;q=0.9"}
    try:
        answer = guarded_get(url, headers=headers, max_bytes=MAX_BYTES, allow_private=allow_private)
    except FetchError as problem:
        logger.info("%s: %s", url, problem)
        return None
    content_type = answer.headers.get("content-type")
    if answer.status != 200 or "html" not in (content_type or "html"):
        return None
    try:
        return extract(answer.body, answer.url, content_type)
    except Exception:  # of the library's, on a page that is odd
        logger.exception("%s could not be read", url)
        return None
