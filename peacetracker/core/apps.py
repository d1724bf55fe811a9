"""The ground: plumbing that has never heard of Armenia."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class DeskConfig(admin.AdminConfig):
    """Django's admin with our site in it."""

    default = False  # named in the settings; this room's own is the other one
    default_site = "peacetracker.core.desk.Desk"


class CoreConfig(AppConfig):
    name = "peacetracker.core"
    label = "core"
    verbose_name = _("Users")
    default_auto_field = "django.db.models.BigAutoField"
    desk_rank = 4

    def ready(self) -> None:
        from peacetracker.core.database import allow_preparing

        connection_created.connect(allow_preparing)
