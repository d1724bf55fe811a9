"""The writers of the newsroom: feed → article → draft. Each act is one transaction; due work is a row with a lease."""

import logging
import math
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from peacetracker.core.columns import write_columns
from peacetracker.newsroom import drafting, fetching, pacing, pages
from peacetracker.newsroom.addresses import domain
from peacetracker.newsroom.articles import article_key, as_read, day_of, found, read_text, storable, take_in
from peacetracker.newsroom.drafting import Told
from peacetracker.newsroom.extraction import Extraction, Gazetteer
from peacetracker.newsroom.fulltext import Text
from peacetracker.newsroom.lexicon import lexicon
from peacetracker.newsroom.models import Article, Domain, Feed, FetchLog
from peacetracker.newsroom.parsing import NotAFeed, Parsed, parse
from peacetracker.newsroom.querysets import TRIES

logger = logging.getLogger(__name__)

KEEP_BODIES = timedelta(days=60)
RETRY_AFTER = timedelta(seconds=10)
# All that a fetch may change in a feed: an editor may change the rest meanwhile.
WRITTEN_BY_FETCH = (
    "address", "etag", "last_modified", "leased_until", "begun", "learned_minutes", "wishes", "gone_at",
    "error_count", "last_error", "last_checked_at", "last_success_at", "next_check_at", "updated_at",
)  # fmt: skip

WRITTEN_BY_PAGE = ("text", "title", "published", "url", "page_key", "page_read_at", "state", "error", "updated_at")


def user_agent() -> str:
    """How we name ourselves to publishers, with an address where one is set."""
    contact = settings.PUBLIC_URL or settings.CONTACT
    return f"PeaceTracker/1.0 (+{contact})" if contact else "PeaceTracker/1.0"


def claim_feeds(now: datetime | None = None, *, most: int = 500) -> list[int]:
    """Take the feeds that are due; each is taken by exactly one poller, for as long as its lease."""
    now = now or timezone.now()
    return [feed.pk for feed in Feed.objects.due(now)[:most] if Feed.objects.claim(feed, now)]


def begin(feed_id: int, now: datetime | None = None) -> bool:
    """Whether a claimed feed is ours to fetch now: still on and due, begun by nobody else, and its domain is free.

    A feed whose domain was asked a moment ago is due again when that is free.
    """
    now = now or timezone.now()
    feed = Feed.objects.polled().filter(pk=feed_id, next_check_at__lte=now, begun=False).first()
    if feed is None:
        return False
    if until := busy(feed.address, now):
        Feed.objects.postpone(feed, until)
        return False
    return Feed.objects.begin(feed, now)


def busy(address: str, now: datetime) -> datetime | None:
    """None if the address's domain was free and is now ours to ask; else when it is free again."""
    name = domain(address)
    return Domain.objects.claim(name, now) if name else None


def refresh(feed_id: int, *, ends: float = math.inf) -> list[int]:
    """Fetch a feed, store its new articles with what they tell, then its validators and its next check.

    Returns the articles that are still to be read: those whose page is to be asked for, and all that there was no time
    for until `ends` (on the monotonic clock). The validators come last: a worker killed before that asks for the same
    body again, and stores nothing twice.
    """
    feed = Feed.objects.get(pk=feed_id)
    try:
        result, parsed = _ask(feed)
    except Exception as problem:  # of ours: the feed must not be asked again at once for ever
        logger.exception("feed %s could not be read", feed_id)
        result, parsed = fetching.FetchResult("error", error=f"{type(problem).__name__}: {problem}"[:2000]), Parsed()
    told = found(parsed.entries, feed_address=feed.address, feed_name=feed.name, lang=feed.lang)
    read, unread = take_in(told, feed=feed, ends=ends)
    _settle(feed, result, parsed, new_count=read + len(unread))
    return unread


