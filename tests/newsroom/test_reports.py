"""A reader tells of an error: what is taken, what is refused, how often, and what is kept."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from peacetracker.core import visitors
from peacetracker.newsroom import tasks
from peacetracker.newsroom.models import Report
from peacetracker.newsroom.reporting import AN_HOUR, KEEP_CONTACT, page_of_this_site
from tests.factories import an_event

pytestmark = pytest.mark.django_db
FORM, THANKS = "/report/", "/report/thanks/"


def words(**changes):
    return {"page": "/events/2022-04-06-brussels/", "message": "The meeting was on 6 April.", **changes}


def test_it_keeps_a_report_and_says_what_happens_next(client):
    answer = client.post(FORM, words(source="https://example.org/a", contact="reader@example.org"), follow=True)
    assert answer.redirect_chain == [(THANKS, 302)]
    assert "What happens next" in answer.content.decode()
    kept = Report.objects.get()
    assert (kept.page, kept.state) == ("/events/2022-04-06-brussels/", "waiting")
    assert (kept.source, kept.contact) == ("https://example.org/a", "reader@example.org")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"page": "https://elsewhere.org/events/"}, "page"),
        ({"page": "//elsewhere.org/events/"}, "page"),
        ({"page": "/no-such-page/"}, "page"),
        ({"page": "/admin/"}, "page"),
        ({"page": "javascript:alert(1)"}, "page"),
        ({"page": "/" + "x" * 600}, "page"),
        ({"page": ""}, "page"),
        ({"message": "no"}, "message"),
        ({"message": "x" * 4001}, "message"),
        ({"message": "A NUL \x00 in the words."}, "message"),
        ({"source": "javascript:alert(1)"}, "source"),
        ({"source": "https://example.org/" + "x" * 1000}, "source"),
        ({"contact": "nobody"}, "contact"),
    ],
)
def test_it_says_beside_the_field_what_is_wrong_with_it(client, changes, field):
    answer = client.post(FORM, words(**changes))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("given", "page"),
    [
        ("/", "/"),
        ("/hy/events/2022-04-06-brussels/", "/hy/events/2022-04-06-brussels/"),
        ("/events/?kind=call&track=eu", "/events/?kind=call&track=eu"),
        ("http://testserver/timeline/", "/timeline/"),
    ],
)
def test_it_takes_any_public_page_of_this_site(given, page):
    assert page_of_this_site(given, "testserver") == page


def test_it_fills_in_the_page_that_the_reader_comes_from_and_no_other(client):
    an_event()
    text = client.get("/events/2022-04-06-brussels/").content.decode()
    assert 'href="/report/?page=%2Fevents%2F2022-04-06-brussels%2F"' in text
    assert client.get(FORM, {"page": "/events/"}).context["form"].initial == {"page": "/events/"}
    assert client.get(FORM, {"page": "//elsewhere.org"}).context["form"].initial == {"page": ""}


def test_it_thanks_a_machine_and_keeps_nothing(client):
    assert client.post(FORM, words(website="https://example.org")).status_code == 302
    assert not Report.objects.exists()


def test_it_takes_no_more_than_a_handful_an_hour_and_keeps_the_words_in_the_form(client, monkeypatch):
    monkeypatch.setattr(visitors, "time", SimpleNamespace(time=lambda: 1_700_000_000.0))  # the hour does not turn
    for _ in range(AN_HOUR):
        assert client.post(FORM, words()).status_code == 302
    answer = client.post(FORM, words(message="The sixth report of this hour."))
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert "The sixth report of this hour." in answer.content.decode()
    assert Report.objects.count() == AN_HOUR
    assert client.post(FORM, words(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_it_does_not_count_what_it_refused(client):
    for _ in range(AN_HOUR + 1):
        assert client.post(FORM, words(message="")).status_code == 400
    assert client.post(FORM, words()).status_code == 302


def test_it_wants_its_token_back(client):
    strict = type(client)(enforce_csrf_checks=True)
    answer = strict.post(FORM, words())
    assert answer.status_code == 403
    assert "The form was not accepted" in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("path", [FORM, THANKS])
def test_it_is_never_cached(client, path):
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer


def test_it_erases_an_address_when_the_report_was_handled_long_ago(db):
    old = timezone.now() - KEEP_CONTACT - timedelta(days=1)
    for state, changed in (("handled", old), ("aside", old), ("handled", timezone.now()), ("waiting", old)):
        report = Report.objects.create(page="/", message="x", contact="reader@example.org", state=state)
        Report.objects.filter(pk=report.pk).update(updated_at=changed)
    tasks.forget_bodies()
    kept = Report.objects.exclude(contact="").values_list("state", flat=True)
    assert sorted(kept) == ["handled", "waiting"]
    assert Report.objects.count() == 4
