"""The ground: plumbing that has never heard of Armenia."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "peacetracker.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
