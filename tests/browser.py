"""Finds the Chromium that the journeys and the screenshots drive."""

import os
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowser(RuntimeError):
    """There is no Chromium; the message says how to get one."""


def found() -> str | None:
    """By the CHROMIUM variable, on the PATH, or the one that Playwright has downloaded."""
    if named := os.environ.get("CHROMIUM"):
        if not shutil.which(named):
            raise NoBrowser(f"CHROMIUM names {named}, which cannot be run")
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def chromium() -> str:
    """The path of a Chromium, installed by the package manager if there is none and we may. Raises NoBrowser."""
    if path := found():
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=False)
        subprocess.run(INSTALL, check=False)
        if path := found():
            return path
    raise NoBrowser(
        "The browser journeys need Chromium: sudo " + " ".join(INSTALL) + "\n"
        "(or .venv/bin/playwright install chromium, or CHROMIUM=/path/to/chromium)"
    )
