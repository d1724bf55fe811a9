"""The record: what is known, and by whom it is said."""

from django.apps import AppConfig


class DiplomacyConfig(AppConfig):
    name = "peacetracker.diplomacy"
    label = "diplomacy"
    default_auto_field = "django.db.models.BigAutoField"
