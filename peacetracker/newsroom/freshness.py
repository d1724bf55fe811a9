"""The feeds as the public sees them: by side, how fresh, and which are not read and why. No address, no error text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from peacetracker.diplomacy.choices import SIDES
from peacetracker.diplomacy.models import Party
from peacetracker.newsroom.models import Feed

WEEK = timedelta(days=7)


class State(models.TextChoices):
    READ = "read", _("read")
    NEW = "new", _("not read yet: it is due")
    FAILING = "failing", _("not answering; it is asked again, less often")
    OFF = "off", _("off: the editors have not switched it on")
    GONE = "gone", _("off: its publisher has taken it down")


@dataclass(frozen=True)
class FeedRow:
    """One feed. `lang`: its language by that language's own name; `week`: new articles in the seven days before it was
    last read."""

    name: str
    host: str
    lang: str
    state: State
    last_read: datetime | None
    week: int


@dataclass(frozen=True)
class SideRow:
    """The feeds of one side; without a party the independent ones."""

    party: Party | None
    feeds: tuple[FeedRow, ...]

    @property
    def read(self) -> int:
        return sum(1 for feed in self.feeds if feed.state == State.READ)

    @property
    def week(self) -> int:
        return sum(feed.week for feed in self.feeds)


def by_side() -> list[SideRow]:
    """Armenia, Azerbaijan, the other parties by name, independent feeds last. Two queries."""
    lately = Q(articles__created_at__gt=F("last_success_at") - WEEK)
    feeds = Feed.objects.select_related("side").annotate(week=Count("articles", filter=lately)).order_by("name")
    polled = set(Feed.objects.polled().values_list("pk", flat=True))
    groups: dict[Party | None, list[FeedRow]] = {}
    for feed in feeds:
        groups.setdefault(feed.side, []).append(_row(feed, polled))
    return [SideRow(side, tuple(groups[side])) for side in sorted(groups, key=_order)]


def _order(side: Party | None) -> tuple[bool, bool, str]:
    return (side is None, bool(side and side.code not in SIDES), side.name if side else "")


def _row(feed: Any, polled: set[int]) -> FeedRow:
    host = "" if feed.is_sample else urlsplit(feed.address).hostname or ""
    lang = dict(settings.LANGUAGES).get(feed.lang, feed.lang)
    return FeedRow(feed.name, host, lang, _state(feed, polled), feed.last_success_at, feed.week)


def _state(feed: Feed, polled: set[int]) -> State:
    if getattr(feed, "gone_at", None):
        return State.GONE
    if feed.pk not in polled:
        return State.OFF
    if feed.error_count:
        return State.FAILING
    return State.READ if feed.last_success_at else State.NEW


def tally(sides: Iterable[SideRow]) -> dict[str, int]:
    """How many feeds there are, and in which state."""
    states = [feed.state for side in sides for feed in side.feeds]
    return {
        "all": len(states),
        "read": states.count(State.READ),
        "new": states.count(State.NEW),
        "failing": states.count(State.FAILING),
        "off": states.count(State.OFF) + states.count(State.GONE),
    }
