"""Public pages: what they answer, how many queries they cost, and what they never show."""

import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from peacetracker.diplomacy import merging
from peacetracker.diplomacy.models import Party
from peacetracker.diplomacy.record import Author
from tests.factories import a_withdrawn_event, an_event

pytestmark = pytest.mark.django_db
PAGES = (
    "/", "/timeline/", "/timeline/figure.json", "/quarters/figure.json", "/events/", "/calls/", "/meetings/",
    "/events/2022-04-06-brussels/", "/events/2022-04-06-brussels/history/", "/leaders/", "/leaders/ilham-aliyev/",
    "/proposals/", "/proposals/five-principles-azerbaijan/",
)  # fmt: skip


@pytest.fixture
def event():
    return an_event()


@pytest.mark.parametrize("path", PAGES)
def test_it_answers_within_fifteen_queries_whatever_the_number_of_rows(
    client, event, path, django_assert_max_num_queries
):
    for n in range(12):
        an_event(slug=f"2022-05-0{n % 9 + 1}-meeting-{n}", date=f"2022-05-0{n % 9 + 1}", title=f"Meeting {n}")
    cache.clear()
    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [path for path in PAGES if not path.endswith(".json")])
def test_it_keeps_style_and_script_out_of_its_markup(client, event, path):
    text = client.get(path).content.decode()
    assert not re.search(r"<[a-z]+[^>]*\sstyle=|<[a-z]+[^>]*\son[a-z]+=|<style|<script>", text)


def test_it_answers_304_before_counting_and_anew_after_a_change(client, event, django_assert_max_num_queries):
    etag = client.get("/events/")["ETag"]
    with django_assert_max_num_queries(1):
        answer = client.get("/events/", headers={"If-None-Match": f"W/{etag}"})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    for another in ("/ru/events/", "/events/?kind=call", "/calls/"):
        assert client.get(another, headers={"If-None-Match": etag}).status_code == 200
    an_event(slug="2022-05-01-another", date="2022-05-01")
    assert client.get("/events/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", ["/events/", "/timeline/", "/timeline/figure.json", "/calls/"])
def test_it_names_a_parameter_that_it_does_not_know(client, event, path):
    answer = client.get(path, {"knid": "call"})
    assert answer.status_code == 400
    assert "knid" in answer.content.decode()
    assert "ETag" not in answer


def test_it_names_in_words_what_is_asked_for(client, event):
    Party.objects.filter(code="AZ").update(name_native={"ru": "Азербайджан"})
    asked = {"joint": "true", "track": "eu", "party": "az", "after": "2022-04"}
    chosen = client.get("/ru/events/", asked).context["chosen"]
    assert {one.name: one.value for one in chosen} == {
        "joint": "Обе стороны", "track": "ЕС", "party": "Азербайджан", "after": "2022-04",
    }  # fmt: skip


def test_it_forgives_what_mailers_add_to_a_link(client, event):
    assert client.get("/events/", {"utm_source": "letter", "fbclid": "1"}).status_code == 200


def test_it_refuses_a_place_in_the_list_that_it_never_handed_out(client, event):
    assert client.get("/events/", {"cursor": "nonsense"}).status_code == 400


def test_it_says_why_an_event_is_gone_and_shows_it_nowhere(client):
    gone = a_withdrawn_event()
    answer = client.get(reverse("dashboard:event", args=[gone.slug]))
    assert answer.status_code == 410
    assert gone.reason in answer.content.decode()
    assert gone.title not in client.get("/events/").content.decode()


def test_it_sends_a_merged_event_to_its_heir(client, event):
    other = an_event(slug="2022-04-06-twin")
    merging.merge(other, event, reason="The same meeting.", author=Author())
    answer = client.get("/events/2022-04-06-twin/")
    assert (answer.status_code, answer["Location"]) == (301, "/events/2022-04-06-brussels/")


def test_it_helps_who_asks_for_an_event_that_is_not_there(client, event):
    answer = client.get("/events/2022-04-06-brusels/")
    assert answer.status_code == 404
    assert "/search/?q=brusels" in answer.content.decode()


def test_it_says_no_more_of_a_date_than_is_known(client):
    an_event(date="2022-04-01", date_precision="month")
    text = client.get("/events/2022-04-06-brussels/").content.decode()
    assert "April 2022" in text
    assert "1 April 2022" not in text
    structured = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert json.loads(structured[1])["startDate"] == "2022-04"


def test_it_does_not_claim_that_a_scheduled_event_was_held(client, event):
    an_event(slug="2022-03-01-planned", date="2022-03-01", status="scheduled")
    assert "not known whether held" in client.get("/events/2022-03-01-planned/").content.decode()


def test_it_escapes_what_the_record_says(client):
    an_event(title="<script>alert(1)</script>", summary="</script><b>x")
    text = client.get("/events/2022-04-06-brussels/").content.decode()
    assert "<script>alert(1)" not in text
    assert "</script><b>" not in text


def test_it_walks_a_list_without_losing_or_doubling_a_row(client, event, monkeypatch):
    monkeypatch.setattr("peacetracker.dashboard.listing.rows.__defaults__", (2,))
    for n in range(4):
        an_event(slug=f"2022-04-06-same-day-{n}")
    seen, path = [], "/events/"
    while path:
        rows = client.get(path).context["rows"]
        seen += [row.slug for row in rows.events]
        path = rows.following
    assert len(seen) == len(set(seen)) == 5


def test_it_shows_the_panel_of_an_event_alone(client, event):
    text = client.get("/events/2022-04-06-brussels/", {"fragment": "panel"}).content.decode()
    assert "<html" not in text
    assert event.title in text


def test_it_tells_crawlers_of_public_events_alone(client, event):
    gone = a_withdrawn_event(slug="2022-07-01-gone", date="2022-07-01")
    assert "/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "/sitemap-events.xml" in client.get("/sitemap.xml").content.decode()
    listed = client.get("/sitemap-events.xml").content.decode()
    assert event.slug in listed
    assert gone.slug not in listed
