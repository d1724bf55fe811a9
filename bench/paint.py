"""How soon the timeline is seen: `python -m bench.paint [N]`, in a real browser with nothing in its cache.

Timed from the arrival of the figure's data to the frame that shows its marks, for the record alone (S) and for N
synthetic events beside it (L; 20,000 by default: from 3,000 on the chart shows months, of which a million events have
as many). Zoom is the key “+” on a mark, from the arrival of its data, and from the key with page and data between. A
Chromium without a graphics card draws; printed are the quickest of some visits, and all of them. With the address of a
database that bench.lists filled so before, that one is L.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.asking import Server, collected, setting
from bench.lists import beside, fill
from tests import servers
from tests.browser import ARGUMENTS, chromium

MANY, VISITS = 20_000, 7
LIMITS = {"S": 400, "L": 750}
ZOOM_LIMIT = 550
MOST_SHAPES = 10_000
WINDOW: ViewportSize = {"width": 1440, "height": 900}
# A frame has been painted when the task after it runs.
WATCH = """
window.shown = []; window.pressed = 0;
document.addEventListener("keydown", () => { pressed = performance.now(); }, true);
document.addEventListener("DOMContentLoaded", () => {
    const told = () => requestAnimationFrame(() => setTimeout(() => shown.push(performance.now())));
    const chart = document.getElementById("timeline");
    new MutationObserver(told).observe(chart, { attributeFilter: ["data-ready"] });
    document.addEventListener("chartdrawn", told);
});
"""
FETCHED = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('figure.json'))"
ARRIVED = f"{FETCHED}.pop()?.responseEnd"
DRAWN = f"shown.length && shown[shown.length - 1] > {ARRIVED}"
SHAPES = """document.querySelectorAll("#timeline :is(.point, .sketch svg path, .hm image)").length"""
ZOOMED = f"{FETCHED}.length > 1 && {DRAWN}"


@dataclass(frozen=True)
class Seen:
    """Milliseconds of one visit."""

    first: float
    shapes: int
    zoom: float
    zoom_from_key: float


@contextmanager
def visited(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=WINDOW, bypass_csp=True)  # or no condition could be waited for
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(DRAWN)
    yield page
    context.close()


def look(browser: Browser, address: str) -> Seen:
    with visited(browser, address) as page:
        first, shapes = page.evaluate(f"[shown[0] - {ARRIVED}, {SHAPES}]")
        page.locator("#timeline").focus()
        page.locator("#timeline[data-ready=whole]").wait_for()
        page.keyboard.press("Home")
        page.keyboard.press("+")
        page.wait_for_function(ZOOMED)
        zoom, from_key = page.evaluate(f"[{ARRIVED}, pressed].map((since) => shown[shown.length - 1] - since)")
        return Seen(first, shapes, zoom, from_key)


def told(times: list[float]) -> str:
    return f"{min(times):.0f} ms ({' · '.join(f'{one:.0f}' for one in times)})"


def measure(browser: Browser, size: str, database: str) -> None:
    environment = setting(database) | {"VAR_DIR": collected(database)}
    address = Server("peacetracker.wsgi:application", "/timeline/", environment).address()
    look(browser, address)  # the server has the figure drawn, as for any reader but the first
    seen = [look(browser, address) for _ in range(VISITS)]
    print(f"{size} first marks: {told([one.first for one in seen])}, must be ≤ {LIMITS[size]}")
    print(f"{size} zoom: {told([one.zoom for one in seen])}, must be ≤ {ZOOM_LIMIT}")
    print(f"{size} zoom from the key: {told([one.zoom_from_key for one in seen])}")
    print(f"{size} shapes drawn: {seen[0].shapes}, must be ≤ {MOST_SHAPES}", flush=True)


def main(asked: str) -> None:
    database = asked if "://" in asked else fill(int(asked))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for size, one in (("S", beside(database)), ("L", database)):
            measure(browser, size, one)
        browser.close()


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else str(MANY))
    finally:
        servers.stop_servers()
