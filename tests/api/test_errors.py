"""Errors say in JSON what is wrong and what would be right."""

import pytest

from peacetracker.api import views
from peacetracker.api.resources import RESOURCES
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.record import Author


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("events/?knd=call", "knd"),
        ("events/?kind=chat", "kind"),
        ("events/?leader=nobody", "leader"),
        ("events/?after=2022-13-01", "after"),
        ("events/?after=2022&after=2023", "after"),
        ("events/?limit=0", "limit"),
        ("events/?limit=1001", "limit"),
        ("events/?limit=ten", "limit"),
        ("events/?cursor=garbage!", "cursor"),
        ("events/?cursor=nabc", "cursor"),
        ("events/?count=yes", "count"),
        ("events/?format=xml", "format"),
        ("events/?fields=slug,nonsense", "fields"),
        ("events/?modified_since=yesterday", "modified_since"),
        ("events/?ordering=title", "ordering"),
        ("events/?q=%00", "q"),
        ("events/?kind=", "kind"),
        ("events/?before=2022-00", "before"),
        ("schema/?format=xml", "format"),
        ("schema/?lang=ru", "lang"),
        ("leaders/?party=%20", "party"),
        ("events/?utm_source=x", "utm_source"),
        ("events/2022-04-06-brussels/?kind=call", "kind"),
        ("leaders/?kind=call", "kind"),
        ("leaders/?party=XX", "party"),
        ("positions/?stance=maybe", "stance"),
        ("positions/?after=soon", "after"),
        ("sources/?side=XX", "side"),
        ("stats/?limit=1", "limit"),
        ("network/?of=places", "of"),
        ("timeline/?fields=slug", "fields"),
        ("resolve/?date=2018-05-32", "date"),
        ("?page=2", "page"),
    ],
)
def test_it_names_the_wrong_parameter_and_the_known_ones(ask, small_record, address, parameter):
    answer = ask(address)
    assert answer.status == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.data["parameter"] == parameter
    assert {"type", "title", "status", "detail", "known"} <= set(answer.data)
    assert "ETag" not in answer.headers


def test_it_says_that_a_day_can_be_given_once_only(ask, small_record):
    assert ask("events/?after=2022&after=2023").data["detail"] == "after can be given once only."


@pytest.mark.parametrize("address", ["nothing/", "events/no-such-event/", "events/a%20b/", "events/a/b/", "leaders/x/"])
def test_it_says_in_json_that_there_is_nothing(ask, small_record, address):
    answer = ask(address)
    assert (answer.status, answer.data["status"]) == (404, 404)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_it_says_why_an_event_was_withdrawn(ask, small_record):
    answer = ask("events/2022-01-01-gone/")
    assert answer.status == 410
    assert "taken back" in answer.data["reason"]
    assert answer.data["slug"] == "2022-01-01-gone"


def test_it_leads_from_a_merged_event_to_its_heir(ask, small_record):
    answer = ask("events/2022-04-06-twin/?fields=slug")
    assert answer.status == 301
    assert answer.headers["Location"] == "/api/v1/events/2022-04-06-brussels/?fields=slug"


def test_it_leads_from_a_past_name_to_the_new_one(ask, small_record):
    writers.rename_event(Event.objects.get(slug="2024-07-01-talks"), "2024-07-01-three-days", author=Author())
    answer = ask("events/2024-07-01-talks/")
    assert answer.status == 301
    assert ask(answer.headers["Location"]).data["slug"] == "2024-07-01-three-days"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["events/", "events/2022-04-06-brussels/", "leaders/", "resolve/", "schema/"])
def test_it_takes_no_writing(ask, small_record, address, method):
    answer = ask(address, method=method)
    assert answer.status == 405
    assert answer.data["status"] == 405
    assert "GET" in answer.headers["Allow"]


def test_it_hides_what_went_wrong_inside(ask, small_record, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(views, "read_event_question", broken)
    answer = ask("events/")
    assert answer.status == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.text


def test_it_adds_a_missing_slash(ask, small_record):
    answer = ask("events?kind=call")
    assert (answer.status, answer.headers["Location"]) == (301, "/api/v1/events/?kind=call")


@pytest.mark.parametrize("noun", RESOURCES)
def test_it_is_as_strict_on_every_list(ask, small_record, noun):
    answer = ask(f"{noun}/?nonsense=1")
    assert (answer.status, answer.data["parameter"]) == (400, "nonsense")
    assert "limit" in answer.data["known"]
