"""A researcher goes from the home page to a citation that names the record as she saw it."""

from pathlib import Path

from playwright.sync_api import expect


def test_she_cites_an_event_that_the_home_page_shows(page):
    page.goto("/")
    latest = page.get_by_role("region", name="Latest contacts").get_by_role("listitem").first.get_by_role("link")
    title = latest.inner_text()
    latest.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    cite = page.get_by_role("region", name="Cite")
    expect(cite).to_contain_text(title)
    expect(cite).to_contain_text("SHA-256")
    with page.expect_download() as download:
        cite.get_by_role("link", name="BibTeX").click()
    entry = Path(download.value.path()).read_text(encoding="utf-8")
    assert entry.startswith("@")
    assert title in entry
    digest = cite.inner_text().split("SHA-256")[1].split()[0].strip(",.")
    assert digest in entry
