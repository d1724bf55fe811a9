from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "peacetracker.access"
    label = "access"
    verbose_name = _("Releases and keys")
    desk_rank = 3
    desk_lists = ("Release", "ApiKey")

    def ready(self) -> None:
        from peacetracker.access.groups import grant  # models are there only now

        post_migrate.connect(grant, sender=self)
