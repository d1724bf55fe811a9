"""Celery wrappers: ids in, one writer called. Only this module knows the chain."""

import time

from celery import shared_task

from peacetracker.newsroom import articles, intake, reporting, rereading

# After so many seconds a task starts no further article: well inside the time limits and the leases.
BUDGET_S = 40.0
# A bell must not ring for an hour after the one who would have heard it was away: the row rings again.
EXPIRES_S = 110


@shared_task(name="newsroom.poll", ignore_result=True)
def poll() -> None:
    """Ring the bell for what is due: feeds to fetch, articles that nobody has read, readouts to read again."""
    for feed_id in intake.claim_feeds():
        fetch_feed.apply_async((feed_id,), expires=EXPIRES_S)
    articles = intake.claim_articles()
    if articles:
        draft_articles.apply_async((articles,), expires=EXPIRES_S)
    if readouts := rereading.claim():
        reread.apply_async((readouts,), expires=EXPIRES_S)


@shared_task(name="newsroom.fetch_feed", acks_late=True, ignore_result=True, soft_time_limit=60)
def fetch_feed(feed_id: int) -> None:
    """One task a feed, not one an entry: fetch it, then read what it brought."""
    ends = time.monotonic() + BUDGET_S
    if intake.begin(feed_id):
        _read(intake.refresh(feed_id, ends=ends), ends)


@shared_task(name="newsroom.draft_articles", acks_late=True, ignore_result=True, soft_time_limit=60)
def draft_articles(article_ids: list[int]) -> None:
    _read(article_ids, time.monotonic() + BUDGET_S)


def _read(article_ids: list[int], ends: float) -> None:
    """Many at once those that are all there, then one by one those whose page is to be asked for."""
    if not article_ids:
        return
    quick = intake.without_page(article_ids)
    pages = [[pk] for pk in article_ids if pk not in set(quick)]
    steps = [quick[n : n + articles.AT_ONCE] for n in range(0, len(quick), articles.AT_ONCE)] + pages
    for done, step in enumerate(steps):
        if time.monotonic() > ends:
            intake.release([pk for later in steps[done:] for pk in later])
            return
        if len(step) > 1:
            intake.draft_all(step)
        else:
            intake.draft(step[0])


@shared_task(name="newsroom.reread", acks_late=True, ignore_result=True, soft_time_limit=60)
def reread(article_ids: list[int]) -> None:
    """Official readouts once more. What there is no time for is due again when its lease ends."""
    ends = time.monotonic() + BUDGET_S
    for article_id in article_ids:
        if time.monotonic() < ends:
            rereading.reread(article_id)


@shared_task(name="newsroom.forget_bodies", ignore_result=True)
def forget_bodies() -> None:
    intake.forget_bodies()
    reporting.forget_contacts()
