"""What search engines and other sites read of a page: its words, its data, its picture, its place in the map."""

import json
import re
from html import unescape
from io import BytesIO

import pytest
from PIL import Image

from peacetracker.dashboard.figures.card import Card
from peacetracker.dashboard.figures.card_picture import PLAIN, Hand, png, script_of
from peacetracker.diplomacy.models import Proposal, Publisher, Source
from tests.factories import a_withdrawn_event, an_event

NOUNS = {
    "/leaders/ilham-aliyev/": ("Person", "leader/ilham-aliyev"),
    "/commissions/border-delimitation-commissions/": ("Organization", "commission/border-delimitation-commissions"),
    "/places/brussels/": ("Place", "place/brussels"),
    "/proposals/five-principles-azerbaijan/": ("CreativeWork", "proposal/five-principles-azerbaijan"),
    "/events/2022-04-06-brussels/": ("Event", "event/2022-04-06-brussels"),
    "/data/": ("Dataset", "record/all"),
    "/topics/peace-treaty/": (None, "topic/peace-treaty"),
    "/parties/az/": (None, "party/az"),
}


def blocks(text):
    return [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)]


@pytest.mark.django_db
@pytest.mark.parametrize("path", NOUNS)
def test_it_says_what_a_page_is_about(client, path):
    an_event()
    kind, card = NOUNS[path]
    text = client.get(path).content.decode()
    said = {block["@type"]: block for block in blocks(text)}
    assert kind is None or kind in said
    assert path == "/data/" or said["BreadcrumbList"]["itemListElement"][-1]["item"] == f"http://testserver{path}"
    title = re.search(r"<title>(.*?)</title>", text)[1]
    described = unescape(re.search(r'<meta name="description" content="(.*?)">', text)[1])
    assert title.endswith("· Peace Tracker")
    assert len(described) > 20
    assert "An open, source-linked record" not in described
    assert f'<link rel="canonical" href="http://testserver{path}">' in text
    assert f'hreflang="hy" href="http://testserver/hy{path}"' in text
    assert f'hreflang="x-default" href="http://testserver{path}"' in text
    picture = re.search(r'<meta property="og:image" content="http://testserver(.*?)">', text)[1]
    assert picture == f"/cards/{card}.png"
    answer = client.get(picture)
    assert answer["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)


@pytest.mark.django_db
def test_it_dates_the_roles_of_a_person(client):
    an_event()
    person = blocks(client.get("/leaders/ilham-aliyev/").content.decode())[0]
    assert person["hasOccupation"] == [
        {"@type": "Role", "startDate": "2018-05-08",
         "hasOccupation": {"@type": "Occupation", "name": "President of Azerbaijan"}}
    ]  # fmt: skip
    assert person["alternateName"] == ["Алиев"]


@pytest.mark.django_db
def test_it_says_no_more_of_a_date_than_is_known(client):
    an_event()
    Proposal.objects.update(date_precision="month")
    assert blocks(client.get("/proposals/five-principles-azerbaijan/").content.decode())[0]["dateCreated"] == "2022-03"


@pytest.mark.django_db
@pytest.mark.parametrize("card", ["event/2022-07-01-gone", "leader/nobody", "moon/all", "record/half"])
def test_it_draws_no_card_of_what_has_no_page(client, card):
    a_withdrawn_event(slug="2022-07-01-gone", date="2022-07-01")
    assert client.get(f"/cards/{card}.png").status_code == 404


@pytest.mark.django_db
def test_it_maps_every_noun_with_its_latest_change(client):
    event = an_event()
    day = f"{event.updated_at:%Y-%m-%d}"
    Source.objects.update(publisher=Publisher.objects.create(domain="example.org", name="Example", kind="media"))
    for section, address in (("parties", "/parties/az/"), ("publishers", "/publishers/example.org/"),
                             ("leaders", "/leaders/ilham-aliyev/"), ("pages", "/timeline/")):  # fmt: skip
        listed = client.get(f"/sitemap-{section}.xml").content.decode()
        assert re.search(rf"<loc>http://testserver{address}</loc><lastmod>{day}", listed), section


def test_it_writes_every_script_of_the_site():
    assert [script_of(letter) for letter in "aşПԵ"] == ["latin", "latin-ext", "cyrillic", "armenian"]
    pieces = [piece for piece, _font in Hand("sans", 20).runs("Paşa, Пашинян 2022 – Ա")]
    assert pieces == ["Pa", "ş", "a, ", "Пашинян", " 2022 – ", "Ա"]
    card = Card("Leader", "Recep Tayyip Erdoğan", "один Երկու", "bis heute", [0, 3, 1], [(0, 2022)])
    assert png(card).startswith(b"\x89PNG")
    assert len(png(card)) < 60_000


def test_it_breaks_a_title_at_words_and_says_where_it_is_cut():
    lines = PLAIN.lines("peace treaty " * 40, 2)
    assert len(lines) == 2
    assert lines[0].split()[0] == "peace"
    assert lines[1].endswith(" …")
