import json
from datetime import date

import pytest
from django.urls import reverse

from peacetracker.core.models import User
from peacetracker.diplomacy.models import Event
from peacetracker.newsroom.models import Article, Draft, DraftSource
from tests.factories import an_event
from tests.newsroom.stories import CALL

pytestmark = pytest.mark.usefixtures("world")
QUEUE = reverse("admin:newsroom_draft_changelist")


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


def a_draft(**changes):
    """A waiting draft of a call, with the article that tells it."""
    people = [{"slug": slug, "name": slug, "role": "participant"} for slug in ("vladimir-putin", "nikol-pashinyan")]
    fields = {
        "kind": "call",
        "date": date(2022, 4, 9),
        "date_precision": "day",
        "title": "Putin and Pashinyan speak by phone",
        "summary": "Example News reported a call.",
        "participants": people,
        "evidence": CALL,
        "story_key": "story",
    }
    draft = Draft.objects.create(**{**fields, **changes})
    article = Article.objects.create(key="k", url="https://example.org/a", title="Report", text=CALL)
    DraftSource.objects.create(draft=draft, article=article, evidence=CALL)
    return draft


def act(client, name, draft, **more):
    return client.post(QUEUE, {"action": name, "_selected_action": draft.pk, **more}, follow=True)


def state(draft):
    return Draft.objects.get(pk=draft.pk).state


def test_it_approves_and_takes_back_from_the_queue(desk):
    draft = a_draft()
    act(desk, "approve", draft)
    assert state(draft) == "approved"
    assert Event.objects.get().versions.count() == 1
    act(desk, "undo", draft)
    assert state(draft) == "waiting"
    assert not Event.objects.exists()


def test_it_merges_into_the_event_that_the_draft_repeats(desk):
    event = an_event()
    draft = a_draft(likely_event=event)
    act(desk, "merge", draft)
    assert state(draft) == "merged"
    assert event.citations.count() == 2


def test_it_rejects_only_with_a_reason(desk):
    draft = a_draft()
    assert "Say why" in act(desk, "reject", draft).content.decode()
    assert state(draft) == "waiting"
    act(desk, "reject", draft, reason="An older call.")
    assert state(draft) == "rejected"


def test_it_says_why_a_draft_cannot_be_approved(desk):
    draft = a_draft(participants=[{"slug": None, "name": "Francisco Bustillo", "role": "participant"}])
    assert "Francisco Bustillo" in act(desk, "approve", draft).content.decode()
    assert state(draft) == "waiting"


@pytest.mark.parametrize("noun", ["draft", "feed", "article", "decision"])
def test_it_lists_each_table_of_the_newsroom(desk, noun):
    a_draft()
    assert desk.get(reverse(f"admin:newsroom_{noun}_changelist")).status_code == 200


def test_it_shows_the_draft_with_its_article_and_saves_an_edit(desk):
    draft = a_draft()
    page = desk.get(reverse("admin:newsroom_draft_change", args=[draft.pk]))
    assert "held a phone call" in page.content.decode()
    form = {name: value for name, value in page.context["adminform"].form.initial.items() if value is not None}
    fields = page.context["adminform"].form.fields
    data = {n: json.dumps(v) if isinstance(v, list) else v for n, v in form.items() if n in fields}
    desk.post(page.request["PATH_INFO"], {**data, "title": "Mended"})
    assert Draft.objects.get(pk=draft.pk).title == "Mended"
