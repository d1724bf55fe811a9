"""What a feed's row remembers of a fetch: where it lives, when it is due, and that its domain was just asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peacetracker.newsroom import fetching, intake
from peacetracker.newsroom.addresses import domain, same_site
from peacetracker.newsroom.models import Article, Domain, Feed
from peacetracker.newsroom.querysets import DOMAIN_SPACING
from tests.newsroom.stories import CALL, a_feed, rss

pytestmark = pytest.mark.usefixtures("world")
MINUTE = timedelta(minutes=1)
FEED = rss(("https://example.org/a", "Call", CALL))


def refreshed(feed: Feed) -> Feed:
    intake.refresh(feed.pk)
    feed.refresh_from_db()
    return feed


@pytest.mark.parametrize("status", [301, 308])
def test_it_follows_a_feed_that_has_moved_for_good(site, status):
    site.moved["/old"], site.pages["/new"] = (status, "/new"), FEED
    feed = refreshed(a_feed(site.url("/old")))
    assert feed.address == site.url("/new")
    assert feed.fetches.get().moved_to == site.url("/new")
    assert feed.articles.count() == 1


@pytest.mark.parametrize("status", [302, 303, 307])
def test_it_stays_with_a_feed_that_is_elsewhere_for_now(site, status):
    site.moved["/old"], site.pages["/new"] = (status, "/new"), FEED
    feed = refreshed(a_feed(site.url("/old")))
    assert feed.address == site.url("/old")
    assert feed.articles.count() == 1


def test_it_follows_no_further_than_the_way_is_permanent(site):
    site.moved |= {"/old": (301, "/new"), "/new": (302, "/today")}
    site.pages["/today"] = FEED
    assert refreshed(a_feed(site.url("/old"))).address == site.url("/new")


def test_it_does_not_move_to_what_is_no_feed(site):
    site.moved["/old"], site.pages["/new"] = (301, "/new"), b"<html><body>Domain for sale</body></html>"
    feed = refreshed(a_feed(site.url("/old")))
    assert (feed.address, feed.error_count) == (site.url("/old"), 1)


def test_it_does_not_move_where_another_feed_lives(site):
    site.moved["/old"], site.pages["/new"] = (301, "/new"), FEED
    a_feed(site.url("/new"))
    feed = refreshed(a_feed(site.url("/old")))
    assert (feed.address, feed.error_count) == (site.url("/old"), 0)


def test_it_never_asks_again_for_a_feed_that_is_gone(site, settings):
    site.status["/feed"] = 410
    feed = refreshed(a_feed(site.url("/feed")))
    assert feed.gone_at
    assert "410" in feed.last_error
    settings.FEEDS = True
    Feed.objects.update(next_check_at=timezone.now())
    assert intake.claim_feeds() == []


@pytest.mark.parametrize("status", [429, 503])
def test_it_comes_back_when_a_busy_publisher_says_so(site, status):
    site.status["/feed"], site.headers["Retry-After"] = status, "7200"
    feed = refreshed(a_feed(site.url("/feed")))
    assert feed.error_count == 1
    assert timedelta(minutes=119) < feed.next_check_at - timezone.now() < timedelta(minutes=133)


def test_it_heeds_what_a_feed_asks_for_when_it_is_unchanged_too(site):
    ttl = b"<channel><ttl>300</ttl><skipDays><day>Sunday</day></skipDays>"
    site.pages["/feed"], site.headers["ETag"] = FEED.replace(b"<channel>", ttl), '"1"'
    feed = refreshed(refreshed(a_feed(site.url("/feed"))))
    assert feed.fetches.first().outcome == "unchanged"
    assert feed.wishes == {"ttl_minutes": 300, "skip_hours": [], "skip_days": [6]}
    assert feed.next_check_at - timezone.now() > 299 * MINUTE


def test_it_finds_the_pace_of_a_feed_unless_an_editor_has_set_it(site):
    now = timezone.now()
    items = [(f"https://example.org/{n}", "Call", CALL) for n in range(6)]
    site.pages["/feed"] = rss(*items, date=(now - timedelta(hours=12)).strftime("%a, %d %b %Y %H:%M:%S GMT"))
    free, fixed = a_feed(site.url("/feed")), a_feed(site.url("/feed?2"), adaptive=False)
    site.pages["/feed?2"] = site.pages["/feed"]
    assert refreshed(free).learned_minutes == 60
    assert 59 * MINUTE < free.next_check_at - now < 68 * MINUTE
    assert refreshed(fixed).next_check_at - now < 35 * MINUTE


def test_it_slows_down_when_a_feed_brings_nothing_new(site):
    site.pages["/feed"], site.headers["ETag"] = FEED, '"1"'
    feed = a_feed(site.url("/feed"), etag='"1"', learned_minutes=60)
    assert refreshed(feed).learned_minutes == 75


def test_it_leaves_alone_what_an_editor_changes_meanwhile(site, monkeypatch):
    feed = a_feed(site.url("/feed"))
    site.pages["/feed"] = FEED
    fetch = fetching.fetch

    def fetch_while_an_editor_works(*args, **kwargs):
        Feed.objects.filter(pk=feed.pk).update(name="Renamed", enabled=False)
        return fetch(*args, **kwargs)

    monkeypatch.setattr(fetching, "fetch", fetch_while_an_editor_works)
    feed = refreshed(feed)
    assert (feed.name, feed.enabled, feed.articles.count()) == ("Renamed", False, 1)


def test_it_stores_what_json_can_say_and_databases_cannot(site):
    item = r'{"id": "1", "url": "https://example.org/\u0000a", "title": "T\u0000", "content_text": "Words\u0000."}'
    site.pages["/feed"] = (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [%s]}' % item.encode()
    )
    feed = refreshed(a_feed(site.url("/feed")))
    assert (feed.error_count, Article.objects.get().text) == (0, "Words.")


def test_it_notes_a_failure_of_its_own_and_waits(site, monkeypatch):
    site.pages["/feed"] = FEED
    monkeypatch.setattr(intake, "parse", lambda *args, **kwargs: 1 / 0)
    feed = refreshed(a_feed(site.url("/feed")))
    assert "ZeroDivisionError" in feed.last_error
    assert feed.next_check_at > timezone.now()


def test_it_asks_one_domain_not_twice_in_a_moment():
    feeds = [a_feed(f"https://{host}.example.org/feed") for host in ("www", "news")]
    now = timezone.now()
    assert intake.claim_feeds(now) == [feed.pk for feed in feeds]
    assert [intake.begin(feed.pk, now) for feed in feeds] == [True, False]
    feeds[1].refresh_from_db()
    assert feeds[1].next_check_at == now + DOMAIN_SPACING
    later = now + DOMAIN_SPACING
    assert intake.claim_feeds(later) == [feeds[1].pk]
    assert intake.begin(feeds[1].pk, later)
    assert Domain.objects.get().name == "example.org"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.mfa.gov.az/en/rss", "mfa.gov.az"),
        ("https://en.prezident.az/feed", "prezident.az"),
        ("https://a.b.co.uk", "b.co.uk"),
        ("http://127.0.0.1:8000/feed", ""),
        ("http://localhost/feed", ""),
        ("sample:news", ""),
        ("nonsense", ""),
    ],
)
def test_it_knows_which_domain_was_registered(address, name):
    assert domain(address) == name


def test_it_tells_one_site_from_another():
    assert same_site("https://www.primeminister.am/en/a", "https://primeminister.am/hy/a")
    assert not same_site("https://mfa.am/", "https://mfa.gov.az/")
    assert not same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/")
