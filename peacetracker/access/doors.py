"""Releases as the API tells of them."""

from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers as s
from rest_framework.request import Request

from peacetracker.access.models import Release
from peacetracker.api import schema
from peacetracker.api.asking import MEDIA_TYPES, choose, refuse_unknown
from peacetracker.api.doors import Door, plain
from peacetracker.api.feeds import site_of
from peacetracker.api.problems import Problem
from peacetracker.api.schema import About
from peacetracker.api.shapes import Shape, string

CALVER = "^[1-9][0-9]{3}\\.(1[0-2]|[1-9])\\.(0|[1-9][0-9]{0,5})$"


class ReleaseFileShape(Shape):
    path = string()
    url = s.URLField()
    bytes = s.IntegerField()
    sha256 = string()


class ReleaseShape(Shape):
    version = string(help_text="Year, month, number")
    url = s.URLField(help_text="Its page")
    made_at = s.DateTimeField(help_text="The record as it stood at this moment")
    covered_until = s.DateField(allow_null=True)
    events = s.IntegerField()
    sha256 = string(help_text="Of the file SHA256SUMS, and so of all files")
    changes = s.DictField(help_text="Since which release, and how many were added, corrected, withdrawn and merged")
    note = string(allow_blank=True)
    files = ReleaseFileShape(many=True)


class ReleasesShape(Shape):
    results = ReleaseShape(many=True)


def document(release: Release, site: str) -> dict[str, Any]:
    address = site + release.get_absolute_url()
    return {
        "version": release.version,
        "url": address,
        "made_at": release.made_at,
        "covered_until": release.covered_until,
        "events": release.event_count,
        "sha256": release.sha256,
        "changes": release.changes,
        "note": release.note,
        "files": [{**file, "url": address + file["path"]} for file in release.files],
    }


def answer(body: Any) -> HttpResponse:
    text = orjson.dumps(body, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS)
    return HttpResponse(text, content_type=MEDIA_TYPES["json"])


class Releases(Door):
    """All releases, the newest first."""

    def about(self) -> About:
        return About(
            "releases_list", "All releases, the newest first", "releases", [schema.format_parameter(("json",))],
            schema.answers(ReleasesShape),
        )  # fmt: skip

    def get(self, request: Request) -> Any:
        read_nothing(request)
        site = site_of(plain(request))
        return answer({"results": [document(one, site) for one in Release.objects.all()]})


class OneRelease(Door):
    """One release, by its version."""

    def about(self) -> About:
        version = OpenApiParameter(
            "version", {"type": "string", "pattern": CALVER}, OpenApiParameter.PATH, description="Year, month, number"
        )
        return About(
            "releases_retrieve", "One release, by its version", "releases",
            [version, schema.format_parameter(("json",))], schema.answers(ReleaseShape, 404),
        )  # fmt: skip

    def get(self, request: Request, version: str) -> Any:
        read_nothing(request)
        found = Release.objects.filter(version=version).first()
        if found is None:
            known = list(Release.objects.values_list("version", flat=True)[:12])
            if not known:
                raise Http404
            raise Problem(404, _("There is no release “%(version)s”.") % {"version": version}, known=known)
        return answer(document(found, site_of(plain(request))))


def read_nothing(request: Request) -> None:
    params = plain(request).GET
    refuse_unknown(params, ("format",))
    choose(params, "format", ["json"])
