"""Views for other sites: bare pages that may be framed, and how the full page gives them away."""

import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver

from peacetracker.dashboard.views.embed import VIEWS
from peacetracker.diplomacy.models import EventVersion, Proposal
from tests.factories import an_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return an_event()


def framable_by(answer):
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    return policy["frame-ancestors"], answer.get("X-Frame-Options")


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_it_lets_any_site_frame_the_bare_pages(client, event, view, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        answer = client.get(f"/embed/{view}/")
    assert answer.status_code == 200
    assert framable_by(answer) == ("*", None)
    text = answer.content.decode()
    assert "<table" in text or 'class="empty"' in text
    assert "masthead" not in text
    assert 'rel="canonical"' in text


def test_it_lets_no_site_frame_anything_else(client, event):
    patterns = [door.pattern for door in get_resolver("peacetracker.dashboard.urls").url_patterns]
    fixed = [str(pattern) for pattern in patterns if not pattern.converters]
    assert "timeline/" in fixed
    for path in ("", *fixed, "events/2022-04-06-brussels/", "admin/login/", "embed/nothing/", "report/"):
        answer = client.get(f"/{path}")
        assert framable_by(answer) == ("'none'", "DENY"), path


def test_it_keeps_the_question_from_page_to_frame_and_back(client, event):
    an_event(slug="2022-05-01-call", date="2022-05-01", kind="call")
    page = client.get("/timeline/", {"kind": "call", "utm_source": "letter"})
    frame = re.search(r'src="([^"]+)"', page.context["share"].frame)[1]
    framed = client.get(unescape(frame).removeprefix("http://testserver"))
    assert framed.context["shown"] == 1
    assert framed.context["canonical"] == "http://testserver/timeline/?kind=call"
    assert urlsplit(page.context["share"].api).path == "/api/v1/events/"
    assert unescape(page.content.decode()).count("<iframe") == 1


@pytest.mark.parametrize("path", ["/embed/timeline/?knid=call", "/embed/quarters/?kind=call"])
def test_it_names_a_parameter_that_a_bare_page_does_not_know(client, event, path):
    assert client.get(path).status_code == 400


def test_it_knows_only_its_own_views(client, event):
    assert client.get("/embed/nothing/").status_code == 404


LISTS = ("events", "calls", "meetings", "readouts", "proposals", "commitments", "leaders", "commissions")


@pytest.mark.parametrize("page", [*LISTS, "timeline", "map", "timeline/compare"])
def test_what_a_page_gives_away_leads_where_it_says(client, event, page):
    text = client.get(f"/{page}/", follow=True)
    box = text.context["share"]
    shown = unescape(text.content.decode())
    assert box.link in shown
    if box.api:
        assert box.api in shown
        assert client.get(box.api.removeprefix("http://testserver")).status_code == 200
    for name, href in box.files:
        assert f'<a href="{href}">{name}</a>' in shown
        assert client.get(href).status_code == 200


@pytest.mark.parametrize("page", LISTS)
def test_a_list_gives_code_whose_frame_leads_back_to_it(client, event, page):
    shown = client.get(f"/{page}/", {"utm_source": "letter"})
    frame = re.search(r'<iframe src="([^"]+)" title="([^"]+)"', unescape(shown.content.decode()))
    framed = client.get(unescape(frame[1]).removeprefix("http://testserver"))
    asked = {"calls": "events/?kind=call", "meetings": "events/?kind=meeting"}
    assert framed.context["canonical"] == f"http://testserver/{asked.get(page, f'{page}/')}"
    assert f'<h1 class="page-title">{frame[2]}' in shown.content.decode()


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("leaders/nikol-pashinyan", "leader=nikol-pashinyan"),
        ("parties/am", "party=AM"),
        ("places/brussels", "place=brussels"),
        ("topics/peace-treaty", "topic=peace-treaty"),
    ],
)
def test_a_noun_gives_away_its_events_as_the_list_has_them(client, event, page, asked):
    box = client.get(f"/{page}/").context["share"]
    assert box.link == f"http://testserver/events/?{asked}"
    frame = re.search(r'src="([^"]+)"', box.frame)[1]
    assert frame == f"http://testserver/embed/events/?{asked}"
    assert dict(box.files)["CSV"].endswith(f"format=csv&{asked}")
    assert client.get(frame.removeprefix("http://testserver")).context["shown"] == 1


@pytest.mark.parametrize("view", ["leaders", "proposals"])
def test_a_list_without_filters_is_framed_whole(client, event, view):
    Proposal.objects.create(slug="a-text", name="A text", kind="text", date=date(2022, 4, 6), date_precision="day")
    name = {"leaders": "Nikol Pashinyan", "proposals": "A text"}[view]
    assert name in client.get(f"/embed/{view}/").content.decode()
    assert client.get(f"/embed/{view}/?kind=call").status_code == 400


def test_the_grid_of_a_proposal_is_framed_and_leads_back_to_its_stands(client, event):
    Proposal.objects.create(slug="a-text", name="A text", kind="text", date=date(2022, 4, 6), date_precision="day")
    box = client.get("/proposals/a-text/").context["share"]
    assert box.link == "http://testserver/proposals/a-text/"
    frame = re.search(r'src="([^"]+)"', box.frame)[1].removeprefix("http://testserver")
    assert frame == "/embed/positions/?proposal=a-text"
    framed = client.get(frame)
    assert framed.context["canonical"] == box.link
    assert framed.context["stands_at"] == "/proposals/a-text/"
    assert "A text" in framed.content.decode()
    assert client.get(box.api.removeprefix("http://testserver")).status_code == 200
    assert client.get("/embed/positions/?proposal=no-such").status_code == 404
    for wrong in ("proposal=a-text&proposal=b", "kind=call"):
        assert client.get(f"/embed/positions/?{wrong}").status_code == 400


def test_the_list_of_calls_is_framed_as_one_of_calls(client, event):
    an_event(slug="2022-05-01-call", date="2022-05-01", kind="call")
    frame = re.search(r'src="([^"]+)"', client.get("/calls/").context["share"].frame)[1]
    framed = client.get(unescape(frame).removeprefix("http://testserver"))
    assert [one.slug for one in framed.context["rows"].events] == ["2022-05-01-call"]


def test_json_is_the_whole_view_or_says_that_it_is_not(client, event, monkeypatch):
    for n in range(60):
        an_event(slug=f"2022-06-{n:02}-call", date="2022-06-01", kind="call")
    box = client.get("/calls/").context["share"]
    files = dict(box.files)
    assert len(client.get(files["JSON"]).json()["results"]) == 60
    whole = client.get(files["JSON Lines"])
    assert len(b"".join(whole.streaming_content if whole.streaming else [whole.content]).splitlines()) == 60
    monkeypatch.setattr("peacetracker.dashboard.sharing.MOST", 50)
    assert "JSON, first 50" in dict(client.get("/calls/", {"before": "2023"}).context["share"].files)


def test_a_past_list_gives_away_the_record_of_that_day(client, event):
    day = EventVersion.objects.get().recorded_from.date().isoformat()
    box = client.get("/events/", {"as_of": day}).context["share"]
    assert f"as_of={day}" in box.link
    assert len(client.get(box.api.removeprefix("http://testserver")).json()["results"]) == 1
    assert not box.frame
