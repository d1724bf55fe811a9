"""What the newsroom tells the public: counts, and never a draft, an address or an error."""

import json
from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import call_command
from django.utils import timezone

from peacetracker.core.models import User
from peacetracker.diplomacy.models import Party
from peacetracker.newsroom import accuracy, articles, intake, reasons, review
from peacetracker.newsroom.models import Article, Draft, Feed
from tests.factories import an_event
from tests.newsroom.stories import CALL, MEETING, STRANGER

pytestmark = pytest.mark.usefixtures("world")
SECRET = "https://user:sesame@feeds.example.org/secret.xml?key=1"


def a_feed(name, side=None, **fields):
    return Feed.objects.create(
        name=name, address=f"https://{name}.example.org/rss", side=Party.objects.filter(code=side).first(), **fields
    )


def a_draft(text, n):
    published = timezone.datetime(2022, 4, 11, 12, tzinfo=timezone.get_default_timezone())
    url = f"https://example.org/draft-{n}"
    found = articles.Found(
        key=articles.article_key(url, text), url=url, title=f"Report {n}", text=text, published=published, lang="en"
    )
    (article,) = articles.store_articles([found])
    (draft,) = intake.draft(article)
    return Draft.objects.get(pk=draft)


def states(client):
    sides = client.get("/sources/").context["sides"]
    return {feed.name: feed.state for side in sides for feed in side.feeds}


def test_it_puts_the_two_sides_first_and_independent_feeds_last(client):
    for name, side in (("z", None), ("ru", "RU"), ("az", "AZ"), ("am", "AM")):
        a_feed(name, side)
    sides = client.get("/sources/").context["sides"]
    assert [side.party and side.party.code for side in sides] == ["AM", "AZ", "RU", None]


def test_it_says_which_feeds_are_off_or_fail(client):
    now = timezone.now()
    a_feed("read", enabled=True, last_success_at=now)
    a_feed("new", enabled=True)
    a_feed("failing", enabled=True, last_success_at=now, error_count=3, last_error="boom at 10.0.0.1")
    a_feed("off", last_success_at=now)
    assert states(client) == {"read": "read", "new": "new", "failing": "failing", "off": "off"}


def test_it_reads_what_is_off_as_read_when_all_feeds_are_on(client, settings):
    a_feed("off", last_success_at=timezone.now())
    settings.FEEDS = True
    assert states(client) == {"off": "read"}


def test_it_counts_articles_of_the_week_before_the_last_reading(client):
    read_at = timezone.now() - timedelta(days=30)
    feed = a_feed("am", "AM", enabled=True, last_success_at=read_at)
    for n, days in enumerate((1, 6, 8)):
        article = Article.objects.create(key=str(n), feed=feed, text="x")
        Article.objects.filter(pk=article.pk).update(created_at=read_at - timedelta(days=days))
    (side,) = client.get("/sources/").context["sides"]
    assert side.week == 2


def test_it_lets_nothing_internal_out(client):
    feed = a_feed("am", enabled=True, error_count=1, last_error="boom at 10.0.0.1", note="call Ani")
    Feed.objects.filter(pk=feed.pk).update(address=SECRET)
    text = client.get("/sources/").content.decode()
    for secret in ("sesame", "secret.xml", "boom", "call Ani"):
        assert secret not in text
    assert "feeds.example.org" in text


def test_it_says_so_where_no_feed_is_on_the_list(client):
    assert "No feed is on the list yet" in client.get("/sources/").content.decode()


@pytest.fixture
def decided():
    """Four drafts: taken as read, mended first, merged, rejected; and one whose rejection was taken back."""
    editor = User.objects.create_user("editor")
    event = an_event()
    review.approve(a_draft(CALL, 1), by=editor)
    mended = a_draft(CALL.replace("April 9", "April 8"), 2)
    LogEntry.objects.log_actions(editor.pk, [mended], CHANGE, '[{"changed": {"fields": ["date"]}}]', single_object=True)
    review.approve(mended, by=editor)
    review.merge_into(a_draft(MEETING, 3), event, by=editor)
    review.reject(a_draft(CALL.replace("April 9", "April 7"), 4), reason="Not about the peace process", by=editor)
    back = a_draft(CALL.replace("April 9", "April 6"), 5)
    review.reject(back, reason="Ani says no", by=editor)
    review.undo(back, by=editor)


def test_it_counts_what_became_of_drafts(client, decided):
    answer = client.get("/accuracy/")
    found = answer.context["found"]
    assert found.total.counts == (1, 1, 1, 1)
    assert found.taken_back == 1
    assert found.by_reason == [("Not about the peace process", 1)]
    assert [(tally.name, tally.total) for tally in found.by_lang] == [("en", 4)]
    assert sum(tally.total for tally in found.by_band) == 4


def test_it_shows_no_draft_and_no_editors_words(client, decided):
    waiting = a_draft(STRANGER, 6)
    review.reject(Draft.objects.get(sources__article__url="https://example.org/draft-5"), reason="Ani", by=None)
    text = client.get("/accuracy/").content.decode()
    assert waiting.title not in text
    assert "Ani" not in text
    assert "Another reason" in text


def test_it_knows_a_reason_in_whatever_words_follow():
    known = reasons.spellings()
    assert reasons.class_of("misread: wrong people or kind (Ararat)", known) == 2
    assert reasons.class_of("I do not like it", known) == reasons.OTHER


def test_it_says_so_where_nothing_was_decided(client):
    assert "No draft has been decided here yet" in client.get("/accuracy/").content.decode()


def test_it_keeps_the_score_of_the_extraction_with_its_day(tmp_path):
    path = tmp_path / "accuracy.json"
    call_command("score_extraction", output=path)
    found = accuracy.scores(path)
    assert found.measured_on == timezone.now().date()
    assert found.current
    assert found.rows[0]["documents"] == sum(row["documents"] for row in found.rows[1:])
    assert 0.5 < found.rows[0]["f1"] <= 1
    path.write_text(json.dumps(json.loads(path.read_text()) | {"extraction": "older"}))
    assert not accuracy.scores(path).current
    assert accuracy.scores(tmp_path / "none.json") is None


def test_it_shows_the_committed_score(client):
    assert client.get("/accuracy/").context["scores"].rows


@pytest.mark.parametrize("path", ["/sources/", "/accuracy/"])
def test_it_answers_within_fifteen_queries_and_is_cached_for_a_minute_only(
    client, decided, path, django_assert_max_num_queries
):
    for n in range(5):
        a_feed(f"feed-{n}", "AM")
    with django_assert_max_num_queries(15):
        answer = client.get(path)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert client.post(path).status_code == 405
