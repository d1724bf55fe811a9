"""An article: how it is known, stored with what it tells, and read."""

import hashlib
import logging
import math
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from peacetracker.core.columns import insert_rows
from peacetracker.diplomacy.choices import PublisherKind
from peacetracker.diplomacy.references import publishers
from peacetracker.newsroom import drafting
from peacetracker.newsroom.addresses import canonical, join
from peacetracker.newsroom.drafting import Told
from peacetracker.newsroom.extraction import Extraction, Gazetteer, extract
from peacetracker.newsroom.lexicon import lexicon
from peacetracker.newsroom.models import Article, Feed
from peacetracker.newsroom.parsing import Entry, keyed
from peacetracker.newsroom.querysets import ARTICLE_LEASE

logger = logging.getLogger(__name__)

NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
AT_ONCE = 25  # articles read in one transaction


def storable(text: str) -> str:
    """Without what no database takes as text: NUL and halves of surrogate pairs, which JSON and bad HTML can hold."""
    return NOT_STORABLE.sub("", text)


@dataclass(frozen=True)
class Found:
    """An article as it was found, before it is stored."""

    key: str
    text: str
    title: str = ""
    url: str = ""
    published: datetime | None = None
    lang: str = ""
    publisher_name: str = ""


def found(entries: Iterable[Entry], *, feed_address: str, feed_name: str, lang: str) -> list[Found]:
    """The entries of one document as articles. A guid used twice in it does not hide the second entry."""
    return [
        Found(
            key=article_key(url, f"{feed_address}\x1f{key}"),
            text=entry.text,
            title=entry.title,
            url=url,
            published=entry.published or entry.updated,
            lang=entry.lang or lang,
            publisher_name=entry.author or feed_name,
        )
        for key, entry in keyed(entries)
        for url in [canonical(join(feed_address, entry.link)) if entry.link else ""]
    ]


def article_key(address: str, otherwise: str) -> str:
    """By its address, secure or not, an article is the same in every feed; one without has its feed and entry, or its
    text."""
    told = re.sub(r"^https?://", "", address) or otherwise
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def take_in(articles: Sequence[Found], *, feed: Feed | None = None, ends: float = math.inf) -> tuple[int, list[int]]:
    """Read and store those that are not stored yet, many in one transaction: how many were read, and which are not.

    Should anything go wrong, the articles of that transaction are stored unread, so that one bad text spoils no other.
    """
    pages = bool(feed and feed.full_text)
    fresh = _fresh(articles)
    later = [one for one in fresh if pages and one.url]
    ready = [one for one in fresh if not (pages and one.url)]
    read = 0
    for start in range(0, len(ready), AT_ONCE):
        if time.monotonic() > ends:
            later += ready[start:]
            break
        batch = ready[start : start + AT_ONCE]
        try:
            read += _take_in(batch, feed)
        except Exception:
            logger.info("%s articles could not be read at once", len(batch), exc_info=True)
            later += batch
    return read, store_articles(later, feed=feed) if later else []


def _take_in(articles: Sequence[Found], feed: Feed | None) -> int:
    """Nothing is locked while the texts are read. An article that another worker has stored meanwhile is that one's."""
    known, names = lexicon()
    rows, told = article_rows(articles, feed), []
    for row in rows:
        read = read_text(known, row["text"], row["title"], row["published"], row["lang"])
        row |= as_read(read, readout=bool(row["official"] and row["url"]), now=row["created_at"])
        told.append(read.events)
    with transaction.atomic():
        keys = insert_rows(Article, rows, "key")
        drafting.put(
            [
                Told(event, keys[row["key"]], row["publisher_name"], day_of(row["published"]))
                for row, events in zip(rows, told, strict=True)
                if row["key"] in keys
                for event in events
            ],
            names,
        )
    return len(keys)


def _fresh(articles: Sequence[Found]) -> list[Found]:
    """Each once, of those that tell anything and are not stored yet."""
    known = set(Article.objects.filter(key__in=[one.key for one in articles]).values_list("key", flat=True))
    return list({one.key: one for one in articles if one.key not in known and (one.text or one.title)}.values())


def store_articles(articles: Sequence[Found], *, feed: Feed | None = None) -> list[int]:
    """Store those that are not stored yet, unread, in any process at once. Returns the new ones."""
    fresh = _fresh(articles)
    if not fresh:
        return []
    insert_rows(Article, article_rows(fresh, feed), "key")
    unread = Article.objects.filter(key__in=[one.key for one in fresh], state=Article.State.NEW)
    return list(unread.order_by("pk").values_list("pk", flat=True))


def article_rows(articles: Sequence[Found], feed: Feed | None) -> list[dict[str, Any]]:
    """Articles by column, that are not read yet; whose page one is follows from its address, where the record knows
    that."""
    now, publisher_of = timezone.now(), publishers(one.url for one in articles)
    rows = []
    for one in articles:
        publisher = publisher_of(one.url)
        rows.append(
            {
                "created_at": now,
                "updated_at": now,
                "key": one.key,
                "feed_id": feed.pk if feed else None,
                "url": storable(one.url)[:1000],
                "title": storable(one.title)[:500],
                "text": storable(one.text),
                "published": one.published,
                "lang": storable(one.lang)[:12],
                "publisher_name": storable(publisher.name if publisher else one.publisher_name)[:200],
                "side_id": publisher.party_id if publisher else feed.side_id if feed else None,
                "state": Article.State.NEW,
                "leased_until": now + ARTICLE_LEASE,
                "attempts": 0,
                "error": "",
                "page_key": "",
                "page_read_at": None,
                "official": bool(publisher and publisher.kind == PublisherKind.OFFICIAL),
                "reread_at": None,
                "mentions": [],
            }
        )
    return rows


def read_text(known: Gazetteer, text: str, title: str, published: datetime | None, lang: str) -> Extraction:
    return extract(known, text=text, title=title, published=published, lang=lang or None)


def as_read(read: Extraction, *, readout: bool, now: datetime) -> dict[str, Any]:
    """What the reading changes in an article. An official readout that tells an event is due for rereading.py."""
    mentions = (("proposal", read.proposals), ("body", read.bodies))
    again = {"reread_at": now} if readout and read.events else {}
    return {
        "mentions": [{"noun": noun, **asdict(one)} for noun, named in mentions for one in named],
        "state": Article.State.DRAFTED,
        "leased_until": None,
        "error": "",
        "lang": read.lang,
        "updated_at": now,
    } | again


def day_of(at: datetime | None) -> date | None:
    return at.date() if at else None
