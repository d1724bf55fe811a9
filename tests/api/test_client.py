"""A client that a program makes from the description reads what is served, and sends drafts."""

import importlib
import json
import subprocess
import sys

import pytest
import requests

from peacetracker.access.drafts import EXAMPLE
from peacetracker.access.keys import make_key
from peacetracker.api.resources import RESOURCES

from .conftest import a_small_record

NAME = "generated_client"


@pytest.fixture
def client(live_server, tmp_path, monkeypatch):
    """The package, generated from the description as it is served, and a client of it."""
    a_small_record()
    description = tmp_path / "schema.json"
    description.write_bytes(requests.get(f"{live_server.url}/api/v1/schema/", timeout=30).content)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    subprocess.run([*command, "--path", description, "--output-path", tmp_path / NAME], check=True, timeout=120)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module(NAME).Client(live_server.url, raise_on_unexpected_status=True)
    for name in [name for name in sys.modules if name.startswith(NAME)]:
        del sys.modules[name]


def called(name, function="sync"):
    return getattr(importlib.import_module(f"{NAME}.api.{name}"), function)


def plain(document):
    """A document in one spelling of moments."""
    return json.loads(json.dumps(document, default=str).replace("+00:00", "Z"))


def test_a_generated_client_reads_every_noun_whole_and_sends_a_draft(client, live_server):
    reader = client
    for noun in ("events", "calls", "meetings", *RESOURCES):
        served = requests.get(f"{live_server.url}/api/v1/{noun}/?limit=20", timeout=30).json()
        page = called(f"{noun}.{noun}_list")(client=reader, limit=20)
        assert plain(page.to_dict()) == plain(served)
        if served["results"]:
            name = next(served["results"][0][key] for key in ("slug", "id", "code") if key in served["results"][0])
            one = called(f"{noun}.{noun}_retrieve")(name, client=reader)
            assert plain(one.to_dict()) == plain(served["results"][0])
    found = called("events.events_list")(client=reader, leader=["nikol-pashinyan"], count=True)
    assert found.count == len(found.results) > 0
    assert found.results[0].participants[0].leader.name
    assert called("leaders.leaders_retrieve")("nobody-at-all", client=reader).status == 404
    for name in ("stats.stats", "network.network", "timeline.timeline", "releases.releases_list"):
        assert called(name)(client=reader).to_dict()
    sender = importlib.import_module(NAME).AuthenticatedClient(
        live_server.url, make_key(name="Coder", scopes=["drafts"])[1]
    )
    draft = importlib.import_module(f"{NAME}.models").SentDraft.from_dict(EXAMPLE)
    made = called("drafts.drafts_create")(client=sender, body=draft)
    assert made.state == "waiting"
    assert called("drafts.drafts_retrieve")(made.id, client=sender).title == EXAMPLE["title"]
