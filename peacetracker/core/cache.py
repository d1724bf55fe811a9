"""The generation: one number, kept in the database and bumped in the transaction of each change.

A row rather than a key of Redis, because without Redis several processes would never see each other's, and a
Redis that lost its memory would hand out old numbers again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import OperationalError, connection
from django.db.models import F
from django.utils import timezone

from peacetracker.core.database import fetch
from peacetracker.core.models import Generation

# The bumps of an act under way, held back until it ends.
_held: ContextVar[list[bool] | None] = ContextVar("held", default=None)


class State(NamedTuple):
    """A generation: its number and when it began (None: nothing was ever recorded)."""

    number: int
    changed_at: datetime | None


@dataclass(slots=True)
class Reading:
    """The generation that a request takes as the present one. `read`: the number that its own query found there."""

    state: State
    read: int | None = None


_seen: ContextVar[Reading | None] = ContextVar("generation", default=None)
_memory: dict[str, tuple[Any, Any]] = {}
_latest: State | None = None


def generation() -> State:
    """The current generation; an empty database is generation 0. Asked for in each request, so without the ORM.

    It is the first query of a request, and so the check of a kept connection too: a broken one is opened again.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        row = _read()
    except OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()
        row = _read()
    global _latest
    _latest = State(*row) if row else State(0, None)
    return _latest


def latest() -> State | None:
    """The generation that this process read last; the record may have changed since. None: it has read none yet."""
    return _latest


def _read() -> tuple[Any, ...] | None:
    row = next(iter(fetch("SELECT number, changed_at FROM core_generation WHERE id = 1")), None)
    if row and row[1] and row[1].tzinfo is None:  # SQLite keeps UTC and does not say so
        return row[0], row[1].replace(tzinfo=UTC)
    return row


def data_version() -> int:
    return generation().number


@contextmanager
def remembering(state: State) -> Iterator[Reading]:
    """Within one request: what `remembered` made in this generation holds."""
    reading = Reading(state)
    token = _seen.set(reading)
    try:
        yield reading
    finally:
        _seen.reset(token)


def found_in(number: int) -> None:
    """A query of this request says in which generation it was answered, so that nobody need ask for it apart."""
    reading = _seen.get()
    if reading:
        reading.read = number


def remembered(name: str, make: Callable[[], Any]) -> Any:
    """Something small that changes with the record alone, made once for each generation and process.

    Outside of `remembering` it is made anew: nobody has asked there which generation it is.
    """
    reading = _seen.get()
    if reading is None:
        return make()
    known = _memory.get(name)
    if known is None or known[0] != reading.state:
        known = _memory[name] = (reading.state, make())
    return known[1]


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
