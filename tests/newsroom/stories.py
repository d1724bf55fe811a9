"""Feeds and texts that tests write: short, in the manner of agencies, about the people of tests.factories."""

from peacetracker.newsroom import intake
from peacetracker.newsroom.models import Draft, Feed

CALL = (
    "On April 9, Russian President Vladimir Putin held a phone call with Armenian Prime Minister Nikol Pashinyan. "
    "The two leaders discussed the peace treaty with Azerbaijan."
)
MEETING = (
    "Armenian Prime Minister Nikol Pashinyan and Azerbaijani President Ilham Aliyev met in Brussels on April 6. "
    "The meeting was mediated by European Council President Charles Michel."
)
STRANGER = (
    "Armenian Foreign Minister Ararat Mirzoyan met with Uruguayan Foreign Minister Francisco Bustillo in Montevideo on "
    "April 8 to discuss Karabakh and the peace process."
)


def rss(*items: tuple[str, str, str], date: str = "Mon, 11 Apr 2022 09:00:00 GMT") -> bytes:
    """An RSS document of items (address, title, text)."""
    entries = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate>"
        f"<description>{text}</description></item>"
        for link, title, text in items
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>{entries}</channel></rss>".encode()


def polled(feed: Feed) -> list[int]:
    """Fetch a feed as the worker does, and read what it brought. The drafts that this made."""
    before = set(Draft.objects.values_list("pk", flat=True))
    for article in intake.refresh(feed.pk):
        intake.draft(article)
    return list(Draft.objects.exclude(pk__in=before).values_list("pk", flat=True))


def a_feed(address: str, **fields: object) -> Feed:
    return Feed.objects.create(name=address[-40:], address=address, enabled=True, **fields)
