"""The intake: feed, article, draft, review."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "peacetracker.newsroom"
    label = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"
