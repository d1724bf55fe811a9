from datetime import timedelta

import pytest
from django.utils import timezone

from peacetracker.newsroom import articles, intake
from peacetracker.newsroom.models import Article, Draft, Feed, FetchLog
from peacetracker.newsroom.querysets import TRIES
from tests.newsroom.stories import CALL, MEETING, STRANGER, a_feed, polled, rss

pytestmark = pytest.mark.usefixtures("world")

A, B = "https://example.org/a", "https://example.org/b"


def test_it_stores_an_article_once_whatever_the_feed_repeats(site):
    site.pages["/feed"] = rss((A, "Call", CALL))
    feed = a_feed(site.url("/feed"))
    polled(feed)
    site.pages["/feed"] = rss((A, "Call", CALL), (B, "Brussels", MEETING))
    polled(feed)
    polled(feed)
    assert sorted(Article.objects.values_list("url", flat=True)) == [A, B]
    assert Draft.objects.waiting().count() == 2
    assert list(FetchLog.objects.order_by("pk").values_list("new_count", flat=True)) == [1, 1, 0]


def test_it_drafts_a_call_with_people_date_and_evidence(site):
    site.pages["/feed"] = rss((A, "Call", CALL))
    polled(a_feed(site.url("/feed")))
    draft = Draft.objects.get()
    assert (draft.kind, str(draft.date), draft.status) == ("call", "2022-04-09", "held")
    assert {person["slug"] for person in draft.participants} == {"vladimir-putin", "nikol-pashinyan"}
    assert draft.evidence in CALL
    assert CALL.split(". ")[1] not in draft.summary


def test_it_asks_with_the_validators_and_takes_304_for_success(site):
    site.pages["/feed"], site.headers["ETag"] = rss((A, "Call", CALL)), '"one"'
    feed = a_feed(site.url("/feed"))
    polled(feed)
    polled(feed)
    assert site.asked[1][1]["If-None-Match"] == '"one"'
    feed.refresh_from_db()
    assert (feed.error_count, feed.fetches.first().outcome) == (0, "unchanged")


def test_it_keeps_one_article_of_one_address_in_two_feeds(site):
    site.pages["/one"] = rss((A + "?utm_source=x", "Call", CALL))
    site.pages["/two"] = rss((A, "Call", CALL))
    for path in ("/one", "/two"):
        polled(a_feed(site.url(path)))
    assert Article.objects.count() == Draft.objects.count() == 1


def test_it_makes_one_draft_with_two_sources_of_one_story_in_two_feeds(site):
    site.pages["/one"], site.pages["/two"] = rss((A, "Call", CALL)), rss((B, "Phone call", CALL + " More followed."))
    for path in ("/one", "/two"):
        polled(a_feed(site.url(path)))
    draft = Draft.objects.get()
    assert [told.article.url for told in draft.sources.all()] == [A, B]


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body><h1>Page moved</h1></body></html>",
        b"",
        b"\x00\x01\x02\x03",
        b"x" * (16 * 2**20),
        b"<?xml version='1.0'?><!DOCTYPE z [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>]><rss>&b;",
    ],
    ids=["html", "empty", "binary", "huge", "bomb"],
)
def test_it_notes_what_is_no_feed_and_asks_again_later(site, body):
    site.pages["/feed"] = body
    feed = a_feed(site.url("/feed"))
    assert polled(feed) == []
    feed.refresh_from_db()
    assert feed.error_count == 1
    assert feed.last_error
    assert feed.next_check_at > timezone.now()
    assert feed.leased_until is None


def test_it_recovers_when_a_failing_feed_is_back(site):
    feed = a_feed(site.url("/feed"))
    polled(feed)
    site.pages["/feed"] = rss((A, "Call", CALL))
    polled(feed)
    feed.refresh_from_db()
    assert (feed.error_count, feed.last_error) == (0, "")


def test_it_refuses_a_private_address_unless_told(site, settings):
    settings.FEED_ALLOW_PRIVATE = False
    feed = a_feed(site.url("/feed"))
    polled(feed)
    feed.refresh_from_db()
    assert feed.error_count == 1
    assert site.asked == []


