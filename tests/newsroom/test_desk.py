"""The list of drafts: what waits, how it is narrowed, acts on many at once, what the first page of the admin counts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from peacetracker.diplomacy.models import Event
from peacetracker.newsroom.models import Article, Draft, Feed, Report
from tests.factories import a_source, an_event
from tests.newsroom.desks import QUEUE, STRANGERS, a_draft, address, state

pytestmark = pytest.mark.usefixtures("world")


def act(client, name, draft, **more):
    return client.post(f"{QUEUE}?state=all", {"action": name, "_selected_action": draft.pk, **more}, follow=True)


def listed(client, query=""):
    page = client.get(f"{QUEUE}{query}")
    assert page.status_code == 200
    return [draft.title for draft in page.context["cl"].result_list]


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
    draft = a_draft(participants=STRANGERS)
    assert "Francisco Bustillo" in act(desk, "approve", draft).content.decode()
    assert state(draft) == "waiting"


@pytest.mark.parametrize("noun", ["draft", "feed", "article", "decision", "report"])
def test_it_lists_each_table_of_the_newsroom(desk, noun):
    a_draft()
    assert desk.get(reverse(f"admin:newsroom_{noun}_changelist")).status_code == 200


def test_it_lists_what_waits_the_surest_first(desk):
    a_draft(title="fair", confidence=0.7)
    a_draft(title="sure", confidence=0.9)
    a_draft(title="done", state="rejected")
    assert listed(desk) == ["sure", "fair"]
    assert listed(desk, "?state=rejected") == ["done"]
    assert len(listed(desk, "?state=all")) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?people=unknown", ["strange"]),
        ("?people=known", ["old", "repeats"]),
        ("?repeats=yes", ["repeats"]),
        ("?repeats=no", ["old", "strange"]),
        ("?sure=high", ["old"]),
        ("?sure=fair", ["repeats"]),
        ("?sure=low", ["strange"]),
        ("?age=old", ["old"]),
        ("?age=week", []),
        ("?age=day", ["repeats", "strange"]),
        ("?lang=ru", ["strange"]),
        ("?feed=none", ["old", "strange"]),
        ("?feed=FEED", ["repeats"]),
        ("?feed=FEED&sure=low", []),
    ],
)
def test_it_narrows_the_queue(desk, query, found):
    feed = Feed.objects.create(name="Feed", address="https://example.org/feed")
    old = a_draft(title="old", confidence=0.9)
    Draft.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))
    repeats = a_draft(title="repeats", confidence=0.7, likely_event=an_event())
    Article.objects.filter(drafts__draft=repeats).update(feed=feed)
    strange = a_draft(title="strange", confidence=0.4, participants=STRANGERS)
    Article.objects.filter(drafts__draft=strange).update(lang="ru")
    assert listed(desk, query.replace("FEED", str(feed.pk))) == found


def test_it_says_that_the_queue_is_empty(desk):
    assert "The queue is empty" in desk.get(QUEUE).content.decode()
    a_draft(confidence=0.5)
    assert "No draft is like that" in desk.get(f"{QUEUE}?sure=high").content.decode()


def test_it_asks_the_database_as_often_for_many_drafts(desk, django_assert_max_num_queries):
    for n in range(12):
        a_draft(title=str(n))
    with django_assert_max_num_queries(15):
        desk.get(QUEUE)


def test_a_draft_asks_fifteen_times_at_most(desk, django_assert_max_num_queries):
    draft = a_draft(kind="meeting", date=date(2022, 4, 6), likely_event=an_event(slug="one"))
    an_event(slug="two", title="Another one", sources=[a_source(2)])
    desk.get(address(draft))
    with django_assert_max_num_queries(15):
        assert len(desk.get(address(draft)).context["twins"]) == 2


def test_it_begins_with_the_newsroom_and_what_is_used_most(desk):
    rooms = desk.get(reverse("admin:index")).context["available_apps"]
    assert [str(room["name"]) for room in rooms][:3] == ["Newsroom", "The record", "Releases and keys"]
    assert [str(one["name"]) for one in rooms[0]["models"]][:3] == ["Drafts", "Readers' reports", "Feeds"]
    assert [str(one["name"]) for one in rooms[1]["models"]][:2] == ["Events", "Calls"]


def test_the_bar_leads_from_everywhere_to_every_list(desk):
    for page in (QUEUE, address(a_draft()), reverse("admin:diplomacy_event_changelist")):
        for there in (QUEUE, reverse("admin:diplomacy_leader_changelist")):
            assert f'<li><a href="{there}"' in desk.get(page).text


def test_it_counts_what_waits_on_the_first_page(desk):
    a_draft()
    a_draft(state="rejected")
    Feed.objects.create(name="Broken", address="https://example.org/feed", error_count=2)
    for kind in Report.State.values:
        Report.objects.create(page="/", message="Wrong.", state=kind)
    page = desk.get(reverse("admin:index")).content.decode()
    for words in ("<b>1</b> drafts waiting", "<b>1</b> reports waiting", "<b>1</b> feeds failing"):
        assert words in page
    failing = desk.get(reverse("admin:newsroom_feed_changelist") + "?failing=yes")
    assert [feed.name for feed in failing.context["cl"].result_list] == ["Broken"]
