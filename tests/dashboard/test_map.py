"""The map: places counted as their lists count them, names of both sides, and no border anywhere."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.http import QueryDict

from peacetracker.analysis.map import Venue, venues
from peacetracker.dashboard.figures import map as drawing
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import Place
from tests.factories import a_withdrawn_event, an_event

LAND = Path(__file__).resolve().parents[2] / "static" / "topojson" / "world_50m.json"
UNTIL = date(2022, 6, 30)


def a_venue(name="Brussels", total=1, both=0, tracks=None, **changes):
    place = Place(**{"slug": name.lower(), "name": name, "country": "BE", "lat": 50, "lon": 4, **changes})
    venue = Venue(place, total, both, date(2022, 4, 6))
    venue.tracks.update(tracks or {})
    return venue


@pytest.fixture
def record(db):
    an_event()
    an_event(slug="2022-05-01-brussels", date="2022-05-01", status="cancelled")
    an_event(slug="2022-05-02-moscow", date="2022-05-02", place="moscow", participants=[
        {"person": "vladimir-putin", "role": "participant"}, {"person": "nikol-pashinyan", "role": "participant"},
    ], parties=["RU", "AM"])  # fmt: skip
    an_event(slug="2022-05-03-call", date="2022-05-03", kind="call", place=None)
    a_withdrawn_event(slug="2022-05-04-gone", date="2022-05-04", place="moscow")


def test_it_counts_places_and_the_contacts_of_both_sides_among_their_events(record):
    found = venues(read_filter(QueryDict("")))
    assert [(v.place.slug, v.total, v.both, v.last, dict(v.tracks)) for v in found] == [
        ("brussels", 2, 1, date(2022, 5, 1), {"eu": 2}), ("moscow", 1, 0, date(2022, 5, 2), {"russia": 1}),
    ]  # fmt: skip
    assert [v.place.slug for v in venues(read_filter(QueryDict("track=russia")))] == ["moscow"]


@pytest.mark.parametrize(
    ("tracks", "total", "track"),
    [
        ({"eu": 3}, 5, "eu"),
        ({"eu": 2, "us": 2}, 4, None),
        ({"direct": 4}, 4, None),
        ({"eu": 2}, 9, None),
        ({}, 1, None),
    ],
)
def test_it_colours_a_place_by_the_third_party_of_more_than_half_of_its_events(tracks, total, track):
    assert a_venue(total=total, tracks=tracks).track == track


def test_it_gives_both_names_of_a_place_in_either_country_alone():
    names = {"hy": "Երևան", "az": "İrəvan", "ru": "Ереван"}
    assert a_venue("Yerevan", country="AM", name_native=names).both_names == {"hy": "Երևան", "az": "İrəvan"}
    assert a_venue("Moscow", country="RU", name_native=names).both_names == {}


def test_it_draws_areas_by_number_and_a_ring_where_the_position_is_approximate():
    rings, discs, cores = drawing.figure(
        [a_venue(total=64, both=16), a_venue("Lodz", total=1, approximate=True)], "europe"
    )["data"]  # fmt: skip
    assert rings["marker"]["size"] == [drawing.DISC * 8, drawing.LEAST]
    assert discs["marker"]["size"] == [drawing.DISC * 8]
    assert cores["marker"]["size"] == [drawing.DISC * 4]
    assert "Position approximate" in rings["hovertext"][1]
    assert "Position approximate" not in rings["hovertext"][0]


def test_it_draws_no_border_and_escapes_names():
    drawn = drawing.figure([a_venue("A <b> & c")], "all")
    geo = drawn["layout"]["geo"]
    assert {geo[line] for line in ("showcountries", "showsubunits", "showrivers")} == {False}
    assert "A &lt;b&gt; &amp; c" in drawn["data"][0]["hovertext"][0]


def test_it_ships_land_and_water_without_countries():
    topology = json.loads(LAND.read_text())
    assert set(topology["objects"]) == {"land", "lakes", "coastlines"}
    assert all(len(collection["geometries"]) == 1 for collection in topology["objects"].values())


@pytest.mark.parametrize(
    ("found", "all_events", "said"),
    [
        ([], 0, "Up to 30 June 2022 no event that names a place answers these filters."),
        ([], 3, "Up to 30 June 2022 no event that names a place answers these filters."),
        ([a_venue()], 1, "Up to 30 June 2022 1 of 1 event names a place, 1 place in all; most: Brussels 1."),
        (
            [a_venue(total=5, both=1), a_venue("Moscow", 4, 2)],
            20,
            "Up to 30 June 2022 9 of 20 events name a place, 2 places in all; most: Brussels 5, Moscow 4. Both sides "
            "were in touch most often in Moscow (2), Brussels (1).",
        ),
    ],
)  # fmt: skip
def test_it_says_what_it_shows(found, all_events, said):
    assert drawing.sentence(found, all_events, UNTIL) == said


@pytest.mark.parametrize("path", ["/map/", "/map/?at=brussels&view=all", "/map/?place=moscow", "/map/figure.json"])
def test_it_answers_within_fifteen_queries(client, record, path, django_assert_max_num_queries):
    cache.clear()
    with django_assert_max_num_queries(15):
        answer = client.get(path)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"<[a-z]+[^>]*\sstyle=|<[a-z]+[^>]*\son[a-z]+=|<style|<script>", text)


def test_it_lists_the_events_of_a_place_beside_the_map(client, record):
    page = client.get("/map/?track=eu&at=brussels")
    assert [event.slug for event in page.context["beside"]] == ["2022-05-01-brussels", "2022-04-06-brussels"]
    listed = client.get(page.context["at_events"])
    assert listed.context["shown"] == page.context["at"].total == 2
    assert client.get("/map/?track=eu&at=moscow").context["at"] is None


def test_it_offers_the_same_places_as_geojson(client, record):
    link = client.get("/map/?track=eu").context["links"]["geojson"]
    features = json.loads(b"".join(client.get(link).streaming_content))["features"]
    placed = [feature["properties"]["place"]["slug"] for feature in features if feature["geometry"]]
    assert placed == ["brussels", "brussels"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["veiw=all", "view=moon", "at=a&at=b", "kind=party"])
def test_it_names_what_it_does_not_understand(client, query):
    answer = client.get(f"/map/?{query}")
    assert (answer.status_code, query.split("=")[0] in answer.content.decode()) == (400, True)


@pytest.mark.django_db
def test_it_opens_on_an_empty_record(client):
    assert "No event that names a place" in client.get("/map/").content.decode()


@pytest.mark.parametrize("path", ["/", "/events/", "/timeline/", "/cadence/"])
def test_it_loads_the_map_bundle_on_its_own_page_alone(client, record, path):
    assert "plotly-map" not in client.get(path).content.decode()
    assert "plotly-map" in client.get("/map/").content.decode()
