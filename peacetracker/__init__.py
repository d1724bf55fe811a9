"""Peace Tracker: an open, source-linked record of the Armenia–Azerbaijan peace process."""

from peacetracker.celery import app as celery_app

__all__ = ["celery_app"]
