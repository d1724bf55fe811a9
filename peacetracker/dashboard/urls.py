"""Addresses of the public pages: nouns with slugs."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path, re_path

from peacetracker.dashboard.sitemaps import SITEMAPS, robots
from peacetracker.dashboard.views import (
    about,
    beside,
    cadence,
    cards,
    compare,
    embed,
    events,
    home,
    network,
    network_moving,
    nouns,
    people,
    proposals,
    publishers,
    readouts,
    search,
    timeline,
)
from peacetracker.dashboard.views import map as places

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("quarters/figure.json", home.quarters_data, name="quarters-figure"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("timeline/figure.json", timeline.figure, name="timeline-figure"),
    path("timeline/compare/", compare.compare, name="compare"),
    path("timeline/compare/figure.json", compare.figure, name="compare-figure"),
    path("network/", network.network, name="network"),
    path("network/figure.json", network_moving.figure, name="network-figure"),
    path("embed/<slug:view>/", embed.embed, name="embed"),
    path("events/", events.events, name="events"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/history/", events.history, name="event-history"),
    path("calls/", events.calls, name="calls"),
    path("meetings/", events.meetings, name="meetings"),
    path("leaders/", people.leaders, name="leaders"),
    path("leaders/<slug:slug>/", people.leader, name="leader"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/compare/", beside.beside, name="proposals-beside"),
    path("proposals/<slug:slug>/", proposals.proposal, name="proposal"),
    path("commissions/", nouns.commissions, name="commissions"),
    path("commissions/<slug:slug>/", nouns.commission, name="commission"),
    path("parties/<slug:slug>/", nouns.party, name="party"),
    path("places/<slug:slug>/", nouns.place, name="place"),
    path("topics/<slug:slug>/", nouns.topic, name="topic"),
    path("commitments/", nouns.commitments, name="commitments"),
    path("publishers/", publishers.publishers, name="publishers"),
    path("publishers/<str:domain>/", publishers.publisher, name="publisher"),
    path("readouts/", readouts.readouts, name="readouts"),
    path("readouts/ranking.json", readouts.as_json, name="readouts-json"),
    path("readouts/ranking.csv", readouts.as_csv, name="readouts-csv"),
    path("cadence/", cadence.cadence, name="cadence"),
    re_path(
        r"^cadence/(?P<part>silence|months|quarters|lead|calendar)\.(?P<form>csv|json)$",
        cadence.data,
        name="cadence-data",
    ),
    path("map/", places.places, name="map"),
    path("map/figure.json", places.figure, name="map-figure"),
    path("search/", search.search, name="search"),
    path("data/", about.data, name="data"),
    path("method/", about.method, name="method"),
    path("changes/", about.changes, name="changes"),
    path("cards/<slug:noun>/<slug:slug>.png", cards.card, name="card"),
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "dashboard:sitemap"}, name="sitemaps"
    ),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
