"""Celery wrappers: one writer called."""

from celery import shared_task
from django.utils import timezone

from peacetracker.access import releasing


@shared_task(name="access.release", ignore_result=True, soft_time_limit=3600, time_limit=3900)
def release() -> None:
    """Make a release where one is due."""
    moment = timezone.now() - releasing.SETTLED
    if releasing.is_due(moment):
        releasing.make_release(now=moment)
