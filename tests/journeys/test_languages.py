"""A reader of Russian looks at the timeline at a desk and on a phone, and goes over to Armenian with the question."""

import re
from itertools import pairwise

from playwright.sync_api import expect


def test_it_reads_a_chart_in_the_language_of_the_page(page):
    page.goto("/ru/timeline/?after=2025-01&before=2025-09")
    chart = page.locator("#timeline[data-ready]")
    expect(chart.locator(".xtick text")).to_have_text(["янв 2025", "апр 2025", "июл 2025", "окт 2025"])
    expect(chart).to_contain_text("Прямой")
    expect(chart).to_contain_text("Вашингтон")

    page.get_by_role("link", name="Հայերեն").click()
    expect(page).to_have_url(re.compile(r"/hy/timeline/\?after=2025-01&before=2025-09$"))
    expect(page.locator("#timeline[data-ready]")).to_contain_text("Ուղղակի")
    expect(chart.locator(".xtick text").first).to_have_text("հնվ 2025")


def test_names_of_lanes_keep_apart_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/ru/timeline/")
    labels = page.locator("#timeline[data-ready] .xtick text")
    expect(labels.first).to_have_text("Прям.")
    boxes = [label.bounding_box() for label in labels.all()]
    for one, other in pairwise(boxes):
        apart = one["x"] + one["width"] <= other["x"] + 1
        assert apart or abs(one["y"] - other["y"]) > 8 or one["height"] != other["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
