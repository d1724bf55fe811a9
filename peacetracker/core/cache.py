"""The generation: one number, kept in the database and bumped in the transaction of each change.

A row rather than a key of Redis, because without Redis several processes would never see each other's number, and a
Redis that lost its memory would hand out old numbers again.
"""

from django.db.models import F
from django.utils import timezone

from peacetracker.core.models import Generation


def generation() -> Generation:
    """The current generation; an empty database is generation 0."""
    return Generation.objects.filter(pk=1).first() or Generation(pk=1, number=0)


def data_version() -> int:
    return generation().number


def bump() -> None:
    """Count one change of the public record. Call it inside the transaction that makes the change."""
    now = timezone.now()
    if not Generation.objects.filter(pk=1).update(number=F("number") + 1, changed_at=now):
        Generation.objects.create(pk=1, number=1, changed_at=now)
