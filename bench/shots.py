"""`make shots`: photographs of the main pages at three widths, light and dark, into var/shots/."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import ARGUMENTS, chromium
from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "var" / "shots"
PATHS = [
    "/",
    "/timeline/",
    "/timeline/compare/?a.track=russia&b.track=eu",
    "/network/",
    "/events/",
    "/calls/",
    "/meetings/",
    "/leaders/",
    "/proposals/",
    "/proposals/five-principles-azerbaijan/",
    "/proposals/compare/?one=five-principles-azerbaijan&other=six-points-armenia",
    "/readouts/",
    "/map/",
    "/data/",
    "/commissions/",
    "/commitments/",
    "/cadence/",
    "/search/?q=border",
    "/method/",
    "/changes/",
]
WIDTHS = (1440, 768, 390)
START_SECONDS = 180


def await_site(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The application did not start; its message stands above.")


def photograph(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for path in PATHS:
        response = page.goto(address + path, wait_until="networkidle")
        name = path.partition("?")[0].strip("/").replace("/", "-") or "home"
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
        print(response.status if response else "?", path, width, scheme, flush=True)
    context.close()


def main() -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"VAR_DIR": folder, "ENV_FILE": os.devnull, "DATABASE_URL": "", "REDIS_URL": ""}
        command = [sys.executable, "manage.py", "up", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            await_site(process, address := f"http://127.0.0.1:{port}")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
                for width in WIDTHS:
                    for scheme in ("light", "dark"):
                        photograph(browser, address, width, scheme)
                browser.close()
        finally:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    main()
