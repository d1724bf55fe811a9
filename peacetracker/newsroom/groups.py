"""Who may do what in the admin: Readers look, Editors work, Chief editors also say how far the record reaches.

Made after each migration rather than by one: permissions do not exist while migrations run, and a table that is added
later is then covered without another migration (docs/decisions/0014).
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

READERS, EDITORS, CHIEF_EDITORS = "Readers", "Editors", "Chief editors"
ROOMS = ("diplomacy", "newsroom")
# Written by machines and by decisions only, or kept for chief editors.
LOGS = (
    "article", "decision", "draftsource", "eventversion", "fetchlog", "loadedrow", "merger", "pastslug", "submission",
    "version",
)  # fmt: skip
CHIEFS = ("keeping",)


def grant(**kwargs: Any) -> None:
    """Give the three groups what is theirs; what else an administrator gave them stays."""
    inside = Permission.objects.filter(content_type__app_label__in=ROOMS)
    look = inside.filter(codename__startswith="view_")
    work = inside.filter(
        Q(codename__startswith="add_") | Q(codename__startswith="change_") | Q(codename="review_draft")
    )
    theirs = {
        READERS: look.exclude(codename="view_report"),  # it may hold an address for the answer
        EDITORS: look | work.exclude(content_type__model__in=(*LOGS, *CHIEFS)),
        CHIEF_EDITORS: look | work.exclude(content_type__model__in=LOGS),
    }
    for name, permissions in theirs.items():
        Group.objects.get_or_create(name=name)[0].permissions.add(*permissions)
