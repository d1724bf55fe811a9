"""A researcher reads where each side stood on one point, and sets two proposals beside each other."""

import re

from playwright.sync_api import expect

FIVE, SIX = "Azerbaijan's five principles for normalisation", "six-points-armenia"


def test_she_reads_a_point_and_compares_two_proposals(page):
    page.goto("/proposals/")
    page.get_by_role("link", name=FIVE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FIVE)

    # One point, then the other party's line of it: each mark leads to the stand that it draws.
    def stand(party):
        strip = page.get_by_role("group", name=re.compile(rf"recognition.*{party}.*stands?$", re.IGNORECASE)).first
        mark = strip.get_by_role("link").last
        told = mark.get_attribute("aria-label")
        mark.focus()
        page.keyboard.press("Enter")
        target = page.locator(".stand:target")
        expect(target).to_be_in_viewport()
        expect(target).to_contain_text(told.split(":")[0])
        return target.inner_text()

    assert stand("Armenia") != "" != stand("Azerbaijan")
    page.go_back()

    page.get_by_role("link", name=re.compile("^side by side")).first.click()
    expect(page).to_have_url(re.compile(r"/proposals/compare/\?one=.+&other=.+"))
    page.get_by_label("The other").select_option(SIX)
    expect(page).to_have_url(re.compile(rf"other={SIX}$"))
    expect(page.get_by_role("region", name="What remains open")).to_contain_text("As recorded up to")
    heads = page.get_by_role("region", name="The points of both").get_by_role("columnheader")
    expect(heads).to_have_count(3)
    expect(heads.nth(1)).to_contain_text(FIVE)
    rows = page.get_by_role("region", name="The points of both").get_by_role("row")
    assert rows.count() > 3
    heads.nth(1).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FIVE)


def test_the_list_gives_itself_away(page):
    page.goto("/proposals/")
    page.get_by_text("Share this view").click()
    page.get_by_label("API call").click()
    address = page.get_by_label("API call").input_value()
    found = page.request.get(address).json()["results"]
    expect(page.locator("main tbody tr")).to_have_count(len(found))
