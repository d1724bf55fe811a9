"""A small record of every shape: days and months, places and none, all that can become of an event."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client

from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.record import Author
from tests.factories import a_source, a_withdrawn_event, a_world, an_event

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


@pytest.fixture
def small_record(world):
    """Five public events, one merged into the first, one withdrawn. Returns their slugs, newest first."""
    first = an_event()
    an_event(
        **CALL, slug="2022-04-09-call", date="2022-04-09", title='=HYPERLINK("x"), said; "ну"', sources=[a_source(2)]
    )
    an_event(
        slug="2023-05-meeting", date="2023-05-01", date_precision="month", title="Meeting in May", place="moscow",
        note="The day is not known.", outcomes=["They agree to meet again."],
    )  # fmt: skip
    an_event(**CALL, slug="2024-call-scheduled", date="2024-06-01", status="scheduled", title="A call is planned")
    an_event(
        slug="2024-07-01-talks",
        date="2024-07-01",
        end_date="2024-07-03",
        title="Talks",
        proposals=["five-principles-azerbaijan"],
    )
    twin = an_event(slug="2022-04-06-twin", title="The same once more", sources=[a_source(3)])
    writers.merge_events(twin, first, reason="The same meeting.", author=Author())
    a_withdrawn_event(
        slug="2022-01-01-gone", title=f"{SECRET} title", summary=f"{SECRET} summary", note=f"{SECRET} note",
        sources=[a_source(f"{SECRET}-page", title=f"{SECRET} source")],
    )  # fmt: skip
    return list(Event.objects.public().newest_first().values_list("slug", flat=True))


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
            status=answer.status_code, headers=answer.headers, body=body, text=body.decode(), data=data
        )

    return get
