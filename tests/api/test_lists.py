"""Lists and single records: what is in them, in which order, page by page."""

import pytest

from peacetracker.api.resources import RESOURCES
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Event, EventVersion
from peacetracker.diplomacy.record import Author
from tests.factories import a_source, an_event


def slugs(answer):
    return [one["slug"] for one in answer.data["results"]]


def test_it_lists_public_events_newest_first(ask, small_record):
    answer = ask("events/")
    assert answer.status == 200
    assert slugs(answer) == small_record
    assert (answer.data["next"], answer.data["previous"]) == (None, None)
    assert "count" not in answer.data


def test_it_serves_the_stored_document_as_it_stands(ask, small_record):
    stored = EventVersion.objects.get(event__slug="2022-04-06-brussels", recorded_to=None).document
    assert ask("events/2022-04-06-brussels/").text == stored
    assert stored in ask("events/").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=call", {"2022-04-09-call", "2024-call-scheduled"}),
        ("kind=call&status=held", {"2022-04-09-call"}),
        ("leader=vladimir-putin&leader=charles-michel", "all"),
        ("with=ilham-aliyev&with=vladimir-putin", set()),
        ("after=2023-05-20&before=2023-05-25", {"2023-05-meeting"}),
        ("after=2024-07-02&before=2024-07-02", {"2024-07-01-talks"}),
        ("q=Встреча", set()),
        ("q=ПУТИН", {"2022-04-09-call", "2024-call-scheduled"}),
        ("proposal=five-principles-azerbaijan", {"2024-07-01-talks"}),
        ("party=ru", {"2022-04-09-call", "2024-call-scheduled"}),
        ("mediator=EU&place=brussels&joint=true", {"2022-04-06-brussels", "2024-07-01-talks"}),
    ],
)
def test_it_filters_as_the_pages_do(ask, small_record, query, expected):
    answer = ask(f"events/?count=true&{query}")
    assert set(slugs(answer)) == (set(small_record) if expected == "all" else expected)
    assert answer.data["count"] == len(slugs(answer))


def test_it_gives_calls_and_meetings_addresses_of_their_own(ask, small_record):
    assert {one["kind"] for one in ask("calls/").data["results"]} == {"call"}
    assert {one["kind"] for one in ask("meetings/").data["results"]} == {"meeting"}
    assert ask("calls/2022-04-09-call/").data["initiator"] == "vladimir-putin"
    assert ask("calls/2022-04-06-brussels/").status == 404


@pytest.mark.parametrize(
    ("kinds", "left"), [("kind=call", True), ("kind=meeting&kind=call", True), ("kind=visit", False)]
)
def test_a_list_of_one_kind_takes_a_filter_of_kinds(ask, small_record, kinds, left):
    found = ask(f"calls/?{kinds}")
    assert found.status == 200
    assert bool(slugs(found)) is left


@pytest.mark.parametrize("ordering", ["date", "-date"])
@pytest.mark.parametrize("limit", [1, 2, 4])
def test_it_pages_through_everything_once_and_back(ask, small_record, ordering, limit):
    expected = small_record if ordering == "-date" else small_record[::-1]
    answer, seen, pages = ask(f"events/?limit={limit}&ordering={ordering}"), [], []
    while True:
        pages.append(slugs(answer))
        seen += pages[-1]
        if not answer.data["next"]:
            break
        assert f'<{answer.data["next"]}>; rel="next"' in answer.headers["Link"]
        answer = ask(answer.data["next"])
    assert seen == expected
    back = [pages[-1]]
    while answer.data["previous"]:
        answer = ask(answer.data["previous"])
        back.append(slugs(answer))
    assert back == pages[::-1]


def test_it_neither_repeats_nor_misses_an_event_when_others_come_in_between(ask, small_record):
    first = ask("events/?limit=2")
    an_event(slug="2025-01-01-newer", date="2025-01-01", sources=[a_source(11)])
    an_event(slug="2020-01-01-older", date="2020-01-01", sources=[a_source(12)])
    second = ask(first.data["next"].replace("limit=2", "limit=50"))
    assert slugs(first) + slugs(second) == [*small_record, "2020-01-01-older"]


def test_it_orders_every_other_noun_by_its_name_and_pages_it(ask, small_record):
    everything = slugs(ask("leaders/"))
    assert everything == sorted(everything)
    first = ask("leaders/?limit=4")
    second = ask(first.data["next"])
    assert slugs(first) + slugs(second) == everything
    assert slugs(ask(second.data["previous"])) == everything[:4]


@pytest.mark.parametrize("noun", RESOURCES)
def test_it_lists_every_noun_and_finds_each_record_by_its_name(ask, small_record, noun):
    answer = ask(f"{noun}/?count=true&limit=1000")
    assert answer.data["count"] == len(answer.data["results"])
    for one in answer.data["results"]:
        name = one.get("slug") or one.get("code") or one.get("id")
        assert ask(f"{noun}/{name}/").data == one


def test_it_finds_a_party_in_small_letters(ask, small_record):
    assert ask("parties/am/").data["code"] == "AM"


def test_it_keeps_the_fields_that_are_asked_for(ask, small_record):
    assert [set(one) for one in ask("events/?fields=slug,date&limit=2").data["results"]] == [{"slug", "date"}] * 2
    omitted = ask("events/2022-04-06-brussels/?omit=summary&omit=sources").data
    assert "title" in omitted
    assert not {"summary", "sources"} & set(omitted)


def test_it_gives_what_was_recorded_since_and_what_is_gone(ask, small_record):
    moment = EventVersion.objects.order_by("-recorded_from").first().recorded_from.isoformat()
    event = Event.objects.get(slug="2024-07-01-talks")
    writers.withdraw_event(event, reason="Never took place.", author=Author())
    an_event(slug="2024-08-01-new", date="2024-08-01", sources=[a_source(21)])
    answer = ask(f"events/?modified_since={moment}")
    assert "2024-08-01-new" in slugs(answer)
    assert "2022-04-09-call" not in slugs(answer)
    stones = {one["slug"]: one for one in answer.data["tombstones"]}
    assert stones["2024-07-01-talks"]["gone"] == "withdrawn"
    assert stones["2024-07-01-talks"]["reason"] == "Never took place."
    everything = ask("events/?modified_since=2020-01-01").data
    merged = next(one for one in everything["tombstones"] if one["slug"] == "2022-04-06-twin")
    assert (merged["gone"], merged["heir"]) == ("merged", "2022-04-06-brussels")
    assert ask("events/?modified_since=2999-01-01").data["results"] == []


@pytest.mark.parametrize("address", ["events/?limit=1000", "leaders/?limit=1000", "positions/", "commitments/"])
def test_it_asks_the_database_as_often_however_many_rows_there_are(
    ask, small_record, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        ask(address)


def test_it_lists_all_its_addresses(ask, small_record):
    for name, address in ask("").data.items():
        assert ask(address).status == (405 if name == "drafts" else 200), name
