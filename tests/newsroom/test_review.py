from datetime import timedelta

import pytest
from django.utils import timezone

from peacetracker.core.models import User
from peacetracker.diplomacy import merging, record
from peacetracker.diplomacy.models import Event, Leader, Publisher, Version
from peacetracker.diplomacy.record import Author
from peacetracker.newsroom import articles, intake, review
from peacetracker.newsroom.models import Article, Decision, Draft
from peacetracker.newsroom.review import CannotDecide, Overtaken
from tests.factories import an_event, event_row
from tests.newsroom.stories import CALL, MEETING, STRANGER

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def editor():
    return User.objects.create_user("editor")


def a_draft(text=CALL, url="https://example.org/a"):
    published = timezone.datetime(2022, 4, 11, 12, tzinfo=timezone.get_default_timezone())
    found = articles.Found(key=articles.article_key(url, text), url=url, title="Report", text=text, published=published)
    (article,) = articles.store_articles([found])
    (draft,) = intake.draft(article)
    return Draft.objects.get(pk=draft)


def test_it_makes_an_event_of_a_draft_with_its_source(editor):
    draft = a_draft()
    event = review.approve(draft, by=editor)
    draft.refresh_from_db()
    assert (draft.state, draft.event) == ("approved", event)
    assert event.slug == "2022-04-09-call-putin-pashinyan"
    assert (event.track, event.kind) == ("russia", "call")
    assert [cited.source.url for cited in event.citations.all()] == ["https://example.org/a"]
    version = event.versions.get()
    assert version.by == editor
    assert str(draft.pk) in version.reason


def test_it_decides_a_draft_once(editor):
    draft = a_draft()
    review.approve(draft, by=editor)
    for act in (
        lambda: review.approve(draft, by=editor),
        lambda: review.reject(draft, reason="no", by=editor),
    ):
        with pytest.raises(CannotDecide, match="approved"):
            act()
    assert Event.objects.count() == 1


def test_it_takes_an_approval_back_and_the_slug_is_free(editor):
    draft = a_draft()
    slug = review.approve(draft, by=editor).slug
    review.undo(draft, by=editor)
    draft.refresh_from_db()
    assert draft.is_waiting
    assert not Event.objects.exists()
    assert Decision.objects.get().taken_back_at
    assert review.approve(draft, by=editor).slug == slug


def test_it_does_not_take_back_what_someone_changed_since(editor):
    draft = a_draft()
    event = review.approve(draft, by=editor)
    row = event_row(slug=event.slug, kind="call", place=None, title="Mended")
    record.write_event(row, author=Author(by=editor))
    with pytest.raises(CannotDecide, match="changed since"):
        review.undo(draft, by=editor)


def test_it_does_not_take_back_after_an_hour(editor):
    draft = a_draft()
    event = review.approve(draft, by=editor)
    Event.objects.filter(pk=event.pk).update(created_at=event.created_at - timedelta(hours=2))
    with pytest.raises(CannotDecide, match="hour"):
        review.undo(draft, by=editor)


def test_it_recognises_the_event_that_a_draft_repeats_and_adds_the_source(editor):
    event = an_event()
    draft = a_draft(MEETING)
    assert draft.likely_event == event
    review.merge_into(draft, event, by=editor)
    assert event.citations.count() == 2
    review.undo(draft, by=editor)
    assert event.citations.count() == 1
    draft.refresh_from_db()
    assert draft.is_waiting


def test_it_rejects_with_a_reason_only(editor):
    draft = a_draft()
    with pytest.raises(CannotDecide, match="why"):
        review.reject(draft, reason=" ", by=editor)
    review.reject(draft, reason="An older call.", by=editor)
    assert Decision.objects.get().reason == "An older call."
    review.undo(draft, by=editor)
    draft.refresh_from_db()
    assert draft.is_waiting


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"date": None, "date_precision": "unknown"}, "at least a year"),
        ({"participants": [{"slug": None, "name": "Jane Doe", "role": "participant"}]}, "Jane Doe"),
    ],
)
def test_it_says_what_an_event_still_needs(editor, fields, why):
    draft = a_draft()
    Draft.objects.filter(pk=draft.pk).update(**fields)
    with pytest.raises(CannotDecide, match=why):
        review.approve(draft, by=editor)
    assert not Event.objects.exists()


