"""The record itself, once: everything in it has the described shape, and comes out of every door whole."""

import csv
import io

import pytest
from jsonschema import Draft202012Validator

from peacetracker.diplomacy.models import Event
from tests.keeping import load_real_record

COMPONENTS = {
    "events": "Event", "leaders": "Leader", "parties": "Party", "proposals": "Proposal", "commissions": "Commission",
    "topics": "Topic", "places": "Place", "commitments": "Commitment", "positions": "Position", "sources": "Source",
}  # fmt: skip


@pytest.fixture
def real_record(db):
    load_real_record()


def everything(ask, noun):
    address = f"{noun}/?limit=1000"
    while address:
        page = ask(address).data
        yield from page["results"]
        address = page["next"]


def test_it_gives_the_whole_record_in_the_described_shape(ask, real_record):
    schemas = ask("schema/").data["components"]["schemas"]
    for noun, name in COMPONENTS.items():
        validator = Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}})
        found = list(everything(ask, noun))
        assert found
        for document in found:
            validator.validate(document)
        assert len(found) == ask(f"{noun}/?limit=1&count=true").data["count"]
        rows = list(csv.reader(io.StringIO(ask(f"{noun}/?format=csv").body.decode("utf-8-sig"))))
        assert len(rows) == len(found) + 1
        assert {len(row) for row in rows} == {len(rows[0])}
    public = Event.objects.public().count()
    assert ask("events/?format=ics").text.count("BEGIN:VEVENT") == public
    assert len(ask("events/?format=geojson").data["features"]) == public
