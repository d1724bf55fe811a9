"""Addresses of the public pages: nouns with slugs."""

from django.urls import path

from peacetracker.dashboard.views import events, home, people, proposals, timeline

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("quarters/figure.json", home.quarters_data, name="quarters-figure"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("timeline/figure.json", timeline.figure, name="timeline-figure"),
    path("events/", events.events, name="events"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/history/", events.history, name="event-history"),
    path("calls/", events.calls, name="calls"),
    path("meetings/", events.meetings, name="meetings"),
    path("leaders/", people.leaders, name="leaders"),
    path("leaders/<slug:slug>/", people.leader, name="leader"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<slug:slug>/", proposals.proposal, name="proposal"),
]
from django.http import HttpResponse as _R

for _n, _p in [
    ("network", "network/"),
    ("commissions", "commissions/"),
    ("map", "map/"),
    ("data", "data/"),
    ("method", "method/"),
    ("changes", "changes/"),
    ("search", "search/"),
    ("commitments", "commitments/"),
]:
    urlpatterns.append(path(_p, lambda r: _R("soon"), name=_n))
for _n, _p in [
    ("place", "places/<slug:s>/"),
    ("party", "parties/<slug:s>/"),
    ("commission", "commissions/<slug:s>/"),
    ("topic", "topics/<slug:s>/"),
]:
    urlpatterns.append(path(_p, lambda r, s: _R("soon"), name=_n))
