"""The record: what is known, and by whom it is said."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiplomacyConfig(AppConfig):
    name = "peacetracker.diplomacy"
    label = "diplomacy"
    verbose_name = _("The record")
    default_auto_field = "django.db.models.BigAutoField"
    desk_rank = 2
    desk_lists = (
        "Event", "Call", "Meeting", "Visit", "CommissionSession", "Account", "Commitment", "Leader", "Office",
        "Proposal", "Body", "Topic", "Place", "Party", "Source", "Publisher", "Merger", "Keeping",
    )  # fmt: skip
