from datetime import timedelta

import pytest
from django.utils import timezone

from peacetracker.core.models import User
from peacetracker.diplomacy import record
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.record import Author
from peacetracker.newsroom import intake, review
from peacetracker.newsroom.models import Decision, Draft
from peacetracker.newsroom.review import CannotDecide
from tests.factories import an_event, event_row
from tests.newsroom.stories import CALL, MEETING, STRANGER

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def editor():
    return User.objects.create_user("editor")


def a_draft(text=CALL, url="https://example.org/a"):
    published = timezone.datetime(2022, 4, 11, 12, tzinfo=timezone.get_default_timezone())
    found = intake.Found(key=intake.article_key(url, text), url=url, title="Report", text=text, published=published)
    (article,) = intake.store_articles([found])
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