def test_it_does_not_publish_what_has_no_address(editor):
    draft = a_draft(url="")
    with pytest.raises(CannotDecide, match="address"):
        review.approve(draft, by=editor)


def test_it_does_not_publish_an_unknown_person(editor):
    with pytest.raises(CannotDecide, match="Francisco Bustillo"):
        review.approve(a_draft(STRANGER), by=editor)


def test_it_numbers_a_slug_that_is_taken(editor):
    first = review.approve(a_draft(), by=editor)
    second = a_draft(CALL.replace("phone call", "telephone conversation"), url="https://example.org/b")
    assert second.likely_event == first
    assert review.approve(second, by=editor).slug == f"{first.slug}-2"


def test_it_puts_a_story_back_only_while_no_other_draft_tells_it(editor):
    draft = a_draft()
    review.reject(draft, reason="Doubtful.", by=editor)
    a_draft(url="https://example.org/b")
    with pytest.raises(CannotDecide, match="another draft"):
        review.undo(draft, by=editor)


def test_it_holds_a_draft_only_as_the_editor_saw_it(editor):
    draft = a_draft()
    seen = review.seen_at(draft)
    assert review.hold(draft.pk, seen=seen) == draft
    title = draft.title
    assert review.amend(draft, {"title": "Mended", "kind": draft.kind}) == {"title": title}
    with pytest.raises(Overtaken, match="was changed"):
        review.hold(draft.pk, seen=seen)
    review.reject(draft, reason="Old.", by=editor)
    with pytest.raises(Overtaken, match="editor decided"):
        review.hold(draft.pk, seen=seen)


def test_it_learns_of_an_article_from_its_address(editor):
    Publisher.objects.create(domain="example.org", name="Example News", kind="agency", party_id=None)
    article = a_draft(url="").sources.get().article
    review.give_address(article, "https://WWW.example.org/a?utm_source=feed")
    article.refresh_from_db()
    assert (article.url, article.publisher_name) == ("https://www.example.org/a", "Example News")
    found = articles.Found(key=articles.article_key(article.url, ""), url=article.url, text=CALL)
    assert articles.store_articles([found]) == []


def test_it_lets_two_articles_have_one_address(editor):
    known = a_draft().sources.get().article
    other = a_draft(MEETING, url="").sources.get().article
    review.give_address(other, known.url)
    assert Article.objects.filter(url=known.url).count() == 2


def test_it_learns_a_spelling_once_and_records_it(editor):
    leader = Leader.objects.get(slug="jeyhun-bayramov")
    versions = Version.objects.filter(noun="leader", slug=leader.slug)
    before = versions.count()
    assert record.add_spelling(leader, "Ceyhun Bayramov", author=Author(by=editor, reason="spelling"))
    assert not record.add_spelling(leader, "CEYHUN BAYRAMOV", author=Author(by=editor))
    assert Leader.objects.get(pk=leader.pk).aliases == ["Ceyhun Bayramov"]
    assert versions.count() == before + 1
    assert versions.get(recorded_to=None).by == editor


def test_a_draft_follows_what_was_merged_since_it_was_read(editor):
    """The event that it repeats, and the person that it names, stand under other names by now."""
    event, heir = an_event(), an_event(slug="2022-04-06-heir")
    draft = a_draft(MEETING)
    Draft.objects.filter(pk=draft.pk).update(likely_event=event)
    merging.merge(event, heir, reason="The same meeting.", author=Author())
    draft.refresh_from_db()
    assert draft.repeats == heir
    review.merge_into(draft, draft.repeats, by=editor)
    assert "https://example.org/a" in [cited.source.url for cited in heir.citations.all()]


def test_an_approved_draft_names_the_heir_of_a_merged_person(editor):
    draft = a_draft()
    old, heir = Leader.objects.get(slug="vladimir-putin"), Leader.objects.get(slug="charles-michel")
    merging.merge(old, heir, reason="One person.", author=Author())
    event = review.approve(draft, by=editor)
    assert "charles-michel" in event.participations.values_list("leader__slug", flat=True)
    assert not old.participations.exists()
    assert event.parties.exists()


def test_a_draft_repeats_nothing_that_is_withdrawn():
    event = an_event()
    draft = a_draft(MEETING)
    record.withdraw_event(event, reason="It rests on one page that was taken back.", author=Author())
    assert Draft.objects.get(pk=draft.pk).repeats is None
