"""The ground: plumbing that has never heard of Armenia."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
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
