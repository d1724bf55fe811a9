"""The page behind a teaser, and what its publisher allows."""

import pytest

from peacetracker.core.http import FetchError
from peacetracker.newsroom import intake, robots
from peacetracker.newsroom.fulltext import extract
from peacetracker.newsroom.models import Article, Draft, Feed
from tests.newsroom.stories import CALL, MEETING, a_feed, rss
from tests.newsroom.stories import polled as fetched_and_read

pytestmark = pytest.mark.usefixtures("world")
TEASER = "The leaders spoke."
PAGE = """<!doctype html><html lang="en"><head><title>Call</title>{head}</head><body><nav>Home News Sport</nav><article>
<h1>Call</h1><p>{text}</p><p>{more}</p></article><footer>All rights reserved</footer></body></html>"""


def a_page(text=CALL, head=""):
    more = "The presidential office published the account in the evening. " * 4
    return PAGE.format(head=head, text=text, more=more).encode()


def polled(site, *paths, **fields):
    site.pages["/feed"] = rss(*((site.url(path), "Call", TEASER) for path in paths))
    feed = a_feed(site.url("/feed"), **{"full_text": True} | fields)
    return fetched_and_read(feed)


def asked_for(site, path):
    return [one for one, _headers in site.asked].count(path)


def test_it_reads_the_page_behind_a_teaser(site):
    site.pages["/a"] = a_page()
    assert len(polled(site, "/a")) == 1
    assert CALL.split(".")[0] in Article.objects.get().text
    assert "Sport" not in Article.objects.get().text
    assert asked_for(site, "/robots.txt") == 1


def test_it_leaves_pages_alone_unless_the_feed_is_set_so(site):
    site.pages["/a"] = a_page()
    polled(site, "/a", full_text=False)
    assert (asked_for(site, "/a"), Article.objects.get().text) == (0, TEASER)


def test_it_asks_for_no_page_of_a_feed_that_was_switched_off(site, settings):
    settings.FEEDS = True
    site.pages["/a"], site.pages["/feed"] = a_page(), rss((site.url("/a"), "Call", TEASER))
    (article,) = intake.refresh(a_feed(site.url("/feed"), full_text=True).pk)
    Feed.objects.update(enabled=False)
    intake.draft(article)
    assert (asked_for(site, "/a"), Article.objects.get().state) == (0, Article.State.DRAFTED)


def test_it_leaves_alone_what_robots_txt_forbids(site):
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /secret\nUser-agent: PeaceTracker\nDisallow: /a\n"
    site.pages["/a"] = site.pages["/secret"] = a_page()
    polled(site, "/a", "/secret")
    assert (asked_for(site, "/a"), asked_for(site, "/secret"), asked_for(site, "/robots.txt")) == (0, 1, 1)


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_it_takes_a_missing_robots_txt_for_yes_and_a_failing_one_for_no(site, status, allowed):
    site.status["/robots.txt"] = status
    assert robots.allowed(site.url("/a"), user_agent="x", allow_private=True) is allowed


def test_it_takes_silence_for_no(site, monkeypatch):
    def no_answer(*args, **kwargs):
        raise FetchError

    monkeypatch.setattr(robots, "guarded_get", no_answer)
    assert not robots.allowed(site.url("/a"), user_agent="x", allow_private=True)


def test_it_keeps_the_teaser_when_there_is_no_page(site):
    polled(site, "/a")
    article = Article.objects.get()
    assert (article.text, article.state) == (TEASER, Article.State.DRAFTED)


def test_it_reads_a_page_once_that_goes_by_two_addresses(site):
    own = f'<link rel="canonical" href="{site.url("/news/a")}">'
    site.pages["/a"] = site.pages["/b"] = a_page(head=own)
    polled(site, "/a", "/b")
    intake.refresh(a_feed(site.url("/feed") + "?again").pk)
    first, second = Article.objects.order_by("pk")
    assert first.url == second.url == site.url("/news/a")
    assert str(first.pk) in second.error
    assert Draft.objects.get().sources.count() == 1


def test_it_waits_for_its_turn_at_a_domain(site, monkeypatch):
    site.pages["/a"], site.pages["/b"] = a_page(), a_page(MEETING)
    monkeypatch.setattr(intake, "domain", lambda address: "example.org")
    assert len(polled(site, "/a", "/b")) == 1
    waiting = Article.objects.get(state="new")
    assert intake.claim_articles() == []
    assert intake.claim_articles(waiting.leased_until) == [waiting.pk]


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="/news/1">', "https://www.example.org/news/1"),
        ('<link rel="canonical" href="http://example.org/news/1?utm_source=x">', "http://example.org/news/1"),
        ('<link rel="canonical" href="https://copycat.example.com/news/1">', "https://www.example.org/a"),
        ('<link rel="canonical" href="https://www.example.org/">', "https://www.example.org/a"),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://www.example.org/a"),
        ("", "https://www.example.org/a"),
    ],
)
def test_it_knows_a_page_by_the_address_that_it_calls_its_own(head, address):
    assert extract(a_page(head=head), "https://www.example.org/a?fbclid=1").address == address


def test_it_reads_a_page_in_the_encoding_of_its_header():
    text = "Президент провёл телефонный разговор с премьер-министром Армении. " * 5
    page = PAGE.format(head="", text=text, more="").encode("cp1251")
    assert "телефонный разговор" in extract(page, "", "text/html; charset=windows-1251").text
