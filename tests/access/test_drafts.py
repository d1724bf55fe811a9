"""Drafts that come by a key: checked, once, into the queue under the sender's name, and nowhere else."""

import json
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from peacetracker.access import drafts as door
from peacetracker.access.drafts import EXAMPLE
from peacetracker.access.keys import make_key
from peacetracker.access.sent import SentDraftShape
from peacetracker.diplomacy.models import Event
from peacetracker.newsroom import accuracy, review, submitting
from peacetracker.newsroom.articles import store_articles
from peacetracker.newsroom.models import Article, Draft, Submission
from tests.factories import a_world, an_event

ADDRESS = "/api/v1/drafts/"


@pytest.fixture
def world(db):
    a_world()


@pytest.fixture
def token(world):
    return make_key(name="Caucasus Coders", scopes=["drafts"])[1]


@pytest.fixture
def editor(world):
    return get_user_model().objects.create_superuser("editor")


def send(body=EXAMPLE, *, token="", kind="application/json", **headers):
    sent = {"Authorization": f"Bearer {token}"} if token else {}
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = Client().post(ADDRESS, text, content_type=kind, headers={**sent, **names})
    return SimpleNamespace(status=answer.status_code, headers=answer.headers, data=json.loads(answer.content))


def changed(**values):
    return {**EXAMPLE, **values}


def source(**values):
    return {**EXAMPLE["sources"][0], **values}


def test_it_puts_a_draft_into_the_queue_under_the_name_of_the_key(token):
    event = an_event()
    answer = send(token=token)
    assert (answer.status, answer.data["state"]) == (201, "waiting")
    assert answer.data["likely_event"]["slug"] == event.slug
    draft = Draft.objects.waiting().get()
    assert (draft.submitted_by, draft.likely_event) == ("Caucasus Coders", event)
    assert draft.evidence == EXAMPLE["sources"][0]["quote"]
    assert [one.article.url for one in draft.sources.all()] == [EXAMPLE["sources"][0]["url"]]
    assert answer.headers["Location"] == answer.data["url"]


def test_an_approved_draft_is_an_event_with_its_source(token, editor):
    send(token=token)
    event = review.approve(Draft.objects.get(), by=editor)
    assert [part.leader.slug for part in event.participations.order_by("pk")] == [
        "charles-michel", "ilham-aliyev", "nikol-pashinyan",
    ]  # fmt: skip
    assert event.citations.get().source.url == EXAMPLE["sources"][0]["url"]


def test_it_shows_at_the_desk_with_sender_sources_and_quote(token, editor):
    event = an_event(title="The talks of April")
    answer = send(token=token)
    browser = Client()
    browser.force_login(editor)
    assert "Caucasus Coders" in browser.get(reverse("admin:newsroom_draft_changelist")).content.decode()
    page = browser.get(reverse("admin:newsroom_draft_change", args=[answer.data["id"]])).content.decode()
    for words in ("Caucasus Coders", source()["quote"], source()["url"], event.title):
        assert words in page
    only = browser.get(reverse("admin:newsroom_draft_changelist") + "?sent=yes").content.decode()
    assert "Leaders meet in Brussels" in only
    assert "Leaders meet in Brussels" not in (
        browser.get(reverse("admin:newsroom_draft_changelist") + "?sent=no").content.decode()
    )


@pytest.mark.parametrize(
    ("body", "field", "known"),
    [
        (changed(kind="chat"), "kind", "meeting"),
        (changed(date="6 April"), "date", "YYYY-MM"),
        (changed(participants=[{"leader": "nikol-pashinian"}]), "participants[0].leader", "nikol-pashinyan"),
        (changed(participants=[{"role": "host"}]), "participants[0]", None),
        (changed(participants=[{"leader": "ilham-aliyev", "role": "guest"}]), "participants[0].role", "mediator"),
        (changed(topics=["peace-treaty", "peace-treety"]), "topics[1]", "peace-treaty"),
        (changed(place="bruxelles"), "place", "brussels"),
        (changed(sources=[]), "sources", None),
        (changed(sources=[source(), source(url="council")]), "sources[1].url", None),
        (changed(sources=[{**source(), "quote": ""}]), "sources[0].quote", None),
        (changed(titel="Talks"), "titel", "title"),
        (changed(sources=[source(tilte="x")]), "sources[0].tilte", "title"),
        (changed(title="x" * 201), "title", None),
        (changed(title=2022), "title", None),
        (changed(sources=[source(lang=5)]), "sources[0].lang", None),
        ({"kind": "meeting"}, "date", "YYYY"),
        ([EXAMPLE], "body", None),
    ],
)
def test_it_names_the_field_what_is_wrong_and_what_would_be_understood(token, body, field, known):
    answer = send(body, token=token)
    assert (answer.status, answer.headers["Content-Type"]) == (422, "application/problem+json")
    fault = next(one for one in answer.data["errors"] if one["field"] == field)
    assert fault["detail"]
    assert answer.data["parameter"] == answer.data["errors"][0]["field"]
    assert known is None or known in fault["known"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        (b'{"kind": "\xff"}', "application/json", 400),
        ("kind=meeting", "application/x-www-form-urlencoded", 415),
        (json.dumps(changed(summary="x" * door.MOST_BYTES)), "application/json", 413),
    ],
)
def test_it_takes_json_of_a_bounded_size_alone(token, body, kind, status):
    assert send(body, token=token, kind=kind).status == status
    assert not Draft.objects.exists()


