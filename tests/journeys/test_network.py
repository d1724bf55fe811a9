"""A reader plays the network, asks how two people are linked, sorts by a measure, takes the pictures away."""

import csv
import re

from playwright.sync_api import expect


def saved(page, what):
    with page.expect_download() as download:
        page.locator(what).first.click()
    return download.value.path().read_bytes()


def test_it_plays_a_year_at_a_time_and_nobody_moves(page):
    page.goto("/network/?party=AM")
    places = "els => els.map(el => [el.dataset.node, el.getAttribute('transform')])"
    nodes = page.locator("[data-picture] [data-node]")
    before = nodes.evaluate_all(places)
    whole = page.locator("[data-window]").inner_text()
    lines = page.locator("[data-lines] path")
    drawn = lines.count()
    page.locator("[data-play]").click()
    expect(page.locator("[data-play]")).to_have_text("Stop")
    expect(page.locator("[data-window]")).not_to_have_text(whole)
    expect(lines).not_to_have_count(drawn)
    assert nodes.evaluate_all(places) == before
    page.locator("[data-play]").click()
    # Stopped, the page holds the window that is seen: its address, its counts and its tables.
    expect(page).to_have_url(re.compile(r"before=\d{4}-\d\d"))
    expect(page.locator("[data-play]")).to_have_text("Play, a year at a time")
    page.go_back()
    expect(page.locator("[data-window]")).to_have_text(whole)


def test_it_finds_how_two_people_are_linked_and_opens_one_of_them(page):
    page.goto("/network/")
    page.locator('select[name="from"]').select_option("ararat-mirzoyan")
    page.locator('select[name="to"]').select_option("hikmet-hajiyev")
    page.get_by_role("button", name="Show the link").click()
    answer = page.locator(".net-answer")
    expect(answer).to_contain_text("Ararat Mirzoyan")
    expect(page).to_have_url(re.compile("from=ararat-mirzoyan&to=hikmet-hajiyev"))
    expect(page.locator(".steps .contact-list li").first).to_be_visible()
    page.locator(".steps h3 a").first.click()
    expect(page).to_have_url(re.compile("ego=ararat-mirzoyan"))
    expect(page.locator("[data-panel]")).to_contain_text("Mirzoyan")


def test_it_sorts_by_a_measure(page):
    page.goto("/network/")
    page.get_by_role("link", name="In between", exact=True).click()
    expect(page).to_have_url(re.compile("sort=betweenness"))
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("In between")
    cells = page.locator(".measure-table tbody tr td:nth-child(5)").all_inner_texts()
    assert cells == sorted(cells, key=float, reverse=True)


def test_it_takes_the_network_away_as_numbers_and_pictures(page):
    page.goto("/network/")
    rows = list(csv.reader(saved(page, "[data-tools] a:text-is('CSV')").decode("utf-8-sig").splitlines()))
    assert len(rows) > 100
    assert saved(page, "[data-export=png]").startswith(b"\x89PNG")
    svg = saved(page, "[data-export=svg]").decode()
    assert "Pashinyan" in svg
    assert "var(--" not in svg
    assert b"<graphml" in saved(page, "[data-tools] a:text-is('GraphML')")
