"""Official readouts read again: what their publishers changed, told to editors and on the pages of events."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peacetracker.core.cache import data_version
from peacetracker.diplomacy.choices import PublisherKind
from peacetracker.diplomacy.models import Publisher
from peacetracker.newsroom import intake, rereading
from peacetracker.newsroom.edits import Edit, edits
from peacetracker.newsroom.models import Article, Draft, Feed, Reading
from tests.factories import a_source, an_event
from tests.newsroom.conftest import an_editor
from tests.newsroom.stories import CALL, a_feed, polled, rss
from tests.newsroom.test_pages import a_page, asked_for

HOUR = timedelta(hours=1)
EDITED = CALL.replace("discussed the peace treaty", "discussed the delimitation of the border")


@pytest.fixture
def readout(world, site):
    """An official readout that told an event, its page due for the first reading."""
    Publisher.objects.create(domain="127.0.0.1", name="The Kremlin", kind=PublisherKind.OFFICIAL)
    site.pages["/a"], site.pages["/feed"] = a_page(), rss((site.url("/a"), "Call", CALL))
    assert polled(a_feed(site.url("/feed")))
    return Article.objects.get()


def read_when_due(article):
    """Let the next reading be due, and do it as a worker would; true if the page had changed."""
    Article.objects.filter(pk=article.pk).exclude(reread_at=None).update(reread_at=timezone.now())
    return [rereading.reread(pk) for pk in rereading.claim()]


def wait_of(article):
    article.refresh_from_db()
    return article.reread_at and article.reread_at - article.readings.first().at


def test_it_reads_a_readout_after_an_hour_a_day_and_a_week(readout):
    waits = []
    for age in (timedelta(), 1.5 * HOUR, timedelta(hours=25), timedelta(days=8)):
        Reading.objects.update(at=timezone.now() - age)
        assert read_when_due(readout) == [False]
        waits.append(wait_of(readout))
    assert waits == [HOUR, 24 * HOUR, timedelta(days=7), None]
    assert (read_when_due(readout), Reading.objects.count()) == ([], 1)


def test_it_keeps_what_was_changed_and_tells_it_on_the_page_of_the_event(readout, site, client):
    event = an_event(sources=[a_source(url=readout.url)])
    read_when_due(readout)
    before = data_version()
    assert "Changed since first read" not in client.get(event.get_absolute_url()).content.decode()
    site.pages["/a"] = a_page(EDITED)
    assert read_when_due(readout) == [True]
    assert data_version() > before
    (edit,) = Reading.objects.changed().get().edits
    assert "peace treaty" in edit["gone"][0]
    assert "delimitation of the border" in edit["come"][0]
    assert "Changed since first read" in client.get(event.get_absolute_url()).content.decode()
    assert rereading.notes([readout.url, "https://example.org/"]) == {readout.url: [f"{timezone.now():%Y-%m-%d}"]}


def test_an_editor_sees_the_sentences_that_went_and_came(readout, site, client):
    read_when_due(readout)
    site.pages["/a"] = a_page(EDITED)
    read_when_due(readout)
    client.force_login(an_editor("anna"))
    page = client.get(f"/admin/newsroom/draft/{Draft.objects.get().pk}/change/").content.decode()
    assert "<del>The two leaders discussed the peace treaty" in page
    assert "<ins>The two leaders discussed the delimitation" in page


def test_it_takes_the_page_that_the_intake_has_read_for_the_first_reading(readout, site):
    Article.objects.update(page_key="k", page_read_at=timezone.now())
    assert read_when_due(readout) == [False]
    assert (Reading.objects.get().text, asked_for(site, "/a"), wait_of(readout)) == (CALL, 0, HOUR)


def test_it_asks_for_nothing_of_a_feed_that_is_switched_off(readout, settings):
    settings.FEEDS = True
    Feed.objects.update(enabled=False)
    assert read_when_due(readout) == []


def test_it_heeds_robots_txt_and_goes_on_after_a_page_that_is_not_to_be_had(readout, site):
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /\n"
    assert read_when_due(readout) == [False]
    assert (asked_for(site, "/a"), Reading.objects.count()) == (0, 0)
    readout.refresh_from_db()
    assert readout.reread_at > timezone.now() + 0.9 * HOUR


def test_it_waits_for_a_domain_that_was_just_asked(readout, monkeypatch):
    later = timezone.now() + timedelta(seconds=10)
    monkeypatch.setattr(intake, "busy", lambda address, now: later)
    assert read_when_due(readout) == [False]
    readout.refresh_from_db()
    assert (readout.reread_at, Reading.objects.count()) == (later, 0)


def test_one_poller_alone_takes_a_readout_and_a_killed_one_leaves_it_due(readout):
    assert rereading.claim() == [readout.pk]
    assert rereading.claim() == []
    assert rereading.claim(timezone.now() + timedelta(minutes=3)) == [readout.pk]


def test_it_leaves_other_publishers_alone(world, site):
    site.pages["/feed"] = rss((site.url("/a"), "Call", CALL))
    polled(a_feed(site.url("/feed")))
    assert rereading.claim() == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("They met in Baku. They spoke of trade routes.", "They met in Baku.\n They spoke of  trade routes.", []),
        ("They met in Baku today. Views: 12", "They met in Baku today. Views: 3415", []),
        ("They met in Baku today.", "They met in Baku on Monday.",
         [Edit(("They met in Baku today.",), ("They met in Baku on Monday.",))]),
        ("They met in Baku today. No papers were signed.", "They met in Baku today.",
         [Edit(("No papers were signed.",), ())]),
    ],
)  # fmt: skip
def test_an_edit_is_a_sentence_that_went_or_came(before, after, found):
    assert edits(before, after) == found
