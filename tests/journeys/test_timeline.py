"""A reader travels the timeline by keys, looks closer, goes back, sets two filters beside each other, embeds a view."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from peacetracker.dashboard.views import timeline as view
from tests.journeys.conftest import turned_to


def test_it_travels_by_keys_and_opens_an_event_beside_the_chart(page):
    page.goto("/timeline/")
    chart = turned_to(page)
    told = page.locator("[data-live]")
    page.keyboard.press("Home")
    first = told.inner_text()
    page.keyboard.press("ArrowRight")
    expect(told).not_to_have_text(first)
    expect(page.locator(".mark-ring.travelling")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(told).to_have_text(first)
    page.keyboard.press("End")
    last = told.inner_text()
    assert last != first
    page.keyboard.press("Enter")
    panel = page.locator("[data-panel]")
    expect(panel.get_by_role("heading").first).to_be_visible()
    title = panel.get_by_role("heading").first.inner_text()
    assert last.startswith(title)
    expect(page).to_have_url(re.compile(r"\?at="))
    expect(chart).to_be_focused()

    whole = page.locator("[data-shown]").inner_text()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("after="))
    expect(page.locator("[data-shown]")).not_to_have_text(whole)
    expect(page.locator("#view-link")).to_have_value(re.compile("after="))
    page.go_back()
    expect(page.locator("[data-shown]")).to_have_text(whole)
    page.go_back()
    expect(panel).to_be_hidden()
    page.go_forward()
    expect(panel.get_by_role("heading").first).to_have_text(title)


def test_paper_has_the_picture_in_light_colours_whatever_the_screen_shows(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/timeline/")
    turned_to(page)
    sketch = page.locator("#timeline > .sketch")
    expect(sketch).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(sketch).to_be_visible()
    ink = sketch.locator("text", has_text="Direct").evaluate("text => getComputedStyle(text).fill")
    assert max(int(part) for part in re.findall(r"\d+", ink)) < 128
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(sketch).to_have_count(0)


def test_who_only_looks_loads_no_plotly_and_who_turns_to_the_chart_gets_the_same_picture(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    sketch = page.locator("#timeline[data-ready=sketch]")
    expect(sketch).to_contain_text("Washington")
    expect(page.locator("#cadence[data-ready=sketch]")).to_be_visible()
    assert not [url for url in asked if "plotly-charts" in url]

    def words(locator):
        told = "nodes => nodes.map(n => { const b = n.getBoundingClientRect(); return [n.textContent, b.x, b.y]; })"
        return sorted(locator.locator("text").evaluate_all(told))

    drawn = [spot for spot in words(sketch) if spot[0].strip()]
    dated = sketch.locator('.sketch path[stroke-dasharray="2,3"]').count()
    sketch.hover(position={"x": 4, "y": 4})
    page.locator("#timeline[data-ready=whole]").wait_for()
    expect(page.locator("#timeline .sketch")).to_have_count(0)
    whole = [spot for spot in words(page.locator("#timeline")) if spot[0].strip()]
    assert dated == page.locator("#timeline .shapelayer path[style*=dasharray]").count() > 0
    assert [text for text, _x, _y in drawn] == [text for text, _x, _y in whole]
    assert all(abs(a[1] - b[1]) < 3 and abs(a[2] - b[2]) < 3 for a, b in zip(drawn, whole, strict=True))
    assert page.locator("#cadence").get_attribute("data-ready") == "sketch"


def test_it_moves_the_window_by_brush_and_by_drawing_across_the_chart(page):
    page.goto("/timeline/")
    chart = turned_to(page)
    end = page.get_by_label("Last month shown")
    end.focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"\?before=\d{4}-\d\d$"))
    chart.scroll_into_view_if_needed()
    area = chart.locator(".nsewdrag").first.bounding_box()
    page.mouse.move(area["x"] + area["width"] * 0.3, area["y"] + 50)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.5, area["y"] + 60, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"after=\d{4}-\d\d-\d\d&before="))
    assert int(page.locator('[data-brush-end="from"]').input_value()) > 0
    page.reload()
    assert int(page.locator('[data-brush-end="from"]').input_value()) > 0


def test_it_looks_closer_where_there_are_too_many_marks(page, monkeypatch):
    monkeypatch.setattr(view, "SINGLE_MARKS", 200)
    page.goto("/timeline/?kind=meeting")
    expect(page.locator("#timeline[data-ready=sketch] .sketch svg path").first).to_be_visible()
    turned_to(page)
    page.keyboard.press("ArrowRight")
    told = page.locator("[data-live]")
    expect(told).to_have_text(re.compile(r"^[A-Z].+, \d{4}-\d\d: \d+$"))
    month = told.inner_text().split(", ")[1].split(":")[0]
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"after={month}&before={month}"))
    expect(page.locator("#timeline .scatterlayer .point").first).to_be_visible()


def test_it_compares_two_filters_on_one_axis(page):
    page.goto("/timeline/?track=russia")
    page.get_by_role("link", name="Compare with another filter").click()
    page.locator("#timeline[data-ready]").wait_for()
    page.locator('select[name="b.track"]').select_option("eu")
    expect(page).to_have_url(re.compile(r"a\.track=russia&b\.track=eu$"))
    expect(page.locator("#half-b")).to_contain_text("EU")
    expect(page.locator("#timeline .ytick")).to_have_count(2)
    page.get_by_role("link", name="Swap A and B").click()
    expect(page).to_have_url(re.compile(r"a\.track=eu&b\.track=russia$"))
    page.go_back()
    expect(page.locator("#half-a")).to_contain_text("Russia")
    with page.expect_download() as saved:
        page.locator("[data-export=png]").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_it_reads_the_comparison_without_scripts(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/timeline/compare/?a.level=leaders&b.level=ministers&after=2024")
    for half in ("a", "b"):
        expect(page.locator(f"section[aria-labelledby=half-{half}] li").first).to_be_visible()
    page.get_by_label("Who took part").first.select_option("true")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"a\.joint=true"))
    context.close()


@pytest.fixture
def newspaper():
    """Another site on another origin: it shows whatever code it is given."""
    shown = {}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>News</title>{shown['code']}".encode())

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/", shown
    server.shutdown()


def test_it_stands_in_the_frame_of_another_site(page, newspaper, complaints):
    page.goto("/timeline/?track=us")
    page.locator("#timeline[data-ready]").wait_for()
    page.get_by_text("Share this view").click()
    address, shown = newspaper
    shown["code"] = page.locator("#view-frame").input_value()
    complaints.expected.append("favicon")
    page.goto(address)
    framed = page.frame_locator("iframe")
    expect(framed.locator("#timeline[data-ready]")).to_be_visible()
    assert urlsplit(page.locator("iframe").get_attribute("src")).path == "/embed/timeline/"
    framed.get_by_text("The same as a table").click()
    expect(framed.locator("td").first).to_be_visible()


def test_a_list_of_events_narrows_in_its_place_and_back(page):
    page.goto("/events/")
    shown, calls = page.locator("[data-shown]"), page.locator("input[name=kind][value=call]")
    whole = shown.inner_text()
    page.evaluate("window.same = true")
    calls.check()
    expect(page).to_have_url(re.compile("kind=call"))
    expect(shown).not_to_have_text(whole)
    assert page.evaluate("window.same")
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", re.compile("kind=call"))
    page.go_back()
    expect(shown).to_have_text(whole)
    expect(calls).not_to_be_checked()
    page.go_forward()
    expect(calls).to_be_checked()
    assert page.evaluate("window.same")


def test_a_list_of_calls_stands_in_the_frame_of_another_site(page, newspaper, complaints):
    page.goto("/calls/?track=russia")
    first = page.locator("#table tbody a").first.inner_text()
    page.get_by_text("Share this view").click()
    address, shown = newspaper
    shown["code"] = page.locator("#view-frame").input_value()
    complaints.expected.append("favicon")
    page.goto(address)
    framed = page.frame_locator("iframe")
    expect(framed.locator("tbody a").first).to_have_text(first)
    expect(framed.get_by_text("Filters:")).to_contain_text("Call")
