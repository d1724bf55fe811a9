"""Celery wrappers: ids in, one writer called. Only this module knows the chain."""

from celery import shared_task

from peacetracker.newsroom import intake, reporting


@shared_task(name="newsroom.poll", ignore_result=True)
def poll() -> None:
    """Ring the bell for what is due: feeds to fetch, and articles that a killed worker left unread."""
    for feed_id in intake.claim_feeds():
        fetch_feed.delay(feed_id)
    articles = intake.claim_articles()
    if articles:
        draft_articles.delay(articles)


@shared_task(name="newsroom.fetch_feed", acks_late=True, ignore_result=True, soft_time_limit=60)
def fetch_feed(feed_id: int) -> None:
    """One task a feed, not one an entry: fetch it, then read what it brought."""
    for article_id in intake.refresh(feed_id):
        intake.draft(article_id)


@shared_task(name="newsroom.draft_articles", acks_late=True, ignore_result=True, soft_time_limit=300)
def draft_articles(article_ids: list[int]) -> None:
    for article_id in article_ids:
        intake.draft(article_id)


@shared_task(name="newsroom.forget_bodies", ignore_result=True)
def forget_bodies() -> None:
    intake.forget_bodies()
    reporting.forget_contacts()
