"""Views for other sites: bare pages that may be framed, and how the full page gives them away."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver

from peacetracker.dashboard.views.embed import VIEWS
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
    assert "<table" in text
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
