"""The list of drafts: what waits, how it is narrowed, acts on many at once, what the first page of the admin counts."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from peacetracker.core.models import User
from peacetracker.diplomacy.models import Event, Party
from peacetracker.newsroom.groups import READERS
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


def test_the_desk_speaks_armenian_where_django_does_not(desk):
    Draft.objects.filter(pk=a_draft().pk).update(created_at=timezone.now() - timedelta(minutes=57))
    text = "".join(desk.get(page, headers={"accept-language": "hy"}).text for page in ("/admin/", QUEUE))
    for english in ("Recent actions", "My actions", ">View<", "Show counts", "minutes"):
        assert english not in text
    assert "57\xa0րոպե" in text


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


def test_many_without_a_reason_are_refused_by_one_sentence_and_told_by_their_act(desk):
    drafts = [a_draft(), a_draft()]
    sent = {"action": "reject", "_selected_action": [draft.pk for draft in drafts]}
    assert desk.post(QUEUE, sent, follow=True).text.count("Say why") == 1
    assert {state(draft) for draft in drafts} == {"waiting"}
    assert "Rejected: 2." in desk.post(QUEUE, sent | {"reason": "Older calls."}, follow=True).text


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
    for words in ("<b>1</b> draft waiting", "<b>1</b> report waiting", "<b>1</b> feed failing"):
        assert words in page
    failing = desk.get(reverse("admin:newsroom_feed_changelist") + "?failing=yes")
    assert [feed.name for feed in failing.context["cl"].result_list] == ["Broken"]


def test_its_first_page_says_how_long_the_oldest_waits_and_opens_the_first(desk):
    assert "Open the first" not in desk.get(reverse("admin:index")).text
    unsure, sure = a_draft(confidence=0.3), a_draft(confidence=0.9)
    for draft, days in ((unsure, 3), (sure, 1)):
        Draft.objects.filter(pk=draft.pk).update(created_at=timezone.now() - timedelta(days=days))
    page = desk.get(reverse("admin:index")).text.replace("\xa0", " ")
    assert "<b>2</b> drafts waiting</a>, the oldest for 3 days" in page
    assert f'<a href="{address(sure)}">Open the first</a>' in page


def test_an_account_without_rights_is_told_so_and_finds_the_way_back(client):
    client.force_login(User.objects.create_user("newcomer", is_staff=True))
    assert "no rights at the desk yet" in client.get(reverse("admin:index")).text
    refused = client.get(QUEUE)
    assert refused.status_code == 403
    assert "You are logged in as newcomer." in refused.text
    assert f'<a href="{reverse("admin:index")}">' in refused.text


FEEDS, OPML = reverse("admin:newsroom_feed_changelist"), reverse("admin:newsroom_feed_opml")


def test_a_list_of_feeds_is_given_out_and_taken_in(desk):
    Feed.objects.create(name="One", address="https://one.example.org/rss", side=Party.objects.get(code="AM"))
    given = desk.get(OPML)
    assert given.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    Feed.objects.all().delete()
    page = desk.post(OPML, {"list": SimpleUploadedFile("feeds.opml", given.content)}, follow=True)
    assert "Feeds in the list: 1, new ones: 1." in page.text
    assert Feed.objects.values_list("address", "side__code", "enabled").get() == (
        "https://one.example.org/rss", "AM", False,
    )  # fmt: skip
    for sent in ({"list": SimpleUploadedFile("feeds.opml", b"<rss/>")}, {}):
        assert "This list can&#x27;t be taken in" in desk.post(OPML, sent, follow=True).text


def test_who_only_reads_takes_no_list_in(client):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.groups.add(Group.objects.get(name=READERS))
    client.force_login(reader)
    assert client.get(OPML).status_code == 200
    assert client.post(OPML).status_code == 403


def test_feeds_that_fail_stand_first_and_nothing_else_is_red(desk):
    Feed.objects.create(name="Answers", address="https://one.example.org/rss", full_text=False)
    Feed.objects.create(name="Fails", address="https://two.example.org/rss", error_count=2, last_error="no answer")
    page = desk.get(FEEDS)
    assert [feed.name for feed in page.context["cl"].result_list] == ["Fails", "Answers"]
    assert page.text.count('class="errornote"') == 1
    assert "icon-no" not in page.text


def test_feeds_are_switched_and_tried_in_their_list(desk):
    feed = Feed.objects.create(name="One", address="https://one.example.org/rss", enabled=False)
    sent = {"_selected_action": feed.pk}
    assert "Switched off, so not asked: One." in desk.post(FEEDS, {"action": "try_now", **sent}, follow=True).text
    desk.post(FEEDS, {"action": "switch_on", **sent})
    assert Feed.objects.get().enabled
    assert "Due now: 1." in desk.post(FEEDS, {"action": "try_now", **sent}, follow=True).text
    desk.post(FEEDS, {"action": "switch_off", **sent})
    assert Feed.objects.get().enabled is False