def _ask(feed: Feed) -> tuple[fetching.FetchResult, Parsed]:
    result = fetching.fetch(
        feed.address,
        etag=feed.etag,
        last_modified=feed.last_modified,
        allow_private=settings.FEED_ALLOW_PRIVATE,
        user_agent=user_agent(),
        now=timezone.now(),
    )
    if result.outcome != "new":
        return result, Parsed()
    try:
        parsed = parse(result.body, result.content_type)
    except NotAFeed as problem:
        return replace(result, outcome="error", error=str(problem)), Parsed()
    if parsed.warnings and not parsed.entries:
        return replace(result, outcome="error", error=f"Nothing could be read: {parsed.warnings[0]}"), parsed
    return result, parsed


@transaction.atomic
def _settle(feed: Feed, result: fetching.FetchResult, parsed: Parsed, *, new_count: int) -> None:
    now = timezone.now()
    feed.leased_until, feed.begun, feed.last_checked_at = None, False, now
    if result.outcome == "error":
        feed.error_count += 1
        feed.last_error = storable(result.error)
        if result.status == fetching.GONE:
            feed.gone_at = now
    else:
        feed.error_count, feed.last_error, feed.last_success_at = 0, "", now
        feed.etag, feed.last_modified = storable(result.etag or ""), storable(result.last_modified or "")
        _move(feed, result)
    if result.outcome == "new":
        feed.wishes = {
            "ttl_minutes": parsed.ttl_minutes,
            "skip_hours": sorted(parsed.skip_hours),
            "skip_days": sorted(parsed.skip_days),
        }
    _plan(feed, result, parsed, now, brought=bool(new_count))
    feed.save(update_fields=WRITTEN_BY_FETCH)
    _log(feed, result, new_count=new_count)


def _move(feed: Feed, result: fetching.FetchResult) -> None:
    """Follow a feed that has moved for good, unless another feed lives there already; the log keeps where to."""
    moved = result.permanent_url
    if moved and len(moved) <= 1000 and not Feed.objects.filter(address=moved).exists():
        feed.address = moved


def _plan(feed: Feed, result: fetching.FetchResult, parsed: Parsed, now: datetime, *, brought: bool) -> None:
    """When to ask again, by the feed's own pace if that is known."""
    if result.outcome != "error":
        pace = pacing.learned([entry.published or entry.updated for entry in parsed.entries], now=now)
        if pace is None and feed.learned_minutes and not brought:
            pace = pacing.slower(timedelta(minutes=feed.learned_minutes))
        feed.learned_minutes = round(pace.total_seconds() / 60) if pace else feed.learned_minutes
    minutes = (feed.adaptive and feed.learned_minutes) or feed.pace_minutes
    feed.next_check_at = pacing.next_check(
        now=now,
        pace=timedelta(minutes=minutes),
        wishes=pacing.Wishes(**feed.wishes),
        max_age_s=result.max_age_s,
        retry_after_s=result.retry_after_s,
        error_count=feed.error_count,
    )


def _log(feed: Feed, result: fetching.FetchResult, *, new_count: int) -> None:
    FetchLog.objects.create(
        feed=feed,
        outcome=result.outcome,
        status=result.status,
        bytes=len(result.body),
        new_count=new_count,
        took_ms=result.took_ms,
        error=storable(result.error),
        body=zlib.compress(result.body, level=1) if result.body else None,
        moved_to=(result.permanent_url or "")[:1000],
        content_type=storable(result.content_type or "")[:200],
    )


def forget_bodies() -> int:
    """Drop raw bodies after their time; the lines of the log stay."""
    old = FetchLog.objects.filter(at__lt=timezone.now() - KEEP_BODIES).exclude(body=None)
    return old.update(body=None)


def claim_articles(now: datetime | None = None, *, most: int = 200) -> list[int]:
    """Take articles that nobody has read yet: those whose bell was lost, or whose worker was killed."""
    now = now or timezone.now()
    Article.objects.undrafted(now).filter(attempts__gte=TRIES).update(state=Article.State.FAILED)
    return [one.pk for one in Article.objects.undrafted(now)[:most] if Article.objects.claim(one, now)]


