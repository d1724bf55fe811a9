"""The description and the answers are one."""

import json
from urllib.parse import urlencode

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode

from peacetracker.access.keys import make_key
from peacetracker.api.resources import RESOURCES
from peacetracker.wsgi import application

EXAMPLES = settings(
    max_examples=4, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def uncompressed(environ, start_response):
    """The reader inside the process does not unpack."""
    return application({**environ, "HTTP_ACCEPT_ENCODING": "identity"}, start_response)


@pytest.fixture
def described(small_record):
    """The application as a server calls it; only the test's own transaction stays open from call to call."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", uncompressed)
    token = make_key(name="Coder", scopes=["drafts"])[1]

    @schema.auth().apply_to(path_regex="/drafts/")
    class Key:
        """Somebody who may send drafts."""

        def get(self, case, context):
            return token

        def set(self, case, data, context):
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}

    yield schema
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_it_answers_as_it_is_described(described, mode):
    for found in described.get_all_operations():
        operation = found.ok()

        @EXAMPLES
        @given(case=operation.as_strategy(generation_mode=mode))
        def keep_to_the_description(case):
            case.call_and_validate()

        keep_to_the_description()


def test_it_keeps_to_the_description_from_call_to_call(described):
    """Along the links: from a list to one of its records, from a draft that was sent to what became of it."""

    described.as_state_machine().run(settings=settings(EXAMPLES, max_examples=15, stateful_step_count=5))


def test_it_links_each_list_to_its_records(ask, small_record):
    paths = ask("schema/").data["paths"]
    for path in paths:
        if path.endswith("}/"):
            above = paths[path.partition("{")[0]]
            answer = above["get"]["responses"]["200"] if "get" in above else above["post"]["responses"]["201"]
            assert answer["links"]["one"]["operationId"] == paths[path]["get"]["operationId"]


def test_it_describes_itself_without_a_warning(small_record, capsys, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


def test_it_describes_every_address(ask, small_record):
    schema = ask("schema/").data
    assert schema["openapi"].startswith("3.1")
    described = {path.removeprefix("/api/v1/") for path in schema["paths"]}
    for address in [*ask("").data]:
        if address not in ("schema", "docs"):
            assert f"{address}/" in described


@pytest.mark.parametrize("noun", ["events", *RESOURCES])
def test_it_has_in_every_document_just_the_fields_of_the_description(ask, small_record, noun):
    schemas = ask("schema/").data["components"]["schemas"]
    page = f"{noun.removesuffix('ies') + 'y' if noun.endswith('ies') else noun.removesuffix('s')}Page".capitalize()
    name = next(key for key in schemas if key.lower() == page.lower()).removesuffix("Page")
    documents = ask(f"{noun}/?limit=100").data["results"]
    validator = Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}})
    for document in documents:
        validator.validate(document)
        assert set(document) == set(schemas[name]["properties"])


def test_it_shows_the_reference_from_this_site_alone(ask, db):
    page = ask("docs/")
    assert page.status == 200
    assert "<style" not in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    script = ask("docs/?script=")
    assert "/api/v1/schema/" in script.text


def test_it_names_the_known_values_without_closing_the_list(ask, small_record):
    parameters = json.loads(ask("schema/").body)["paths"]["/api/v1/events/"]["get"]["parameters"]
    leader = next(one for one in parameters if one["name"] == "leader")
    assert "nikol-pashinyan" in leader["schema"]["items"]["pattern"]
    assert "enum" not in leader["schema"]["items"]


def test_every_example_of_the_description_can_be_asked_for(ask, small_record):
    """Each parameter that takes no closed list has one, and no example is refused."""
    asked = 0
    for path, operations in ask("schema/").data["paths"].items():
        for one in operations.get("get", {}).get("parameters", []) if "{" not in path else []:
            schema = one["schema"].get("items", one["schema"])
            given = [*schema.get("examples", []), *(each["value"] for each in one.get("examples", {}).values())]
            open_ended = "enum" not in schema and schema.get("type") != "boolean" and one["name"] != "cursor"
            assert given or not open_ended, (path, one["name"])
            for value in given:
                assert ask(f"{path}?{urlencode({one['name']: value})}").status in (200, 404), (path, one["name"], value)
                asked += 1
    assert asked > 100
