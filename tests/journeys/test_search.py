"""A reader finds a person behind another alphabet and a slip; every page that she meets is fit to be read."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

MET = (
    "/search/", "/search/?q=Pashinyna", "/search/?q=Брюссель&kind=meeting", "/commitments/?status=open", "/changes/",
    "/leaders/", "/leaders/nikol-pashinyan/", "/parties/am/", "/commissions/",
    "/commissions/border-delimitation-commissions/", "/topics/peace-treaty/", "/places/brussels/",
    "/places/brussels/history/", "/publishers/azertag.az/", "/report/", "/method/", "/data/", "/no-such-page/",
    "/leaders/nikol-pashynian/",
)  # fmt: skip
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_she_searches_without_scripts(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Search", exact=True).fill("Пашинан")
    page.keyboard.press("Enter")
    people = page.get_by_role("region", name="People")
    expect(people.get_by_role("link", name="Nikol Pashinyan")).to_be_visible()
    page.get_by_role("link", name="Пашинян").click()
    expect(page.get_by_text("Other spellings looked for: Pashinyan")).to_be_visible()
    page.get_by_role("group", name="Year").get_by_role("link").first.click()
    page.get_by_role("group", name="Kind").get_by_role("link", name="Meeting").click()
    hit = page.locator(".hit-list li").first
    expect(hit.locator("mark").first).to_have_text("Pashinyan")
    title = hit.get_by_role("heading").inner_text()
    hit.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (768, "dark"), (390, "light")])
def test_each_page_is_accessible_and_never_wider_than_the_screen(browser, site, width, scheme):
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    faults = {}
    for path in MET:
        page.goto(path)
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        if page.evaluate(SIDEWAYS) > 0:
            found.append("wider than the screen")
        if found:
            faults[path] = found
    context.close()
    assert not faults


@pytest.mark.parametrize(
    ("language", "asked", "name"), [("hy", "Փաշինյան", "Նիկոլ Փաշինյան"), ("ru", "Пашинян", "Никол Пашинян")]
)
def test_he_finds_a_person_in_his_own_script_and_goes_on_to_the_events(page, language, asked, name):
    page.goto(f"/{language}/")
    page.locator("#site-q").fill(asked)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/search/?q=*")
    person = page.locator("main").get_by_role("link", name=name, exact=True).first
    hit = page.locator(".hit-list li").first
    expect(hit).to_be_visible()
    person.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page).to_have_url(re.compile(f"/{language}/leaders/nikol-pashinyan/$"))
