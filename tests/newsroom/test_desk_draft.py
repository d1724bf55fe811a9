"""The page of one draft, and each act on it as an editor's browser sends it."""

import json
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from peacetracker.core.models import User
from peacetracker.diplomacy import record
from peacetracker.diplomacy.models import Event, Leader
from peacetracker.newsroom import review
from peacetracker.newsroom.groups import READERS
from peacetracker.newsroom.models import Article, Decision, Draft
from tests.factories import an_event
from tests.newsroom.conftest import an_editor
from tests.newsroom.desks import QUEUE, STRANGERS, a_draft, address, as_shown, send, state

pytestmark = pytest.mark.usefixtures("world")


def fresh(draft):
    return Draft.objects.get(pk=draft.pk)


def test_it_shows_the_text_with_its_numbered_sentence_and_the_fields_that_rest_on_it(desk):
    page = desk.get(address(a_draft())).content.decode()
    assert '<mark data-ev="1" id="ev-1">On April 9, Russian President' in page
    assert page.count('data-ev-link="1"') >= 2


def test_it_shows_a_hostile_article_as_text(desk):
    draft = a_draft(text="<script>alert(1)</script> On April 9.", title="<img src=x onerror=alert(1)>")
    page = desk.get(address(draft)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_it_approves_as_it_stands_and_opens_the_next(desk):
    first, second = a_draft(confidence=0.9), a_draft(confidence=0.8)
    page = send(desk, first, "approve")
    assert state(first) == "approved"
    assert page.redirect_chain[-1][0] == address(second)
    assert f'formaction="{reverse("admin:newsroom_draft_undo", args=[first.pk])}"' in page.content.decode()
    assert fresh(first).participants == first.participants
    assert not LogEntry.objects.exists()


def test_it_saves_and_approves_in_one_act(desk):
    draft = a_draft()
    send(desk, draft, "approve", title="Mended", date="2022-04", place="moscow", topics=["peace-treaty"])
    event = Event.objects.get()
    assert (event.title, event.date_precision, event.place.slug) == ("Mended", "month", "moscow")
    assert [topic.slug for topic in event.topics.all()] == ["peace-treaty"]
    assert Decision.objects.get().act == "approve"


def test_it_keeps_what_was_read_before_an_edit(desk):
    draft = a_draft()
    send(desk, draft, "save", title="Mended", date="2022")
    entry = LogEntry.objects.get()
    changed = json.loads(entry.change_message)[0]["changed"]
    assert changed["before"] == {"date": "2022-04-09", "date_precision": "day", "title": draft.title}
    assert entry.user.username == "anna"


def test_it_keeps_an_edit_for_later_and_opens_the_next(desk):
    first, second = a_draft(confidence=0.9), a_draft(confidence=0.8)
    page = send(desk, first, "later", summary="Two\r\nlines.")
    assert fresh(first).summary == "Two\nlines."
    assert state(first) == "waiting"
    assert page.redirect_chain[-1][0] == address(second)
    assert send(desk, second, "later").redirect_chain[-1][0] == address(first)


def test_it_goes_back_to_the_list_after_the_last(desk):
    page = send(desk, a_draft(), "reject", reason="Old.")
    assert page.redirect_chain[-1][0] == QUEUE
    assert "The queue is empty" in page.content.decode()


def test_it_walks_the_queue_as_it_was_filtered(desk):
    low, high, other = (a_draft(confidence=sure) for sure in (0.4, 0.5, 0.9))
    query = "?_changelist_filters=sure%3Dlow"
    page = desk.get(address(high, query))
    assert page.context["queue"].pks == (high.pk, low.pk)
    assert page.context["queue"].position == 1
    assert other.pk not in page.context["queue"].pks
    assert send(desk, high, "later", query=query).redirect_chain[-1][0] == address(low, query)


@pytest.mark.parametrize("query", ["?_changelist_filters=nonsense%3D1", "?_changelist_filters=state%3Drejected"])
def test_it_walks_all_that_wait_when_the_filter_says_nothing_of_it(desk, query):
    draft = a_draft()
    assert desk.get(address(draft, query)).context["queue"].pks == (draft.pk,)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"date": ""}, "at least a year"),
        ({"date": "April"}, "is not a date"),
        ({"date": "0022"}, "can&#x27;t be meant"),
        ({"title": ""}, "This field is required"),
        ({"people-1-person": "vladimir-putin"}, "another row already"),
        ({"place": "atlantis"}, "Select a valid choice"),
    ],
)
def test_it_says_at_the_field_what_is_wrong_and_keeps_the_rest(desk, changes, where):
    draft = a_draft()
    page = send(desk, draft, "approve", summary="My own words.", **changes)
    assert where in page.content.decode()
    assert "My own words." in page.content.decode()
    assert state(draft) == "waiting"
    assert fresh(draft).summary == draft.summary


