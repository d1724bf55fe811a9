"""The record: what is known, and by whom it is said."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiplomacyConfig(AppConfig):
    name = "peacetracker.diplomacy"
    label = "diplomacy"
    verbose_name = _("Diplomacy")
    default_auto_field = "django.db.models.BigAutoField"