def test_it_keeps_a_person_whom_nobody_knows_by_name(site):
    site.pages["/feed"] = rss((A, "Montevideo", STRANGER))
    polled(a_feed(site.url("/feed")))
    assert Draft.objects.get().unresolved() == ["Francisco Bustillo"]


def test_it_leaves_the_date_open_when_the_article_has_none(site):
    text = (
        "Russian President Vladimir Putin spoke by phone with Armenian Prime Minister Nikol Pashinyan "
        "about the treaty with Azerbaijan on Saturday."
    )
    site.pages["/feed"] = rss((A, "Call", text), date="soon")
    polled(a_feed(site.url("/feed")))
    draft = Draft.objects.get()
    assert (draft.date, draft.date_precision) == (None, "unknown")


def test_it_gives_a_due_feed_to_exactly_one_worker():
    feed = a_feed("sample:news")
    seen_by_another = Feed.objects.get(pk=feed.pk)
    now = timezone.now()
    assert intake.claim_feeds(now) == [feed.pk]
    assert not Feed.objects.claim(seen_by_another, now)
    assert intake.claim_feeds(now) == []


def test_it_fetches_a_feed_once_however_often_the_bell_rang():
    feed = a_feed("sample:news")
    intake.claim_feeds()
    assert intake.begin(feed.pk)
    assert not intake.begin(feed.pk)
    intake.refresh(feed.pk)
    assert not intake.begin(feed.pk)


def test_it_finds_a_feed_due_again_when_its_workers_lease_has_run_out():
    feed = a_feed("sample:news")
    intake.claim_feeds()
    Feed.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert intake.claim_feeds() == [feed.pk]


def test_it_polls_real_feeds_only_when_they_are_switched_on(settings):
    Feed.objects.create(name="real", address="https://example.org/feed")
    assert intake.claim_feeds() == []
    settings.FEEDS = True
    assert len(intake.claim_feeds()) == 1


@pytest.mark.parametrize("address", ["https://example.org/feed", "sample:news"])
def test_it_never_polls_what_an_editor_has_switched_off(settings, address):
    settings.FEEDS = True
    Feed.objects.create(name="off", address=address, enabled=False)
    assert intake.claim_feeds() == []


def test_it_does_not_fetch_a_feed_that_was_switched_off_after_the_bell_rang(settings):
    settings.FEEDS = True
    feed = a_feed("https://example.org/feed")
    assert intake.claim_feeds() == [feed.pk]
    Feed.objects.update(enabled=False)
    assert not intake.begin(feed.pk)


def test_it_reads_an_article_again_that_a_killed_worker_left(site):
    site.pages["/feed"] = rss((A, "Call", CALL))
    (article,) = intake.refresh(a_feed(site.url("/feed")).pk, ends=0)
    assert intake.claim_articles() == []
    Article.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert intake.claim_articles() == [article]
    intake.draft(article)
    intake.draft(article)
    assert Draft.objects.count() == 1


def test_it_leaves_an_article_alone_that_could_not_be_read_several_times(site, monkeypatch):
    site.pages["/feed"] = rss((A, "Call", CALL))
    (article,) = intake.refresh(a_feed(site.url("/feed")).pk, ends=0)
    monkeypatch.setattr(articles, "extract", lambda *args, **kwargs: 1 / 0)
    for _ in range(TRIES):
        Article.objects.update(leased_until=None)
        assert intake.claim_articles() == [article]
        assert intake.draft(article) == []
    Article.objects.update(leased_until=None)
    assert intake.claim_articles() == []
    stored = Article.objects.get()
    assert stored.state == "failed"
    assert "ZeroDivisionError" in stored.error


def test_it_forgets_raw_bodies_after_their_time_and_keeps_the_lines(site):
    site.pages["/feed"] = rss((A, "Call", CALL))
    polled(a_feed(site.url("/feed")))
    FetchLog.objects.update(at=timezone.now() - intake.KEEP_BODIES - timedelta(days=1))
    assert intake.forget_bodies() == 1
    assert FetchLog.objects.get().body is None
