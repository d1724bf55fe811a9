"""Releases: pages and files below /data/releases/, and what the API tells of them."""

from django.urls import path, re_path

from peacetracker.access import doors, drafts, views

pages = [
    path("data/releases/", views.releases, name="releases"),
    path("data/releases/<str:version>/", views.release, name="release"),
    path("data/releases/<str:version>/<path:path>", views.release_file, name="release-file"),
]
api = [
    path("drafts/", drafts.Drafts.as_view(), name="drafts"),
    re_path(r"^drafts/(?P<id>[0-9]+)/$", drafts.OneDraft.as_view(), name="draft"),
    path("releases/", doors.Releases.as_view(), name="releases"),
    re_path(r"^releases/(?P<version>[0-9.]+)/$", doors.OneRelease.as_view(), name="release"),
]
