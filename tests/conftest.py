"""What every test stands on: no network but loopback, an empty cache, nothing skipped."""

import json
import os
import socket
from collections.abc import Iterator
from functools import lru_cache

import pytest
from django.core.cache import cache

from peacetracker.newsroom.extraction import Gazetteer
from peacetracker.newsroom.management.commands.compile_rules import missing

LOCAL = ("127.", "::1", "localhost")
REAL = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
REAL_LOOKUP = socket.getaddrinfo


class NetworkBarred(RuntimeError):
    """A test reached for the internet. Not an OSError: the code under test would take it for a broken line."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def barred(name):
        def connect(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOCAL):
                raise NetworkBarred(f"a test may not reach {address}")
            return REAL[name](self, address)

        return connect

    def lookup(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name and not name.startswith(LOCAL) and any(letter in "ghijklmnopqrstuvwyz" for letter in name.lower()):
            raise NetworkBarred(f"a test may not look up {name}")
        return REAL_LOOKUP(host, *args, **kwargs)

    for name in REAL:
        monkeypatch.setattr(socket.socket, name, barred(name))
    monkeypatch.setattr(socket, "getaddrinfo", lookup)


@pytest.fixture(scope="session", autouse=True)
def gazetteers_built_once() -> Iterator[None]:
    """A gazetteer takes seconds, and nothing but its rows makes it: the same rows give the one that was built."""
    build = Gazetteer.from_rows

    @lru_cache(maxsize=4)
    def built(lines):
        return build(json.loads(lines))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gazetteer, "from_rows", lambda rows: built(json.dumps(rows)))
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def redis_url() -> str:
    """A real Valkey or Redis on loopback, shared by the run: use keys of your own."""
    return os.environ["TEST_REDIS_URL"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that this database or machine cannot pass is left out, on purpose and by name.

    What touches no database runs once, beside SQLite. Compiling takes minutes: first, or a core idles at the end.
    """
    postgres = os.environ["TEST_DATABASE"] == "postgres"
    absent = ["sqlite_only" if postgres else "postgres_only"]
    if missing():
        absent.append("compiler_only")
    left_out = {item for item in items if any(map(item.get_closest_marker, absent))}
    if postgres:
        left_out |= {item for item in items if not in_database(item)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: item.get_closest_marker("compiler_only") is None)


def in_database(item: pytest.Item) -> bool:
    """Whether the test may touch the database at all; pytest-django bars it to the others."""
    fixtures = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A skipped test is a failed one: what is missing must be said, not passed over."""
    return as_failure((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return as_failure((yield))


def as_failure(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which counts as failed: {report.longrepr}"
    return report


def pytest_report_header() -> str:
    lacking = missing()
    return f"database: {os.environ['TEST_DATABASE']}" + (f"; compiled rules not tested: {lacking}" if lacking else "")
