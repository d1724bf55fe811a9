"""Reads of the newsroom, and the two claims by which exactly one worker takes a piece of work.

Due work is a row with a lease. A worker that is killed leaves its lease to run out, and the next poll finds the row due
again; the broker would hold its message for an hour (docs/decisions/0006).
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

FEED_LEASE = timedelta(seconds=120)
ARTICLE_LEASE = timedelta(seconds=120)
# After so many tries an article is left for an editor, so that one bad text can't stop the queue.
TRIES = 3


def _free(now: datetime) -> Q:
    return Q(leased_until=None) | Q(leased_until__lte=now)


class FeedQuerySet(models.QuerySet[Any]):
    def polled(self) -> Self:
        """Those that may be asked: the sample always, real ones once they are switched on here or by FEEDS=on."""
        return self if settings.FEEDS else self.filter(Q(enabled=True) | Q(address__startswith="sample:"))

    def due(self, now: datetime) -> Self:
        return self.polled().filter(_free(now), next_check_at__lte=now).order_by("next_check_at")

    def claim(self, feed: Any, now: datetime) -> bool:
        """True for exactly one of the workers that saw this feed due."""
        seen = self.filter(pk=feed.pk, next_check_at=feed.next_check_at, leased_until=feed.leased_until)
        return seen.update(leased_until=now + FEED_LEASE) == 1

    def failing(self) -> Self:
        return self.filter(error_count__gt=0)


class ArticleQuerySet(models.QuerySet[Any]):
    def undrafted(self, now: datetime) -> Self:
        return self.filter(_free(now), state="new").order_by("pk")

    def claim(self, article: Any, now: datetime) -> bool:
        seen = self.filter(pk=article.pk, state="new", leased_until=article.leased_until)
        return seen.update(leased_until=now + ARTICLE_LEASE, attempts=models.F("attempts") + 1) == 1


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
