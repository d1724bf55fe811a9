"""The admin as the editors' desk. Each room says in its AppConfig where it stands and in which order its lists come."""

from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

LAST = 99


class Desk(AdminSite):
    site_header = site_title = "Peace Tracker"
    index_title = _("Editors' desk")
    enable_nav_sidebar = False  # the bar in base_site.html leads to every list and leaves the page its width

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Rooms by their `desk_rank`, lists as `desk_lists` names them; what is not named comes last, by name."""
        rooms = sorted(super().get_app_list(request, app_label), key=lambda room: _told(room, "desk_rank", LAST))
        for room in rooms:
            order = {name: at for at, name in enumerate(_told(room, "desk_lists", ()))}
            room["models"].sort(key=lambda one: order.get(one["object_name"], LAST))
        return rooms


def _told(room: dict[str, Any], name: str, otherwise: Any) -> Any:
    return getattr(apps.get_app_config(room["app_label"]), name, otherwise)
