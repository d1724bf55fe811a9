"""What a page says of itself to whoever comes from elsewhere: its data block, the way to it, its picture."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from peacetracker.dashboard.structured import crumbs


def landing(
    request: HttpRequest, data: dict[str, Any] | None, *, noun: str, slug: str, name: str, list_name: str,
    list_address: str,
) -> dict[str, Any]:  # fmt: skip
    """The context of one record's page. `list_name`, `list_address`: the page that lists its like."""
    here = request.build_absolute_uri(request.path)
    ways = [
        ("Peace Tracker", request.build_absolute_uri(reverse("dashboard:home"))),
        (list_name, request.build_absolute_uri(reverse(f"dashboard:{list_address}"))),
        (name, here),
    ]
    return {
        "structured": [*([data] if data else []), crumbs(ways)],
        "card": reverse("dashboard:card", args=[noun, slug]),
        "crumb": (list_name, reverse(f"dashboard:{list_address}")),
    }
