"""What every page shows: the ways through the site, its languages, and what the record holds."""

from collections import Counter
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import cache as shared
from django.db import connection
from django.db.models import Count, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext as _

from peacetracker.core.database import fetch
from peacetracker.dashboard.caching import until_of, version_of
from peacetracker.dashboard.links import with_query
from peacetracker.diplomacy.backing import hidden_sources
from peacetracker.diplomacy.models import Tally

DAY_S = 24 * 3600
ALIKE = ("/api/", "/admin/", "/healthz")  # the same in all languages


def record_totals(version: int) -> dict[str, int]:
    """How much the record holds; counted once for each generation."""
    key = f"dashboard:totals:{version}"
    totals: dict[str, int] | None = shared.get(key)
    if totals is None:
        totals = counted()
        shared.set(key, totals, DAY_S)
    return totals


def counted() -> dict[str, int]:
    """Both numbers in one query, from the stored counts. Of pages, less those that may not be told, which are few."""
    statement, parameters = _statement()
    found = Counter(dict(fetch(statement, parameters)))
    return {"event_count": found["event"], "source_count": found["source"] - found["hidden"]}


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """Of so many tables that to build and to plan it takes longer than to run it: done once."""
    events, sources, hidden = [
        rows.order_by().annotate(of=Value(name)).values("of").annotate(total=number).values_list("of", "total")
        for name, rows, number in (
            ("event", Tally.objects.filter(axis="", n__gt=0), Coalesce(Sum("n"), 0)),
            ("source", Tally.objects.filter(axis="source", n__gt=0), Coalesce(Sum("n"), 0)),
            ("hidden", hidden_sources(), Count("pk")),
        )
    ]
    statement, parameters = events.union(sources, hidden, all=True).query.sql_with_params()
    if connection.vendor == "postgresql":
        # With its values in it: for any values it would be planned as if much was hidden, and take seconds. Only the
        # operations of PostgreSQL can compose, which the common type does not know.
        return connection.ops.compose_sql(statement, parameters), ()  # type: ignore[attr-defined]
    return statement, parameters


def sections() -> list[tuple[str, str]]:
    """The main ways through the site: name of the address, and what it is called."""
    return [
        ("timeline", _("Timeline")),
        ("cadence", _("Cadence")),
        ("map", _("Map")),
        ("network", _("Network")),
        ("proposals", _("Proposals")),
        ("events", _("Events")),
        ("leaders", _("Leaders")),
        ("commissions", _("Commissions")),
        ("data", _("Data")),
        ("method", _("Method")),
    ]


def navigation(path: str) -> list[dict[str, Any]]:
    found = []
    for name, label in sections():
        url = reverse(f"dashboard:{name}")
        found.append({"url": url, "label": label, "current": path.startswith(url)})
    return found


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language."""
    here = request.get_full_path()
    return [
        {
            "code": code,
            "name": name,
            "url": _in_language(request, here, code),
            "current": code == get_language(),
            "absolute": request.build_absolute_uri(_in_language(request, request.path, code)),
        }
        for code, name in settings.LANGUAGES
    ]


def _in_language(request: HttpRequest, url: str, code: str) -> str:
    """An address of this page with the prefix of another language; what is no page of ours in languages keeps its own.

    By its letters: to look it up in another language would load that language, and keep it.
    """
    if request.resolver_match is None or request.path_info.startswith(ALIKE):
        return url
    own, root = get_language_from_path(request.path_info), len(request.path) - len(request.path_info)
    after = root + (len(own) + 1 if own else 0)
    return url[:root] + ("" if code == settings.LANGUAGE_CODE else f"/{code}") + url[after:]


def footer(path: str) -> list[dict[str, str]]:
    names = [
        ("method", _("Method and inclusion rule")),
        ("data", _("Data and API")),
        ("changes", _("Changes")),
        ("commitments", _("Commitments")),
        ("readouts", _("Where accounts differ")),
        ("publishers", _("Publishers")),
    ]
    doors = [("sources", _("Feeds that are read")), ("accuracy", _("How accurate drafts are"))]
    report = {"url": with_query(reverse("newsroom:report"), [("page", path)]), "label": _("Report an error")}
    return [
        *({"url": reverse(f"dashboard:{name}"), "label": label} for name, label in names),
        *({"url": reverse(f"newsroom:{name}"), "label": label} for name, label in doors),
        report,
    ]


def site(request: HttpRequest) -> dict[str, Any]:
    """The context of every page that extends base.html. In the admin it stays empty: nothing is asked for there."""
    if request.path.startswith("/admin/"):
        return {}
    totals = record_totals(version_of(request))
    return {
        "nav": navigation(request.path),
        "languages": languages(request),
        "record": {**totals, "covered_until": until_of(request)},
        "footer": footer(request.path),
        "search_url": reverse("dashboard:search"),
        "canonical": request.build_absolute_uri(request.path),
        "site_root": request.build_absolute_uri("/").rstrip("/"),
        "record_card": reverse("dashboard:card", args=["record", "all"]),
    }
