"""A researcher reads a silence and saves its picture; another finds what happened in a place."""

import re

from playwright.sync_api import expect


def test_it_narrows_the_cadence_without_leaving_the_page_and_saves_a_picture(page):
    page.goto("/cadence/")
    sentence = page.locator("[data-drawn=months] .finding")
    whole = sentence.inner_text()
    page.get_by_text("Both sides", exact=False).first.click()
    expect(page).to_have_url(re.compile(r"/cadence/\?joint=true$"))
    expect(sentence).not_to_have_text(whole)
    page.go_back()
    expect(sentence).to_have_text(whole)

    with page.expect_download() as saved:
        page.locator("[data-drawn=months] [data-export=svg]").click()
    drawn = saved.value.path().read_text()
    assert "Contacts per month" in drawn
    assert "var(--" not in drawn

    picture = page.locator("[data-drawn=calendar] svg.picture")
    picture.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-drawn=calendar] [data-reading]")).to_contain_text("Week from")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/\?.*after=\d{4}-\d\d-\d\d&before="))


def test_it_travels_the_map_by_keys_and_lists_a_place_beside_it(page):
    page.goto("/map/")
    chart = page.locator("#map[data-ready=whole]")
    chart.focus()
    page.keyboard.press("ArrowRight")
    told = page.locator("[data-live]")
    expect(told).to_contain_text("event")
    page.keyboard.press("Enter")
    panel = page.locator("[data-panel]")
    expect(panel.locator("li").first).to_be_visible()
    name = panel.get_by_role("heading").inner_text()
    assert name in told.inner_text()
    expect(page).to_have_url(re.compile(r"\?at="))

    page.get_by_role("link", name="South Caucasus").click()
    expect(page).to_have_url(re.compile("view=caucasus"))
    expect(panel.get_by_role("heading")).to_have_text(name)
    with page.expect_download() as saved:
        page.locator("[data-export=png]").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    panel.get_by_role("link", name="as a list").click()
    expect(page).to_have_url(re.compile(r"/events/\?place="))


def test_it_reads_without_scripts(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/cadence/?joint=true")
    expect(page.locator("svg.picture")).to_have_count(4)
    page.locator("#months-table summary").click()
    expect(page.locator("#months-table td").first).to_be_visible()
    page.goto("/map/")
    page.locator(".map-table").get_by_role("link", name="List the events of").first.click()
    expect(page.locator("[data-panel] li").first).to_be_visible()
    context.close()


def test_it_narrows_the_map_and_takes_the_places_away(page):
    page.goto("/map/")
    page.locator("#map[data-ready=whole]").wait_for()
    places = page.locator(".map-table tbody tr")
    whole = places.count()
    page.locator("input[name=track][value=eu]").check()
    expect(page).to_have_url(re.compile(r"\?track=eu$"))
    expect(page.locator("#map[data-ready=whole]")).to_be_visible()
    expect(places).not_to_have_count(whole)
    number = places.first.locator("td.num").first.get_by_role("link")
    events = number.inner_text()
    page.get_by_text("Share this view").click()
    found = page.request.get(page.get_by_label("API call").input_value()).json()["features"]
    assert found
    number.click()
    expect(page).to_have_url(re.compile(r"/events/\?.*track=eu.*place="))
    expect(page.locator("[data-shown]")).to_have_text(events)
    page.go_back()
    expect(page.locator("#map[data-ready=whole]")).to_be_visible()
    expect(places.first.locator("td.num").first).to_have_text(events)
