"""Releases as pages and files, read without a login."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from peacetracker.access.models import Release
from peacetracker.access.releasing import directory_of

SHOWN = 200
FOREVER_S = 365 * 24 * 3600
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
}


@require_safe
@cache_control(public=True, no_cache=True)
def releases(request: HttpRequest) -> HttpResponse:
    return render(request, "access/releases.html", {"releases": Release.objects.defer("files")[:SHOWN]})


@require_safe
@cache_control(public=True, no_cache=True)
def release(request: HttpRequest, version: str) -> HttpResponse:
    found = get_object_or_404(Release, version=version)
    return render(request, "access/release.html", {"release": found})


@require_safe
def release_file(request: HttpRequest, version: str, path: str) -> HttpResponseBase:
    """One file. Only what the release lists is served, so that no path leads elsewhere."""
    found = get_object_or_404(Release, version=version)
    known = next((file for file in found.files if file["path"] == path), None)
    if known is None:
        raise Http404
    try:
        content = (directory_of(found) / known["path"]).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=TYPES.get(path.rpartition(".")[2], "text/plain; charset=utf-8"))
    response.headers["Cache-Control"] = f"public, max-age={FOREVER_S}, immutable"
    response.headers["ETag"] = f'"{known["sha256"]}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
