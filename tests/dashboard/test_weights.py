"""What a page weighs on its way to a reader: contract, section 6. Measured on the whole record, as it is sent."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.keeping import kept, load_real_record

PAGES = (
    "/", "/timeline/", "/timeline/compare/?a.track=russia&b.track=eu", "/events/", "/network/", "/map/", "/cadence/",
    "/readouts/", "/proposals/five-principles-azerbaijan/", "/leaders/ilham-aliyev/", "/method/",
)  # fmt: skip
FIGURES = ("/timeline/figure.json", "/timeline/figure.json?lanes=contacts", "/quarters/figure.json")
CHARTS = re.compile(r"vendor/|charts\.js|marks\.js|brush\.js|shim\.js|plotly_template")
KB = 1000


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The real record, once for all pages."""
    with kept(django_db_blocker):
        load_real_record()
        yield


def packed(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def sent_with(text: str) -> set[Path]:
    """The sheets, scripts and icons that a page asks for, without the code of its charts."""
    named = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', text))
    return {Path(finders.find(name)) for name in named if not CHARTS.search(name)}


@pytest.mark.parametrize("path", PAGES)
def test_it_sends_at_most_sixty_kilobytes_without_charts(client, record, path):
    text = client.get(path).content
    parts = {"page": packed(text)} | {file.name: packed(file.read_bytes()) for file in sent_with(text.decode())}
    assert sum(parts.values()) <= 60 * KB, parts


@pytest.mark.parametrize("path", FIGURES)
def test_it_sends_at_most_sixty_kilobytes_of_data_for_a_chart(client, record, path):
    assert packed(client.get(path).content) <= 60 * KB


def test_it_sends_at_most_130_kilobytes_of_letters_for_an_english_page():
    fonts = Path(settings.BASE_DIR) / "static" / "fonts"
    assert sum(file.stat().st_size for file in fonts.glob("tracker-*-latin*.woff2")) <= 130 * KB
