"""Weights and origins of the files that pages load."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
VENDOR = STATIC / "vendor"
NAMESPACE = "http://www.w3.org/"


@pytest.mark.parametrize(("name", "most_kb"), [("plotly-charts.min.js", 450), ("plotly-map.min.js", 510)])
def test_it_keeps_chart_bundles_within_their_weight(name: str, most_kb: int) -> None:
    assert len(gzip.compress((VENDOR / name).read_bytes())) <= most_kb * 1000


def test_it_loads_light_fonts_on_an_english_page() -> None:
    fonts = list((STATIC / "fonts").glob("*-latin*.woff2"))
    assert fonts
    assert sum(font.stat().st_size for font in fonts) <= 130_000


def test_it_ships_the_vendor_files_that_were_checked() -> None:
    sums = dict(reversed(line.split()) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    found = {file.name: file for file in VENDOR.iterdir() if file.name != "SHA256SUMS"}
    assert {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in found.items()} == sums


@pytest.mark.parametrize("folder", ["css", "js"])
def test_it_names_no_outside_address(folder: str) -> None:
    files = [file for file in (STATIC / folder).iterdir() if file.suffix in (".css", ".js")]
    assert files
    for file in files:
        addresses = re.findall(r"https?://[^\s\"')]+", file.read_text(encoding="utf-8"))
        assert [address for address in addresses if not address.startswith(NAMESPACE)] == [], file.name
