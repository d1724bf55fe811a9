"""Kept answers of feeds read once more, by a parser that has become better since."""

import zlib
from collections.abc import Sequence

from peacetracker.newsroom import articles
from peacetracker.newsroom.models import Article, Feed
from peacetracker.newsroom.parsing import NotAFeed, parse


def replay(feed: Feed) -> tuple[int, list[int]]:
    """Read all kept answers of a feed: how many there were, and the articles in them that are to be read now.

    What is read already stays as it is; what could not be read before is tried again with the text of today.
    """
    bodies, keys = 0, []
    for log in feed.fetches.exclude(body=None).order_by("at", "pk").iterator(chunk_size=10):
        bodies += 1
        try:
            parsed = parse(zlib.decompress(log.body or b""), log.content_type or None)
        except NotAFeed:
            continue
        told = articles.found(parsed.entries, feed_address=feed.address, feed_name=feed.name, lang=feed.lang)
        articles.store_articles(told, feed=feed)
        _try_again(told)
        keys += [one.key for one in told]
    unread = Article.objects.filter(key__in=dict.fromkeys(keys), state=Article.State.NEW)
    return bodies, list(unread.order_by("pk").values_list("pk", flat=True))


def _try_again(told: Sequence[articles.Found]) -> None:
    by_key = {one.key: one for one in told}
    for article in Article.objects.filter(key__in=by_key, state=Article.State.FAILED):
        one = by_key[article.key]
        article.text, article.published = articles.storable(one.text), one.published
        article.state, article.attempts, article.error = Article.State.NEW, 0, ""
        article.save(update_fields=["text", "published", "attempts", "error", "state", "updated_at"])