def test_it_needs_a_key_with_the_scope_and_says_so(world):
    _key, reading = make_key(name="Reader", scopes=["read"])
    nobody, reader, stranger = send(), send(token=reading), send(token="pt_" + "x" * 43)
    assert [nobody.status, reader.status, stranger.status] == [401, 403, 401]
    assert "drafts" in nobody.data["detail"]
    assert nobody.headers["WWW-Authenticate"].startswith("Bearer")
    assert "drafts" in reader.data["detail"]
    assert not Draft.objects.exists()


def test_the_same_call_sent_twice_makes_one_draft_and_has_one_answer(token, editor):
    first = send(token=token, idempotency_key="a1")
    review.reject(Draft.objects.get(), reason="No.", by=editor)
    an_event()
    again = send(dict(reversed(EXAMPLE.items())), token=token, idempotency_key="a1")
    assert (again.status, again.data) == (first.status, first.data)
    assert Draft.objects.count() == 1


def test_another_call_by_the_same_name_is_refused(token):
    send(token=token, idempotency_key="a1")
    answer = send(changed(title="Other talks"), token=token, idempotency_key="a1")
    assert (answer.status, answer.data["parameter"]) == (409, "Idempotency-Key")
    assert Draft.objects.count() == 1


def test_a_name_for_a_call_belongs_to_its_key(token):
    send(token=token, idempotency_key="a1")
    other = make_key(name="Others", scopes=["drafts"])[1]
    assert send(token=other, idempotency_key="a1").status == 201
    assert sorted(Draft.objects.values_list("submitted_by", flat=True)) == ["Caucasus Coders", "Others"]
    assert Article.objects.count() == 1


def test_a_call_that_was_wrong_can_be_mended_under_the_same_name(token):
    assert send(changed(kind="chat"), token=token, idempotency_key="a1").status == 422
    assert send(token=token, idempotency_key="a1").status == 201


@pytest.mark.parametrize("name", ["", "x" * 201, "a\tb"])
def test_it_refuses_a_name_for_a_call_that_is_none(token, name):
    assert send(token=token, idempotency_key=name).status == 400


def test_the_same_story_of_the_same_key_waits_once(token):
    first = send(token=token)
    again = send(changed(summary="Once more."), token=token)
    assert (again.status, again.data["draft"]) == (409, first.data["id"])


def test_it_keeps_the_queue_from_being_buried(token, monkeypatch):
    monkeypatch.setattr(submitting, "MOST_WAITING", 1)
    send(token=token)
    answer = send(changed(date="2022-04"), token=token)
    assert answer.status == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_a_feed_that_brings_the_page_later_still_brings_its_text(token):
    send(token=token)
    page = submitting.Found(key=submitting.article_key(source()["url"], ""), text="All of it.", url=source()["url"])
    assert len(store_articles([page])) == 1


def test_a_person_whom_the_record_does_not_know_waits_for_an_editor(token):
    answer = send(changed(participants=[{"name": "Francisco Bustillo"}], place=None, place_name="Vienna"), token=token)
    assert answer.data["unknown_people"] == ["Francisco Bustillo"]
    assert Draft.objects.get().place_name == "Vienna"


@pytest.mark.parametrize(
    ("told", "day", "precision"),
    [("2022", "2022-01-01", "year"), ("2022-04", "2022-04-01", "month"), (None, "None", "unknown")],
)
def test_it_takes_a_date_as_far_as_it_is_known(token, told, day, precision):
    send(changed(date=told), token=token)
    draft = Draft.objects.get()
    assert (str(draft.date), draft.date_precision) == (day, precision)


def test_the_sender_alone_sees_what_became_of_it(token, editor):
    address = send(token=token).data["url"]
    other = make_key(name="Others", scopes=["drafts"])[1]
    ask = lambda token: Client().get(address, headers={"Authorization": f"Bearer {token}"} if token else {})  # noqa: E731
    assert ask(token).json()["state"] == "waiting"
    assert [ask("").status_code, ask(other).status_code] == [401, 404]
    review.reject(Draft.objects.get(), reason="The page says May.", by=editor)
    answer = ask(token)
    assert (answer.json()["state"], answer.json()["reason"]) == ("rejected", "The page says May.")
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_sender_learns_which_event_it_became(token, editor):
    address = send(token=token).data["url"]
    event = review.approve(Draft.objects.get(), by=editor)
    answer = Client().get(address, headers={"Authorization": f"Bearer {token}"}).json()
    assert (answer["state"], answer["event"]) == ("approved", event.slug)


def test_an_address_without_its_slash_takes_nothing_and_says_why(token):
    answer = Client().post(ADDRESS.rstrip("/"), json.dumps(EXAMPLE), content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert ADDRESS in answer.json()["detail"]


def test_nothing_is_read_from_it_without_a_key(token):
    send(token=token)
    for method in ("get", "put", "patch", "delete"):
        answer = getattr(Client(), method)(ADDRESS)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")
    assert Client().options(ADDRESS).headers["Allow"] == "POST, OPTIONS"


def test_the_accuracy_of_the_extraction_does_not_count_it(token, editor):
    send(token=token)
    review.approve(Draft.objects.get(), by=editor)
    assert accuracy.accuracy().total.total == 0


def test_taking_back_an_approval_leaves_it_with_its_sender(token, editor):
    send(token=token)
    draft = Draft.objects.get()
    review.approve(draft, by=editor)
    review.undo(draft, by=editor)
    assert not Event.objects.exists()
    assert Submission.objects.get().draft.is_waiting


def test_the_guide_sends_what_is_understood(token):
    guide = (settings.BASE_DIR / "docs" / "api.md").read_text()
    body = guide.split("-d '")[1].split("}'")[0] + "}"
    assert send(body, token=token).status == 201
    for name in SentDraftShape().fields:
        assert f"`{name}`" in guide
