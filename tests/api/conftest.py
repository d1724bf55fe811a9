"""A small record of every shape: days and months, places and none, all that can become of an event."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from peacetracker.diplomacy import merging
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Commitment, Event, Party, Position, Proposal, Publisher, Topic
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References
from tests.factories import a_source, a_world, event_row
from tests.keeping import kept

# Words that stand in the withdrawn event alone.
SECRET = "Zanzibar"
CALL = {
    "kind": "call",
    "place": None,
    "participants": [
        {"person": "vladimir-putin", "role": "initiator"},
        {"person": "nikol-pashinyan", "role": "participant"},
    ],
    "parties": ["RU", "AM"],
    "topics": ["border-delimitation"],
}


@pytest.fixture
def world(db):
    a_world()


def write(**changes):
    return writers.write_event(event_row(**changes), author=Author())


@pytest.fixture(scope="module")
def kept_record(django_db_setup, django_db_blocker):
    """The small record, made once for all tests of a module."""
    with kept(django_db_blocker):
        yield a_small_record()


@pytest.fixture
def small_record(kept_record, db):
    """The kept record; what a test does to it is undone at the test's end."""
    return kept_record


def a_small_record():
    """Five public events, one merged into the first, one withdrawn. Returns their slugs, newest first."""
    a_world()
    first = write()
    write(**CALL, slug="2022-04-09-call", date="2022-04-09", title='=HYPERLINK("x"), said; "ну"', sources=[a_source(2)])
    write(
        slug="2023-05-meeting", date="2023-05-01", date_precision="month", title="Meeting in May", place="moscow",
        note="The day is not known.", outcomes=["They agree to meet again."],
    )  # fmt: skip
    write(**CALL, slug="2024-call-scheduled", date="2024-06-01", status="scheduled", title="A call is planned")
    write(
        slug="2024-07-01-talks",
        date="2024-07-01",
        end_date="2024-07-03",
        title="Talks",
        proposals=["five-principles-azerbaijan"],
    )
    twin = write(slug="2022-04-06-twin", title="The same once more", sources=[a_source(3)])
    merging.merge(twin, first, reason="The same meeting.", author=Author())
    gone = write(
        slug="2022-01-01-gone", title=f"{SECRET} title", summary=f"{SECRET} summary", note=f"{SECRET} note",
        sources=[a_source(f"{SECRET}-page", title=f"{SECRET} source")],
    )  # fmt: skip
    writers.withdraw_event(gone, reason="It rests on one page that was taken back.", author=Author())
    a_promise_and_a_stand(first)
    return list(Event.objects.public().newest_first().values_list("slug", flat=True))


def a_promise_and_a_stand(event):
    """A publisher, a commitment and a position: what no row of an event brings."""
    Publisher.objects.create(domain="example.org", name="Example News", kind="outlet")
    topic, armenia = Topic.objects.get(slug="peace-treaty"), Party.objects.get(code="AM")
    Commitment.objects.create(slug="to-meet-again", event=event, text="To meet again.", status="open")
    proposal = Proposal.objects.get(slug="five-principles-azerbaijan")
    Position.objects.create(
        key="a1b2c3d4e5f6", proposal=proposal, topic=topic, party=armenia, stance="accepted",
        asserted_by="nikol-pashinyan", asserted_by_name="Nikol Pashinyan", asserted_by_kind="person",
        date=date(2022, 3, 20), date_precision="day", summary="Armenia agrees.",
        source=References().source("https://example.org/news/1"),
    )  # fmt: skip
    for noun in ("commitment", "proposal"):
        writers.settle(noun, author=Author())


@pytest.fixture
def ask():
    """GET an address below /api/v1/; `.body` is what a browser gets, `.data` the JSON in it."""
    client = Client(raise_request_exception=False)

    def get(address, method="get", **headers):
        path = address if address.startswith(("/", "http")) else f"/api/v1/{address}"
        answer = getattr(client, method)(
            path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kind = answer.headers.get("Content-Type", "")
        data = json.loads(body) if "json" in kind and "ndjson" not in kind and body else None
        return SimpleNamespace(
            status=answer.status_code, headers=answer.headers, body=body, text=body.decode(errors="replace"), data=data
        )

    return get
