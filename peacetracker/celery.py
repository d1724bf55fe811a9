"""The Celery application. It is loaded with the package, so that a task called from a page finds its broker."""

import os
import sys

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")

# Celery would close the database after every task, and opening it costs more than most tasks do. It is kept as the web
# server keeps it: looked at before each task, and opened anew when it is gone or old.
app = Celery("peacetracker", changes={"CELERY_DB_REUSE_MAX": sys.maxsize})
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.task_prerun.connect
def keep_the_database(**_: object) -> None:
    from django.db import close_old_connections

    close_old_connections()
