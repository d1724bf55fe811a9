"""The public rooms: pages that people look at."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "peacetracker.dashboard"
    label = "dashboard"
    default_auto_field = "django.db.models.BigAutoField"
