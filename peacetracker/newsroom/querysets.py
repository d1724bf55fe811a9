"""Reads of the newsroom, and the two claims by which exactly one worker takes a piece of work.

Due work is a row with a lease. A worker that is killed leaves its lease to run out, and the next poll finds the row due
again; the broker would hold its message for an hour (docs/decisions/0006).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

FEED_LEASE = timedelta(seconds=120)
ARTICLE_LEASE = timedelta(seconds=120)
# No two requests to one registrable domain in less than this, whichever process sends them.
DOMAIN_SPACING = timedelta(seconds=10)
# After so many tries an article is left for an editor, so that one bad text can't stop the queue.
TRIES = 3


def _free(now: datetime) -> Q:
    return Q(leased_until=None) | Q(leased_until__lte=now)


class FeedQuerySet(models.QuerySet[Any]):
    def polled(self) -> Self:
        """Those that may be asked: switched on here, or not switched at all and the sample or under FEEDS=on. What an
        editor has switched off is off."""
        unsaid = Q(enabled=None) if settings.FEEDS else Q(enabled=None, address__startswith="sample:")
        return self.filter(Q(enabled=True) | unsaid)

    def due(self, now: datetime) -> Self:
        return self.polled().filter(_free(now), next_check_at__lte=now, gone_at=None).order_by("next_check_at")

    def claim(self, feed: Any, now: datetime) -> bool:
        """True for exactly one of the pollers that saw this feed due: it rings the bell."""
        return self._as_seen(feed).update(leased_until=now + FEED_LEASE, begun=False) == 1

    def begin(self, feed: Any, now: datetime) -> bool:
        """True for exactly one of the workers that heard the bell: a queue that lags rings it more than once."""
        return self._as_seen(feed).filter(begun=False).update(leased_until=now + FEED_LEASE, begun=True) == 1

    def postpone(self, feed: Any, until: datetime) -> None:
        self._as_seen(feed).update(next_check_at=until, leased_until=None)

    def _as_seen(self, feed: Any) -> Self:
        return self.filter(pk=feed.pk, next_check_at=feed.next_check_at, leased_until=feed.leased_until)

    def failing(self) -> Self:
        return self.filter(error_count__gt=0)


class DomainQuerySet(models.QuerySet[Any]):
    def claim(self, name: str, now: datetime) -> datetime | None:
        """None for exactly one of those who would ask this domain now; for the others, when it is free again."""
        until = now + DOMAIN_SPACING
        if self.filter(name=name, free_at__lte=now).update(free_at=until):
            return None
        row, made = self.get_or_create(name=name, defaults={"free_at": until})
        return None if made else max(row.free_at, now)


class ArticleQuerySet(models.QuerySet[Any]):
    def undrafted(self, now: datetime) -> Self:
        return self.filter(_free(now), state="new").order_by("pk")

    def claim(self, article: Any, now: datetime) -> bool:
        seen = self.filter(pk=article.pk, state="new", leased_until=article.leased_until)
        return seen.update(leased_until=now + ARTICLE_LEASE, attempts=models.F("attempts") + 1) == 1

    def postpone(self, article_ids: Sequence[int], until: datetime) -> None:
        """Leave them for a later poll. Waiting for one's turn is no try that failed."""
        self.filter(pk__in=article_ids, state="new").update(leased_until=until, attempts=0)

    def rereadable(self, now: datetime, feeds: models.QuerySet[Any]) -> Self:
        """Those whose page is to be read again now, unless their feed is none of `feeds`."""
        asked = Q(feed=None) | Q(feed__in=feeds.filter(gone_at=None))
        return self.filter(asked, reread_at__lte=now).order_by("reread_at", "pk")

    def claim_reread(self, article: Any, now: datetime) -> bool:
        seen = self.filter(pk=article.pk, reread_at=article.reread_at)
        return seen.update(reread_at=now + ARTICLE_LEASE) == 1


class ReadingQuerySet(models.QuerySet[Any]):
    def changed(self) -> Self:
        """Readings that found the page changed since the one before."""
        return self.exclude(edits=[])


class DraftQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def in_queue_order(self) -> Self:
        """Surest first: those that take an editor least time."""
        return self.order_by("-confidence", "pk")

    def with_unknown_people(self) -> Self:
        """Those that name somebody whom the record does not know. Both databases write JSON with this spacing."""
        told = Cast("participants", models.TextField())
        return self.annotate(people_text=told).filter(people_text__contains='"slug": null')
