"""The Celery application. It is loaded with the package, so that a task called from a page finds its broker."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")

app = Celery("peacetracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
