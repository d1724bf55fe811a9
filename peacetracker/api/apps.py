"""The service hatch: all that machines take away."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "peacetracker.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
