"""The acts of the desk. Each is one POST and one transaction: what an editor typed, what she decided, and its log."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from peacetracker.core.models import User
from peacetracker.diplomacy import record
from peacetracker.diplomacy.models import Event, Leader
from peacetracker.diplomacy.record import Author
from peacetracker.newsroom import review
from peacetracker.newsroom.desk.forms import Mending
from peacetracker.newsroom.models import Draft
from peacetracker.newsroom.review import CannotDecide


class NotYet(Exception):
    """What was sent can't be taken as it is; the forms say where."""


def perform(draft: Draft, mending: Mending, data: Any, *, by: User) -> str:
    """Do the act that `data` asks for, whole or not at all. Returns its name.

    Raises NotYet, Overtaken or CannotDecide, and what the record refuses (ValueError, LookupError, ValidationError).
    """
    act, _sep, target = str(data.get("act", "")).partition(":")
    if act not in ACTS:
        raise CannotDecide(_("That is no act of the desk."))
    with transaction.atomic():
        held = review.hold(draft.pk, seen=str(data.get("seen", "")))
        ACTS[act](held, mending, target or str(data.get("other_event", "")), str(data.get("reason", "")), by)
    return act


def _save(draft: Draft, mending: Mending, _target: str, _reason: str, by: User) -> None:
    if not mending.is_valid():
        raise NotYet
    for form in mending.addresses:
        if form.cleaned_data["url"]:
            review.give_address(form.article, form.cleaned_data["url"])
    for slug, name in mending.people.spellings():
        reason = f"spelling of draft {draft.pk}"
        record.add_spelling(Leader.objects.get(slug=slug), name, author=Author(by=by, reason=reason))
    before = review.amend(draft, mending.values())
    if before:
        log_edit(draft, before, by=by)


def _approve(draft: Draft, mending: Mending, target: str, reason: str, by: User) -> None:
    _save(draft, mending, target, reason, by)
    review.approve(draft, by=by)


def _merge(draft: Draft, mending: Mending, target: str, reason: str, by: User) -> None:
    _save(draft, mending, target, reason, by)
    review.merge_into(draft, event_named(target), by=by)


def _reject(draft: Draft, _mending: Mending, _target: str, reason: str, by: User) -> None:
    review.reject(draft, reason=reason, by=by)


ACTS: dict[str, Callable[[Draft, Mending, str, str, User], None]] = {
    "save": _save,
    "later": _save,
    "approve": _approve,
    "merge": _merge,
    "reject": _reject,
}


def event_named(text: str) -> Event:
    """The event of a slug or of the address of its page. Raises CannotDecide."""
    parts = [part for part in urlsplit(text.strip()).path.split("/") if part]
    event = Event.objects.filter(slug=parts[-1]).first() if parts else None
    if event is None:
        raise CannotDecide(_("Name the event to merge into: its address, or the last part of it."))
    return event


def log_edit(draft: Draft, before: dict[str, Any], *, by: User) -> None:
    """Keep in the log who mended which fields, and what was read out of the text before."""
    message = [{"changed": {"fields": list(before), "before": before}}]
    text = json.dumps(message, default=str, ensure_ascii=False)
    LogEntry.objects.log_actions(by.pk, [draft], CHANGE, text, single_object=True)
