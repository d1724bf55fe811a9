"""A reader asks: what was agreed on 8 August 2025, and what has been kept?"""

import re

from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}


def test_she_learns_what_was_agreed_on_a_day_and_what_has_been_kept(browser, site):
    """On a phone, without scripts."""
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/commitments/")
    assert page.evaluate("document.documentElement.scrollHeight") < 5 * PHONE["height"]
    chip = page.get_by_role("group", name="Promised on").get_by_role("link", name="8 August 2025")
    count = int(chip.locator(".count").inner_text())
    chip.click()
    expect(page).to_have_url(re.compile(r"\?day=2025-08-08$"))
    answer = page.get_by_role("status").first
    expect(answer).to_contain_text(f"{count} commitments")
    kept = int(re.search(r"\bkept (\d+)", answer.inner_text())[1])
    rows = page.locator(".commitments-table tbody tr")
    expect(rows).to_have_count(count)
    expect(rows.filter(has=page.locator(".status-tag", has_text=re.compile("^kept$")))).to_have_count(kept)
    for row in rows.all():
        expect(row).to_contain_text("8 August 2025")

    page.get_by_role("group", name="What became of it").get_by_role("link", name=re.compile("^kept")).click()
    expect(rows).to_have_count(kept)
    rows.first.get_by_role("link").first.click()
    expect(page.get_by_text("8 August 2025").first).to_be_visible()
    context.close()


def test_she_takes_the_answer_away(page):
    page.goto("/commitments/?day=2025-08-08")
    page.get_by_text("Share this view").click()
    found = page.request.get(page.get_by_label("API call").input_value()).json()["results"]
    expect(page.locator(".commitments-table tbody tr")).to_have_count(len(found))
    page.get_by_label("Link", exact=True).press("Control+a")
    assert page.get_by_label("Link", exact=True).input_value().endswith("/commitments/?day=2025-08-08")


def test_a_link_to_one_commitment_unfolds_its_year(page):
    page.goto("/commitments/")
    folded = page.locator("details.year:not([open]) tbody tr").first
    name = folded.get_attribute("id")
    expect(folded).to_be_hidden()
    page.goto(f"/commitments/#{name}")
    page.reload()
    expect(page.locator(f"[id='{name}']")).to_be_in_viewport()
