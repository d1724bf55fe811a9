"""The intake: feed, article, draft, review."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "peacetracker.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"
    desk_rank = 1
    desk_lists = ("Draft", "Report", "Feed", "Article", "Decision")

    def ready(self) -> None:
        from peacetracker.newsroom.groups import grant  # models are there only now

        post_migrate.connect(grant, sender=self)
