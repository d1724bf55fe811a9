"""What people and programs may rely on stands in docs/: an address, parameter, variable, choice or command that is not
told of there fails here. “Told of” means: written as code, in one of the pages named below."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.db.models import TextChoices
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern
from drf_spectacular.generators import SchemaGenerator

from peacetracker.dashboard import listing, ties
from peacetracker.dashboard.views import map as places
from peacetracker.diplomacy import choices
from peacetracker.diplomacy.filters import PARAMETERS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
API, OURS = "/api/v1/", "peacetracker."
# Not ours to describe: Django's own desk, and the last line of the API that catches what is nowhere.
DESK, CATCHES_THE_REST = "/admin/", "["


@cache
def code_in(page):
    """All that stands between backticks, or in a block of code."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^ {4}(.+)$", text, re.MULTILINE)]


def told_in(*pages):
    return [code for page in pages or sorted(one.name for one in DOCS.glob("*.md")) for code in code_in(page)]


def told(word, *pages):
    """Whether the word stands by itself in a piece of code."""
    alone = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return any(alone.search(code) for code in told_in(*pages))


def nameless(address):
    """/events/<slug>/ and /events/<code>/ are one address."""
    return re.sub(r"<\w+>", "<>", address)


def written(pattern):
    """A pattern as the docs write it: /events/<slug>/."""
    if isinstance(pattern, LocalePrefixPattern):
        return ""
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern))
    assert isinstance(pattern, RegexPattern)
    named = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", pattern.regex.pattern)
    return named.removeprefix("^").removesuffix("$").replace("\\.", ".")


def addresses(resolver, prefix="/"):
    for one in resolver.url_patterns:
        address = prefix + written(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, address)
        elif isinstance(one, URLPattern) and CATCHES_THE_REST not in address:
            yield address


PUBLIC = sorted({one for one in addresses(get_resolver()) if not one.startswith(DESK)})


def test_it_sees_the_addresses_of_every_room():
    assert {"/events/<slug>/", "/report/", "/data/releases/", "/api/v1/resolve/", "/healthz"} <= set(PUBLIC)


@pytest.mark.parametrize("address", PUBLIC)
def test_every_address_is_told_of(address):
    told_of = {nameless(code.split("?")[0]) for code in told_in(*(["api.md"] if address.startswith(API) else []))}
    assert {nameless(address), nameless(address.removeprefix(API))} & told_of


@pytest.mark.parametrize("name", [*PARAMETERS, "ordering", "as_of"])
def test_every_filter_is_told_of_to_readers_and_to_programs(name):
    for page in ("reader.md", "api.md"):
        assert told(name, page), f"docs/{page} does not tell of {name}"


@pytest.mark.parametrize("name", [*listing.BESIDES, *ties.OWN, *places.OWN])
def test_every_other_parameter_of_a_page_is_told_of(name):
    assert told(name)


@pytest.mark.django_db
def test_every_parameter_of_the_api_is_told_of():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    ways = [way for address in paths.values() for way in address.values()]
    names = {parameter["name"] for way in ways for parameter in way.get("parameters", ())}
    assert "modified_since" in names
    assert not [name for name in sorted(names) if not told(name, "api.md")]


def test_every_variable_is_told_of():
    """That .env.example has every variable that the settings read, tests/test_compose.py checks."""
    variables = re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert variables
    assert not [name for name in variables if not told(name, "operations.md")]


def test_every_choice_is_told_of():
    lists = {one for one in all_subclasses(TextChoices) if one.__module__.startswith(OURS)}
    assert {choices.Kind, choices.Track, choices.Status, choices.Stance} < lists
    missing = {one.__qualname__: [value for value in one.values if not told(value, "choices.md")] for one in lists}
    assert not {name: values for name, values in missing.items() if values}
    assert not [subject for subject in choices.ACCOUNT_SUBJECTS if not told(subject, "choices.md")]


def all_subclasses(one):
    return {*one.__subclasses__(), *(lower for below in one.__subclasses__() for lower in all_subclasses(below))}


def test_every_command_is_told_of():
    commands = [name for name, app in get_commands().items() if str(app).startswith(OURS)]
    assert "load_record" in commands
    assert not [name for name in commands if not told(name)]
