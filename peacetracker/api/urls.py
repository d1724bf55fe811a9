"""/api/v1/, read by machines. Included after whatever else lives below that address: the last line catches the rest."""

from django.urls import path, re_path

from peacetracker.api import answers, views
from peacetracker.api.doors import Nowhere
from peacetracker.api.reference import Docs, OpenAPI
from peacetracker.api.resources import RESOURCES
from peacetracker.diplomacy.choices import Kind

app_name = "api"
KINDS = {"events": None, "calls": Kind.CALL, "meetings": Kind.MEETING}

urlpatterns = [
    path("", views.Index.as_view(), name="index"),
    *(path(f"{name}/", views.EventListing.as_view(kind=kind, address=name), name=name) for name, kind in KINDS.items()),
    *(
        path(f"{name}/<slug:slug>/", views.EventDetail.as_view(kind=kind, address=name), name=f"{name}-detail")
        for name, kind in KINDS.items()
    ),
    *(path(f"{name}/", views.Listing.as_view(resource=one), name=name) for name, one in RESOURCES.items()),
    *(
        path(f"{name}/<slug:slug>/", views.Detail.as_view(resource=one), name=f"{name}-detail")
        for name, one in RESOURCES.items()
    ),
    path("resolve/", answers.Resolve.as_view(), name="resolve"),
    path("stats/", answers.Stats.as_view(), name="stats"),
    path("network/", answers.Network.as_view(), name="network"),
    path("timeline/", answers.Timeline.as_view(), name="timeline"),
    path("schema/", OpenAPI.as_view(), name="schema"),
    path("docs/", Docs.as_view(url_name="api:schema"), name="docs"),
    re_path(r"^[\s\S]*/$", Nowhere.as_view()),
]