def release(article_ids: Sequence[int]) -> None:
    """Give back articles that were claimed and not read, to the next poll."""
    Article.objects.postpone(article_ids, timezone.now())


def draft(article_id: int) -> list[int]:
    """Read one article and put what it tells into the queue, in one transaction: all of it or nothing, once.

    Returns the drafts that it made or joined. An article that is read already gives none.
    """
    try:
        return _draft([article_id]) if _page_is_read(article_id) else []
    except Exception as problem:
        logger.exception("article %s could not be read", article_id)
        again_at = timezone.now() + RETRY_AFTER
        Article.objects.filter(pk=article_id, state=Article.State.NEW).update(
            error=f"{type(problem).__name__}: {problem}"[:2000], leased_until=again_at
        )
        return []


def _page_is_read(article_id: int) -> bool:
    """Read the page of an article whose feed gives but a teaser. False if it has to wait, its domain being busy."""
    article = Article.objects.select_related("feed").filter(pk=article_id, state=Article.State.NEW).first()
    if article is None or article.page_read_at or not (article.url and article.feed and article.feed.full_text):
        return True
    now = timezone.now()
    if len(article.text) < pages.TEASER and Feed.objects.polled().filter(articles=article).exists():
        if until := busy(article.url, now):
            Article.objects.postpone([article_id], until)
            return False
        page = pages.read(article.url, user_agent=user_agent(), allow_private=settings.FEED_ALLOW_PRIVATE)
        if page and len(page.text) > len(article.text):
            _take_over(article, page)
    article.page_read_at = now
    article.save(update_fields=WRITTEN_BY_PAGE)
    return True


def _take_over(article: Article, page: Text) -> None:
    """The page's text and its own address. A page that another article has brought already is not read twice."""
    article.text, article.title = storable(page.text), article.title or storable(page.title)[:500]
    if article.published is None and page.published:
        article.published = datetime.combine(page.published, time_of_day(12), UTC)
    article.url, article.page_key = page.address[:1000], article_key(page.address, "")
    others = Article.objects.exclude(pk=article.pk)
    other = others.filter(Q(key=article.page_key) | Q(page_key=article.page_key)).first()
    if other:
        article.state, article.error = Article.State.DRAFTED, f"The same page as article {other.pk}."


def draft_all(article_ids: Sequence[int]) -> list[int]:
    """Read several articles in one transaction, which costs a tenth of one each. Should anything go wrong, each is
    read by itself, so that one bad text spoils no other."""
    try:
        return _draft(article_ids)
    except Exception:
        logger.info("articles %s are read one by one", article_ids)
        return [pk for article_id in article_ids for pk in draft(article_id)]


def without_page(article_ids: Sequence[int]) -> list[int]:
    """Those whose text is all that will be read: no page has to be asked for."""
    to_ask = Article.objects.filter(pk__in=article_ids, page_read_at=None, feed__full_text=True).exclude(url="")
    asked = set(to_ask.values_list("pk", flat=True))
    return [pk for pk in article_ids if pk not in asked]


@transaction.atomic
def _draft(article_ids: Sequence[int]) -> list[int]:
    """Rows are locked in the order of their keys, so that two workers never wait for each other."""
    new = Article.objects.select_for_update().filter(pk__in=article_ids, state=Article.State.NEW).order_by("pk")
    (known, names), now = lexicon(), timezone.now()
    articles, told = list(new), []
    for article in articles:
        read = read_article(article, known)
        told += [Told(event, article.pk, article.publisher_name, day_of(article.published)) for event in read.events]
        written = as_read(read, readout=article.official and bool(article.url), now=now)
        for name, value in written.items():
            setattr(article, name, value)
        write_columns([article], list(written))
    return drafting.put(told, names)


def read_article(article: Article, known: Gazetteer) -> Extraction:
    return read_text(known, article.text, article.title, article.published, article.lang)
