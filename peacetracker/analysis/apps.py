"""Counting: what the record says when it is counted."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "peacetracker.analysis"
    label = "analysis"
    default_auto_field = "django.db.models.BigAutoField"
