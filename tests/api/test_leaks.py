"""A withdrawn event is gone from every address in every format."""

import pytest

from peacetracker.api.views import EVENT_FORMATS
from tests.api.conftest import SECRET

ADDRESSES = [
    *(f"events/?format={name}" for name in EVENT_FORMATS),
    *(
        f"{noun}/?format={name}"
        for noun in ("calls", "meetings", "leaders", "sources", "topics")
        for name in ("json", "csv")
    ),
    f"events/?q={SECRET}",
    "events/?modified_since=2020",
    "events/?format=jsonl&modified_since=2020",
    "events/2022-01-01-gone/",
    "network/",
    "network/?format=gexf",
    "timeline/",
    "stats/",
    "schema/",
    "resolve/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_shows_no_word_of_a_withdrawn_event(ask, small_record, address):
    answer = ask(address)
    assert answer.status in (200, 410)
    assert SECRET.lower() not in answer.text.lower()


def test_it_does_not_count_a_withdrawn_event(ask, small_record):
    assert ask("events/?count=true").data["count"] == len(small_record)
    assert ask("stats/").data["events"] == len(small_record)
