"""The ground: plumbing that has never heard of Armenia."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "peacetracker.core"
    label = "core"
    verbose_name = _("Users")
    default_auto_field = "django.db.models.BigAutoField"
