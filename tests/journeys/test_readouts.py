"""A reporter looks for an event that the sides tell differently, and sets what each said side by side."""

import re

from playwright.sync_api import expect


def test_she_opens_the_ranking_and_compares_the_columns_of_an_event(page):
    page.goto("/readouts/")
    ranking = page.locator(".ranking").first.get_by_role("listitem").filter(has=page.locator("summary"))
    numbers = [int(text) for text in page.locator(".ranking summary .numeral").evaluate_all(
        "all => all.map(one => one.firstChild.textContent)")]  # fmt: skip
    assert numbers == sorted(numbers, reverse=True)
    expect(ranking.first.locator("details")).to_have_attribute("open", "")

    # By the keyboard alone.
    second = ranking.nth(1)
    second.locator("summary").focus()
    page.keyboard.press("Enter")
    columns = second.locator(".ranking-sides section")
    expect(columns).to_have_count(3)
    for n, name in enumerate(("Armenia", "Azerbaijan", "Others")):
        expect(columns.nth(n).get_by_role("heading")).to_have_text(name)
    tops = [box["y"] for box in (columns.nth(n).bounding_box() for n in range(3)) if box]
    assert len(set(tops)) == 1
    left_out = second.get_by_text("Leaves out:").first
    expect(left_out).to_be_visible()

    title = second.locator("summary b").inner_text()
    second.get_by_role("link", name="The event with its sources").click()
    expect(page).to_have_url(re.compile("#ro$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("columnheader", name="Armenia").first).to_be_visible()


def test_the_rest_and_the_subjects_unfold_without_scripts(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/readouts/?after=2021")
    page.get_by_text("or fewer differences").click()
    expect(page.locator(".twin .ranking summary").first).to_be_visible()
    page.get_by_text("more subjects").click()
    expect(page.get_by_role("region", name="Table of the other subjects").get_by_role("row").last).to_be_visible()
    page.get_by_text("Share this view").click()
    expect(page.get_by_label("API call")).to_have_value(re.compile(r"/readouts/ranking\.json\?after=2021$"))
    context.close()
