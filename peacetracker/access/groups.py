"""Who sees releases in the admin, and who makes one: the groups of the desk (docs/decisions/0014)."""

from typing import Any

from django.contrib.auth.models import Group, Permission

from peacetracker.newsroom.groups import CHIEF_EDITORS, EDITORS, READERS


def grant(**kwargs: Any) -> None:
    """Everybody looks; a chief editor makes one."""
    here = Permission.objects.filter(content_type__app_label="access", content_type__model="release")
    look = here.filter(codename="view_release")
    for name in (READERS, EDITORS, CHIEF_EDITORS):
        Group.objects.get_or_create(name=name)[0].permissions.add(*look)
    Group.objects.get(name=CHIEF_EDITORS).permissions.add(*here.filter(codename="add_release"))
