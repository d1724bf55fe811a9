"""A release that a chief editor asks for: she adds a row, a worker takes it, and the row tells how far it is."""

import logging
from datetime import timedelta
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from peacetracker.access.models import BROKEN_OFF, Making
from peacetracker.access.releasing import make_release
from peacetracker.core.models import User

# Each step told renews it: a worker that was killed is followed by another one after so long.
LEASE = timedelta(minutes=5)
TRIES = 3
log = logging.getLogger(__name__)


def ask(*, by: User, note: str = "") -> Making:
    """Ask for a release; the one that is asked for already, if there is one."""
    if being_made := Making.objects.open().first():
        return being_made
    try:
        with transaction.atomic():
            return Making.objects.create(by=by, note=note)
    except IntegrityError:  # somebody asked in the same moment
        return Making.objects.open().get()


def make_asked() -> Making | None:
    """Make the release that is asked for, if one is and no other worker has it."""
    making = Making.objects.claim(timezone.now(), LEASE)
    if making is None:
        return None
    if making.tries > TRIES:
        _end(making, Making.State.FAILED, problem=BROKEN_OFF)
        return making
    try:
        release = make_release(note=making.note, tell=lambda *told: _tell(making, *told))
    except Exception as error:  # whatever it was, the page says so and the next one may begin
        log.exception("The release asked for at %s failed", making.asked_at)
        _end(making, Making.State.FAILED, problem=f"{type(error).__name__}: {error}")
        return making
    if release and making.by:
        LogEntry.objects.log_actions(making.by.pk, [release], ADDITION, "Made by hand.", single_object=True)
    _end(making, Making.State.MADE if release else Making.State.UNCHANGED, release=release)
    return making


def _tell(making: Making, step: str, done: int, steps: int) -> None:
    until = timezone.now() + LEASE
    Making.objects.filter(pk=making.pk).update(step=step, done=done, steps=steps, leased_until=until)


def _end(making: Making, state: str, **more: Any) -> None:
    making.refresh_from_db()
    for name, value in {"state": state, "ended_at": timezone.now(), "leased_until": None, **more}.items():
        setattr(making, name, value)
    making.save()
