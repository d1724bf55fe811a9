"""Revalidating, counting requests, and being read from other sites."""

import pytest
from django.test import RequestFactory

from peacetracker.api import throttling
from peacetracker.core.cache import bump
from peacetracker.core.visitors import client_address
from peacetracker.diplomacy.models import Leader
from tests.factories import a_source, an_event

READS = ["events/", "events/2022-04-06-brussels/", "leaders/", "stats/", "network/", "timeline/", "schema/", ""]


@pytest.mark.parametrize("address", READS)
def test_it_answers_unchanged_until_the_record_changes(ask, small_record, address, django_assert_num_queries):
    first = ask(address)
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    with django_assert_num_queries(1):
        again = ask(address, if_none_match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    an_event(slug="2025-02-02-new", date="2025-02-02", sources=[a_source(31)])
    assert ask(address, if_none_match=first.headers["ETag"]).status == 200


@pytest.mark.parametrize("query", ["", "?leader=ilham-aliyev", "?kind=call&limit=2", "?before=1950"])
def test_it_reads_the_record_as_it_is_now_whatever_it_read_last(ask, small_record, query):
    address = f"events/{query}"
    before = ask(address)
    assert ask(address).headers["ETag"] == before.headers["ETag"]
    old = an_event(slug="1949-02-02-old", date="1949-02-02", kind="call", sources=[a_source(31)])
    new = an_event(slug="2025-02-02-new", date="2025-02-02", kind="call", sources=[a_source(32)])
    after = ask(address)
    assert after.headers["ETag"] != before.headers["ETag"]
    assert {one["slug"] for one in after.data["results"]} & {old.slug, new.slug}
    fresh = ask(address, if_none_match='"of another answer"')
    assert (fresh.body, fresh.headers["ETag"]) == (after.body, after.headers["ETag"])


def test_it_knows_a_person_by_the_name_of_now(ask, small_record):
    assert ask("events/?leader=nikol-pashinyan").status == 200
    assert ask("events/?leader=pashinyan").status == 400
    Leader.objects.filter(slug="nikol-pashinyan").update(slug="pashinyan")
    bump()
    assert ask("events/?leader=pashinyan").status == 200
    assert ask("events/?leader=nikol-pashinyan").status == 400


def test_it_has_one_tag_for_one_question_and_another_for_another(ask, small_record):
    tag = ask("events/?kind=call&limit=5").headers["ETag"]
    assert ask("events/?limit=5&kind=call").headers["ETag"] == tag
    assert ask("events/?limit=6&kind=call").headers["ETag"] != tag
    assert ask("events/?limit=5&kind=call&format=csv").headers["ETag"] != tag
    assert ask("events/?kind=call&limit=5", accept="text/csv").headers["ETag"] != tag


def test_it_knows_when_the_record_last_changed(ask, small_record):
    first = ask("events/")
    assert ask("events/", if_modified_since=first.headers["Last-Modified"]).status == 304
    assert ask("events/", if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert ask("events/?nonsense=1", if_modified_since=first.headers["Last-Modified"]).status == 400
    assert ask("events/none/", if_none_match="*").status == 404
    assert ask("events/", if_unmodified_since="Mon, 01 Jan 2001 00:00:00 GMT").data["status"] == 412


def test_it_may_be_read_from_any_site(ask, small_record):
    for address in ("events/", "events/?nonsense=1", "nothing/"):
        answer = ask(address, origin="https://elsewhere.example")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    preflight = ask("events/", method="options", origin="https://elsewhere.example")
    assert preflight.status == 204
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("address", ["events/", "events/?format=csv", "events/2022-04-06-brussels/"])
def test_it_answers_head_without_a_body(ask, small_record, address):
    whole, head = ask(address), ask(address, method="head")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml", "application/json"),
        ("image/png", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/atom+xml", "application/atom+xml; charset=utf-8"),
        ("*/*", "application/json"),
    ],
)
def test_it_gives_json_to_whoever_asks_for_something_unknown(ask, small_record, accept, kind):
    answer = ask("events/", accept=accept)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert "Accept" in answer.headers["Vary"]


def test_it_refuses_the_request_after_the_last_allowed_one(ask, small_record, settings):
    settings.API_ANON_RATE = "3/day"
    left = [ask("events/").headers["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    refused = ask("events/")
    assert (refused.status, refused.data["status"]) == (429, 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 86400
    assert refused.headers["RateLimit-Limit"] == "3"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert ask("events/?format=csv").status == 200
    assert ask("docs/").status == 200


def test_it_counts_nobody_where_no_limit_is_set(ask, small_record):
    assert "RateLimit-Limit" not in ask("events/").headers


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("2001:db8::5", "", "2001:db8::/64"),
    ],
)
def test_it_believes_only_trusted_proxies_about_who_asks(settings, peer, forwarded, address):
    import ipaddress

    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("rate", "meant"), [("60/min", (60, 60)), ("5/s", (5, 1)), ("9/hour", (9, 3600)), ("0", None), (None, None)]
)
def test_it_reads_a_rate(rate, meant):
    assert throttling.parse_rate(rate) == meant