def test_it_points_at_the_row_of_an_unknown_person(desk):
    draft = a_draft(participants=STRANGERS)
    page = send(desk, draft, "approve")
    rows = page.context["mending"].people.forms
    assert [bool(form.errors) for form in rows] == [False, True, False]
    assert "Francisco Bustillo" in page.content.decode()


def test_it_finds_an_unknown_person_whom_the_editor_has_added_meanwhile(desk):
    draft = a_draft(participants=STRANGERS)
    Leader.objects.create(slug="francisco-bustillo", name="Francisco Bustillo")
    send(desk, draft, "approve", **{"people-2-DELETE": "on"})
    assert [part.leader.slug for part in Event.objects.get().participations.all()][:2] == [
        "ararat-mirzoyan", "francisco-bustillo",
    ]  # fmt: skip


def test_it_resolves_an_unknown_person_and_learns_the_spelling(desk):
    draft = a_draft(participants=STRANGERS)
    send(desk, draft, "approve", **{"people-1-person": "jeyhun-bayramov", "people-1-spelling": "on"})
    event = Event.objects.get()
    assert [part.leader.slug for part in event.participations.all()] == ["ararat-mirzoyan", "jeyhun-bayramov"]
    leader = Leader.objects.get(slug="jeyhun-bayramov")
    assert leader.aliases == ["Francisco Bustillo"]
    assert "francisco bustillo" in leader.search_text


def test_it_adds_a_person_changes_a_role_and_takes_one_out(desk):
    draft = a_draft()
    rows = {"people-0-role": "initiator", "people-1-DELETE": "on", "people-2-person": "ilham-aliyev"}
    send(desk, draft, "save", **rows)
    people = fresh(draft).participants
    assert [(one["slug"], one["name"], one["role"]) for one in people] == [
        ("vladimir-putin", "Vladimir Putin", "initiator"),
        ("ilham-aliyev", "Ilham Aliyev", "participant"),
    ]
    assert people[0]["evidence"] == draft.participants[0]["evidence"]


def test_it_takes_an_address_for_an_article_that_came_without(desk):
    draft = a_draft(url="")
    article = Article.objects.get(drafts__draft=draft)
    assert "needs a source" in send(desk, draft, "approve").content.decode()
    send(desk, draft, "approve", **{f"article-{article.pk}-url": "https://Example.org/told?utm_source=x"})
    assert Event.objects.get().citations.get().source.url == "https://example.org/told"
    article.refresh_from_db()
    assert article.url == "https://example.org/told"


def test_it_shows_what_an_event_shares_and_what_merging_adds(desk):
    event = an_event(kind="call", date="2022-04-09", place=None)
    draft = a_draft(likely_event=event)
    (twin,) = desk.get(address(draft)).context["twins"]
    assert (twin.likely, twin.same_day, twin.shared) == (True, True, ["Nikol Pashinyan"])
    assert (twin.only_here, twin.only_there) == (["Vladimir Putin"], ["Charles Michel", "Ilham Aliyev"])
    assert twin.adds == ["Unknown publisher (independent)"]
    assert not twin.fits


def test_it_merges_into_the_event_chosen(desk):
    event = an_event()
    draft = a_draft()
    send(desk, draft, f"merge:{event.slug}")
    assert state(draft) == "merged"
    assert event.citations.count() == 2


def test_it_merges_into_an_event_named_by_its_address(desk):
    event = an_event()
    draft = a_draft()
    page = send(desk, draft, "merge", other_event="https://example.org/events/nothing/")
    assert "Name the event" in page.content.decode()
    send(desk, draft, "merge", other_event=f"https://example.org{event.get_absolute_url()}")
    assert state(draft) == "merged"


def test_it_rejects_with_a_reason_only_and_keeps_what_was_typed(desk):
    draft = a_draft()
    page = send(desk, draft, "reject", summary="Typed already.").content.decode()
    assert "Say why" in page
    assert "Typed already." in page
    send(desk, draft, "reject", reason="Old.")
    assert Decision.objects.get().reason == "Old."


