"""Many articles read at once tell what each of them tells by itself."""

import pytest

from peacetracker.newsroom import articles, intake, likeness
from peacetracker.newsroom.lexicon import gazetteer
from peacetracker.newsroom.models import Article, Draft, DraftSource
from tests.factories import an_event
from tests.newsroom.stories import CALL, MEETING, STRANGER, a_feed, rss

pytestmark = pytest.mark.usefixtures("world")
SAME_CALL = CALL.replace("On April 9", "On 9 April")


def brought(site, *texts):
    site.pages["/feed"] = rss(*((f"https://example.org/{n}", "News", text) for n, text in enumerate(texts)))
    return intake.refresh(a_feed(site.url("/feed")).pk, ends=0)


def queue():
    fields = ("story_key", "kind", "date", "title", "summary", "likely_event__slug", "likeness")
    return sorted(Draft.objects.values_list(*fields))


def test_it_makes_the_same_drafts_at_once_as_one_by_one(site):
    an_event()
    articles = brought(site, CALL, MEETING, STRANGER, SAME_CALL, "Nothing happened.")
    at_once = intake.draft_all(articles)
    told, sources = queue(), DraftSource.objects.count()
    assert len(at_once) == len(told) == 3
    assert any(row[5] for row in told)
    Draft.objects.all().delete()
    Article.objects.update(state=Article.State.NEW)
    one_by_one = [draft for pk in articles for draft in intake.draft(pk)]
    assert (len(set(one_by_one)), queue(), DraftSource.objects.count()) == (3, told, sources)


def test_it_reads_an_article_once_though_it_is_asked_twice(site):
    articles = brought(site, CALL, MEETING)
    assert len(intake.draft_all(articles)) == 2
    assert intake.draft_all(articles) == []


def test_one_bad_text_spoils_no_other(site, monkeypatch):
    unread = brought(site, CALL, MEETING)
    extract = articles.extract

    def failing(known, *, text, **rest):
        assert "phone call" not in text
        return extract(known, text=text, **rest)

    monkeypatch.setattr(articles, "extract", failing)
    intake.draft_all(unread)
    states = dict(Article.objects.values_list("pk", "state"))
    assert [states[pk] for pk in unread] == [Article.State.NEW, Article.State.DRAFTED]
    assert Article.objects.get(pk=unread[0]).error


def test_a_feed_with_one_bad_text_is_read_one_by_one(site, monkeypatch):
    site.pages["/feed"] = rss(("https://example.org/1", "News", CALL), ("https://example.org/2", "News", MEETING))
    extract = articles.extract

    def failing(known, *, text, **rest):
        assert "phone call" not in text
        return extract(known, text=text, **rest)

    monkeypatch.setattr(articles, "extract", failing)
    unread = intake.refresh(a_feed(site.url("/feed")).pk)
    assert (len(unread), Draft.objects.count()) == (2, 0)
    intake.draft_all(unread)
    assert [source.article.url for source in DraftSource.objects.all()] == ["https://example.org/2"]


def test_a_feed_stores_nothing_of_a_batch_whose_drafts_could_not_be_stored(site, monkeypatch):
    site.pages["/feed"] = rss(("https://example.org/1", "News", CALL))
    put = intake.drafting.put

    def killed(told, names):
        put(told, names)
        raise KeyboardInterrupt

    monkeypatch.setattr(intake.drafting, "put", killed)
    feed = a_feed(site.url("/feed"))
    with pytest.raises(KeyboardInterrupt):
        intake.refresh(feed.pk)
    assert (Article.objects.count(), Draft.objects.count()) == (0, 0)
    monkeypatch.undo()
    site.pages["/feed"] = rss(("https://example.org/1", "News", CALL))
    assert intake.refresh(feed.pk) == []
    assert (Article.objects.get().state, Draft.objects.count()) == (Article.State.DRAFTED, 1)


def test_a_look_for_many_finds_what_a_look_for_each_finds(site):
    an_event()
    pks = brought(site, CALL, MEETING, STRANGER)
    told = [
        (event, article.published.date())
        for article in Article.objects.filter(pk__in=pks)
        for event in intake.read_article(article, gazetteer()).events
    ]
    each = [next(iter(likeness.candidates(*one)), None) for one in told]
    assert likeness.likeliest(told) == each
    assert any(each)
