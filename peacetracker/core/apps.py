"""The ground: plumbing that has never heard of Armenia."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "peacetracker.core"
    label = "core"
    verbose_name = _("Users")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from peacetracker.core.database import allow_preparing

        connection_created.connect(allow_preparing)