def test_it_takes_an_act_back_and_opens_the_draft_again(desk):
    draft = a_draft()
    send(desk, draft, "approve")
    undo = reverse("admin:newsroom_draft_undo", args=[draft.pk])
    page = desk.post(undo, follow=True)
    assert page.redirect_chain[-1][0] == address(draft)
    assert state(draft) == "waiting"
    assert not Event.objects.exists()
    assert "no decision to take back" in desk.post(undo, follow=True).content.decode()
    assert desk.get(undo).status_code == 405


def test_it_tells_the_second_editor_what_the_first_decided(desk):
    draft = a_draft()
    page = desk.get(address(draft))
    review.reject(draft, reason="Old.", by=an_editor("berta"))
    told = send(desk, draft, "approve", page=page, summary="Typed by Anna.").content.decode()
    assert "berta decided on this draft" in told
    assert "Typed by Anna." in told
    assert state(draft) == "rejected"
    assert not Event.objects.exists()


def test_it_lets_the_second_editor_undo_and_go_on_with_what_she_typed(desk):
    draft = a_draft()
    page = desk.get(address(draft))
    review.reject(draft, reason="Old.", by=an_editor("berta"))
    told = send(desk, draft, "approve", page=page, summary="Typed by Anna.")
    undo = reverse("admin:newsroom_draft_undo", args=[draft.pk])
    again = desk.post(undo, as_shown(told))
    assert f'action="{address(draft)}"' in again.content.decode()
    send(desk, draft, "approve", page=again)
    assert Event.objects.get().summary == "Typed by Anna."


def test_it_treats_a_person_who_left_the_record_as_unknown(desk):
    draft = a_draft()
    Leader.objects.filter(slug="vladimir-putin").update(visibility="withdrawn", reason="Doubtful.")
    record.bump()
    assert "Vladimir Putin" in send(desk, draft, "approve").content.decode()
    assert state(draft) == "waiting"


def test_it_tells_the_second_editor_what_the_first_changed_and_lets_her_go_on(desk, client):
    draft = a_draft()
    page = desk.get(address(draft))
    client.force_login(an_editor("berta"))
    send(client, draft, "save", title="Berta's title")
    client.force_login(User.objects.get(username="anna"))
    told = send(client, draft, "approve", page=page, summary="Typed by Anna.")
    words = told.content.decode()
    assert "changed while you had it open" in words
    assert "Last saved by berta" in words
    assert "Title is now: Berta&#x27;s title" in words
    assert state(draft) == "waiting"
    send(client, draft, "approve", page=told)
    assert Event.objects.get().summary == "Typed by Anna."


def test_it_opens_a_decided_draft_to_be_read(desk):
    draft = a_draft()
    send(desk, draft, "reject", reason="An older call.")
    page = desk.get(address(draft)).content.decode()
    assert "An older call." in page
    assert "anna" in page
    assert "Undo" in page
    assert 'name="title"' not in page


def test_it_lets_readers_read(client):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.groups.add(Group.objects.get(name=READERS))
    client.force_login(reader)
    draft = a_draft()
    page = client.get(address(draft))
    assert 'name="act"' not in page.content.decode()
    assert send(client, draft, "approve", page=page).status_code == 403
    assert client.post(reverse("admin:newsroom_draft_undo", args=[draft.pk])).status_code == 403
    assert state(draft) == "waiting"


@pytest.mark.parametrize("pk", ["0", "nonsense"])
def test_it_answers_404_for_no_draft(desk, pk):
    assert desk.get(f"{QUEUE}{pk}/change/").status_code == 404


@pytest.mark.parametrize("act", ["", "explode", "merge:nothing"])
def test_it_refuses_an_act_that_there_is_not(desk, act):
    draft = a_draft()
    assert send(desk, draft, act).status_code == 200
    assert state(draft) == "waiting"


def test_it_asks_the_database_as_often_for_a_long_draft(desk, django_assert_max_num_queries):
    event = an_event()
    for n in range(4):
        an_event(slug=f"2022-04-09-{n}", date="2022-04-09")
    people = [{"slug": None, "name": f"Person {n}", "role": "participant"} for n in range(9)]
    draft = a_draft(likely_event=event, participants=[*a_draft().participants, *people], date=date(2022, 4, 9))
    desk.get(address(draft))
    with django_assert_max_num_queries(16):
        desk.get(address(draft, "?_changelist_filters=sure%3Dlow"))
