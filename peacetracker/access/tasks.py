"""Celery wrappers: one writer called."""

from celery import shared_task
from django.utils import timezone

from peacetracker.access import making, releasing


@shared_task(name="access.release", ignore_result=True, soft_time_limit=3600, time_limit=3900)
def release() -> None:
    """Make a release where one is due."""
    moment = timezone.now() - releasing.SETTLED
    if releasing.is_due(moment):
        releasing.make_release(now=moment)


@shared_task(name="access.make_asked", ignore_result=True, soft_time_limit=3600, time_limit=3900)
def make_asked() -> None:
    """Make the release that was asked for at the desk."""
    making.make_asked()
