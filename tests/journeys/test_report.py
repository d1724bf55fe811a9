"""A reader finds an error and tells of it, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from peacetracker.diplomacy.models import Event
from peacetracker.newsroom.models import Report

WORDS = "The readout that is cited gives another day for this journey."


@pytest.fixture
def no_trace(site):
    """What a journey reports is taken away again: the database is one for the whole run."""
    yield
    Report.objects.filter(message=WORDS).delete()


def tell(page, path):
    page.goto(path)
    page.locator("#main").get_by_role("link", name="Report an error").click()
    expect(page.get_by_label("Page", exact=True)).to_have_value(path)
    page.get_by_label("Your e-mail").fill("nobody")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.locator(".errorlist")).to_have_count(2)
    page.get_by_label("What is wrong").fill(WORDS)
    page.get_by_label("Your e-mail").fill("reader@example.org")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()


def test_it_takes_a_report_from_the_page_that_errs(page, complaints, no_trace):
    complaints.expected.append("400")
    path = f"/events/{Event.objects.public().newest_first().first().slug}/"
    tell(page, path)
    kept = Report.objects.get(message=WORDS)
    assert (kept.page, kept.contact, kept.state) == (path, "reader@example.org", "waiting")


def test_it_takes_a_report_without_scripts(browser, site, no_trace):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    tell(context.new_page(), f"/events/{Event.objects.public().oldest_first().first().slug}/")
    context.close()
    assert Report.objects.filter(message=WORDS).exists()
