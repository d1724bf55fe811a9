"""Who saved a record since a form was opened, when, and what changed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peacetracker.diplomacy import record
from peacetracker.diplomacy.differences import Difference, differences


@dataclass(frozen=True)
class Act:
    """One save by somebody else."""

    who: str
    at: datetime
    why: str


@dataclass(frozen=True)
class Meanwhile:
    """`both`: the labels of the fields that both editors changed, where saving again puts this editor's value."""

    acts: Sequence[Act]
    changes: Sequence[Difference]
    both: Sequence[str]

    @property
    def who(self) -> str:
        return ", ".join(dict.fromkeys(act.who for act in self.acts)) or _("Somebody")


def _log(one: Any) -> QuerySet[LogEntry]:
    kind = ContentType.objects.get_for_model(one, for_concrete_model=True)
    return LogEntry.objects.filter(content_type=kind, object_id=str(one.pk)).order_by("-action_time", "-pk")


def mark_of(one: Any) -> str:
    """What a form remembers of the state on which it was opened: the newest version, or (for nouns that have none) the
    newest line of the admin's log."""
    if one.pk is None:
        return ""
    version = record.versions_of(one).values_list("pk", flat=True).first()
    if version is not None:
        return f"version-{version}"
    return f"log-{_log(one).values_list('pk', flat=True).first() or 0}"


def look(one: Any, opened: str, both: Sequence[str]) -> Meanwhile:
    """What was done to a record since the state that a mark stands for."""
    kind, _dash, number = opened.partition("-")
    if not number.isdigit():
        return Meanwhile([], [], both)
    if kind == "log":
        entries = _log(one).filter(pk__gt=int(number)).select_related("user")
        acts = [Act(entry.user.get_username(), entry.action_time, entry.get_change_message()) for entry in entries]
        return Meanwhile(acts, [], both)
    newer = list(record.versions_of(one).filter(pk__gt=int(number)).select_related("by"))
    acts = [Act(name_of(version), version.recorded_from, version.reason) for version in newer]
    before = record.versions_of(one).filter(pk=int(number)).first()
    return Meanwhile(acts, differences(document_of(before), document_of(newer[0] if newer else None)), both)


def name_of(version: Any) -> str:
    return version.by.get_username() if version.by else _("The record’s own files or rules")


def document_of(version: Any) -> dict[str, Any] | None:
    return json.loads(version.document) if version else None
