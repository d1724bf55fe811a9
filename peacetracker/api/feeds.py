"""The outgoing Atom feed (RFC 4287) of any filter: what was recorded last comes first."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peacetracker.api.asking import MEDIA_TYPES

# Ids must not change with the address by which a reader came; without a public address they are this.
NO_AUTHORITY = "peacetracker.invalid"


def site_of(request: HttpRequest) -> str:
    """Scheme and host for absolute links."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def authority() -> str:
    """The host in stable ids."""
    return urlsplit(settings.PUBLIC_URL).hostname or NO_AUTHORITY


def tag(noun: str, name: str) -> str:
    return f"tag:{authority()},2026:{noun}:{name}"


class Feed(Atom1Feed):
    """Updated when its newest entry was, and not now when it is empty."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=datetime(2026, 1, 1, tzinfo=UTC))


def atom(request: HttpRequest, texts: Iterable[str], question: Sequence[tuple[str, str]]) -> HttpResponse:
    """A feed of these events. Its id is that of the question, whatever host was asked; it leads to their page."""
    site, here = site_of(request), request.get_full_path()
    feed = Feed(
        title=_("Peace Tracker: events of the Armenia–Azerbaijan peace process"),
        link=f"{site}/events/" + (f"?{urlencode(question)}" if question else ""),
        description=_("Newly recorded or changed first."),
        language=get_language(),
        author_name=_("Peace Tracker"),
        feed_url=f"{site}{here}",
        feed_guid=tag("feed", escape(here)),
    )
    for text in texts:
        event = orjson.loads(text)
        feed.add_item(
            title=event["title"],
            link=site + event["url"],
            description=escape(event["summary"]),
            unique_id=tag("event", event["slug"]),
            updateddate=datetime.fromisoformat(event["updated_at"]),
            categories=[event["kind"], *event["topics"]],
        )
    response = HttpResponse(content_type=MEDIA_TYPES["atom"] + "; charset=utf-8")
    feed.write(response, "utf-8")
    return response
