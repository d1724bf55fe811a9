"""The generation: one number, kept in the database and bumped in the transaction of each change.

A row rather than a key of Redis, because without Redis several processes would never see each other's number, and a
Redis that lost its memory would hand out old numbers again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import F
from django.utils import timezone

from peacetracker.core.models import Generation

# The bumps of an act under way, held back until it ends.
_held: ContextVar[list[bool] | None] = ContextVar("held", default=None)


def generation() -> Generation:
    """The current generation; an empty database is generation 0."""
    return Generation.objects.filter(pk=1).first() or Generation(pk=1, number=0)


def data_version() -> int:
    return generation().number


def bump() -> None:
    """Count one change of the public record. Call it inside the transaction that makes the change."""
    held = _held.get()
    if held is not None:
        held.append(True)
        return
    now = timezone.now()
    if not Generation.objects.filter(pk=1).update(number=F("number") + 1, changed_at=now):
        Generation.objects.create(pk=1, number=1, changed_at=now)


@contextmanager
def one_bump() -> Iterator[None]:
    """All changes inside count as one: for an act that touches several records. Use it inside the act's transaction."""
    if _held.get() is not None:
        yield
        return
    held: list[bool] = []
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    if held:
        bump()
