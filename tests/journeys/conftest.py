"""A real browser before the real application: PostgreSQL, the whole record, pages that may not err.

`site` serves one database for the whole run and nothing is rolled back: a journey that writes makes its own rows and
leaves the record as it was.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.core.management import call_command
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import ARGUMENTS, chromium

# Playwright keeps a loop in this thread, though nothing here is called from within it. Journeys have their own process.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@dataclass
class Complaints:
    """What the browser complained of. A journey that means to meet an error names a part of it in `expected`."""

    heard: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.heard.append(f"{message.text} ({message.location.get('url', '')})")

    @property
    def unexpected(self) -> list[str]:
        return [text for text in self.heard if not any(part in text for part in self.expected)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """A database for all journeys. pytest-django makes one only for tests that ask for it one by one, and would leave
    these with the server's own."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def site(django_db_setup, browser) -> Iterator[str]:
    """The address of the application with the curated record loaded, the same for all journeys.

    The browser is asked for first only so that it is closed last.
    """
    call_command("load_record", verbosity=0)
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(browser: Browser, site: str, complaints: Complaints) -> Iterator[Page]:
    """A fresh page, addresses relative to the site. Errors of scripts and console and broken policy fail the test."""
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    context.add_init_script(TELL_VIOLATIONS)
    page = context.new_page()
    page.on("console", complaints.console)
    page.on("pageerror", lambda error: complaints.heard.append(str(error)))
    yield page
    context.close()
    assert not complaints.unexpected


def turned_to(page: Page, chart: str = "timeline") -> Locator:
    """The chart with the focus in it, which brings Plotly in the place of its sketch."""
    page.locator(f"#{chart}[data-ready]").focus()
    whole = page.locator(f"#{chart}[data-ready=whole]")
    whole.wait_for()
    return whole
