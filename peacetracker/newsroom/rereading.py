"""Official readouts read again after an hour, a day and a week: what their publishers have changed meanwhile.

Due is a row, as everywhere: the poll claims it for a while, and what a killed worker left undone is due again.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from peacetracker.core.cache import bump
from peacetracker.newsroom import articles, intake, pages
from peacetracker.newsroom.edits import edits
from peacetracker.newsroom.models import Article, Feed, Reading

AFTER = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))


def claim(now: datetime | None = None, *, most: int = 50) -> list[int]:
    """Take the readouts that are due; those of feeds that are switched off are left alone."""
    now = now or timezone.now()
    due = Article.objects.rereadable(now, Feed.objects.polled())[:most]
    return [article.pk for article in due if Article.objects.claim_reread(article, now)]


def reread(article_id: int) -> bool:
    """Read the page of a claimed readout, for the first time or again; true if it had changed.

    A domain that was asked a moment ago puts it off. A page that the intake has read already is the first reading.
    """
    article = Article.objects.filter(pk=article_id).exclude(reread_at=None).first()
    if article is None:
        return False
    if article.page_key and article.page_read_at and not article.readings.exists():
        return _keep(article_id, article.text, article.page_read_at)
    if until := intake.busy(article.url, timezone.now()):
        Article.objects.filter(pk=article_id).update(reread_at=until)
        return False
    page = pages.read(article.url, user_agent=intake.user_agent(), allow_private=settings.FEED_ALLOW_PRIVATE)
    return _keep(article_id, articles.storable(page.text) if page else "", timezone.now())


@transaction.atomic
def _keep(article_id: int, text: str, at: datetime) -> bool:
    """Store the first reading and those that differ from the one before; then plan the next."""
    article = Article.objects.select_for_update().get(pk=article_id)
    readings = list(article.readings.order_by("at", "pk"))
    found = edits(readings[-1].text, text) if readings and text else []
    if text and (found or not readings):
        Reading.objects.create(article=article, at=at, text=text, edits=[asdict(edit) for edit in found])
    article.reread_at = _next(readings[0].at if readings else at)
    article.save(update_fields=["reread_at", "updated_at"])
    if found:
        bump()  # the pages of the events that cite it tell so
    return bool(found)


def _next(first: datetime) -> datetime | None:
    """The first of the hours after the first reading that is still ahead: a missed one is not made up for."""
    now = timezone.now()
    return next((first + wait for wait in AFTER if first + wait > now), None)


def notes(addresses: Iterable[str]) -> dict[str, list[str]]:
    """For each address that was changed since it was first read: the days on which that was noticed."""
    changed = Reading.objects.changed().filter(article__url__in=list(addresses)).order_by("at")
    days: dict[str, dict[str, None]] = {}
    for url, at in changed.values_list("article__url", "at"):
        days.setdefault(url, {})[at.date().isoformat()] = None
    return {url: list(told) for url, told in days.items()}
