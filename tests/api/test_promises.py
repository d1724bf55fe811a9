"""A field never leaves /api/v1/: what was served once is written down in promised_fields.json, which only grows.

PROMISE=1 pytest tests/api/test_promises.py adds what is new; nothing takes a line out of it.
"""

import json
import os
from pathlib import Path

import pytest

FILE = Path(__file__).parent / "promised_fields.json"


def gathered(schema):
    """Fields by shape, parameters and forms by address, values by closed list: all by name, in order."""
    shapes = schema["components"]["schemas"]
    addresses = {
        f"{method.upper()} {path}": {
            "parameters": sorted(one["name"] for one in operation.get("parameters", [])),
            "forms": sorted(form for answer in operation["responses"].values() for form in answer.get("content", {})),
        }
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    }
    return {
        "fields": {name: sorted(one["properties"]) for name, one in shapes.items() if one.get("properties")},
        "values": {name: sorted(map(str, one["enum"])) for name, one in shapes.items() if one.get("enum")},
        "parameters": {name: one["parameters"] for name, one in addresses.items()},
        "forms": {name: sorted(set(one["forms"])) for name, one in addresses.items()},
    }


def joined(old, new):
    return {
        kind: {
            name: sorted({*old.get(kind, {}).get(name, []), *new[kind].get(name, [])})
            for name in sorted({*old.get(kind, {}), *new[kind]})
        }
        for kind in new
    }


@pytest.fixture
def served(ask, small_record):
    return gathered(ask("schema/").data)


def test_what_was_promised_is_served_and_what_is_served_is_promised(served):
    promised = json.loads(FILE.read_text()) if FILE.exists() else {}
    if os.environ.get("PROMISE"):
        promised = joined(promised, served)
        FILE.write_text(json.dumps(promised, indent=1) + "\n")
    for kind, by_name in promised.items():
        for name, promises in by_name.items():
            missing = set(promises) - set(served[kind].get(name, []))
            assert not missing, f"{kind} of {name} left the API: {missing}"
            new = set(served[kind][name]) - set(promises)
            assert not new, f"{kind} of {name} are new: {new}; PROMISE=1 writes them down"
        assert set(served[kind]) == set(by_name), "PROMISE=1 writes down what is new"


def test_a_field_that_left_would_be_seen():
    old = {"fields": {"Event": ["slug", "title"]}, "values": {}, "parameters": {}, "forms": {}}
    new = {"fields": {"Event": ["slug", "name"]}, "values": {}, "parameters": {}, "forms": {}}
    assert joined(old, new)["fields"]["Event"] == ["name", "slug", "title"]
