"""Imports point downstairs: docs/architecture.md says why."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "peacetracker"
MAY_IMPORT: dict[str, set[str]] = {
    "core": set(),
    "diplomacy": {"core"},
    "newsroom": {"core", "diplomacy"},
    "analysis": {"core", "diplomacy"},
    "dashboard": {"core", "diplomacy", "analysis"},
    "api": {"core", "diplomacy", "analysis"},
    "access": {"core", "diplomacy", "analysis", "api", "newsroom"},
}
# Only these know every room, so no room may know them (settings are read through django.conf).
COMPOSITION = {"urls", "celery", "settings", "wsgi"}


def rooms_imported(source: str, package: list[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            names = [".".join([*base, *filter(None, [node.module]), alias.name]) for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("peacetracker."))


def strays(room: str, source: str, package: list[str]) -> set[str]:
    return set(rooms_imported(source, package)) & (MAY_IMPORT.keys() | COMPOSITION) - MAY_IMPORT[room] - {room}


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_it_imports_only_downstairs(room):
    for path in (ROOT / room).rglob("*.py"):
        package = ["peacetracker", *path.parent.relative_to(ROOT).parts]
        found = strays(room, path.read_text(encoding="utf-8"), package)
        assert not found, f"{path.relative_to(ROOT)} reaches up to {found}"


@pytest.mark.parametrize(
    "source",
    [
        "import peacetracker.newsroom.models",
        "from peacetracker.newsroom import models",
        "from peacetracker import newsroom",
        "from ..newsroom.models import Draft",
        "from .. import newsroom",
        "def act():\n    from peacetracker.newsroom import review",
        "from peacetracker.urls import urlpatterns",
    ],
)
def test_it_sees_a_stray_import_in_whatever_form(source):
    assert strays("dashboard", source, ["peacetracker", "dashboard"])


def test_it_lists_every_room():
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms == MAY_IMPORT.keys()
