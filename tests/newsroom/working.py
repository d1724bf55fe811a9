"""A real Celery worker on the test's own database, in another process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """The address of the test's own database, for another process."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    return f"postgres://{config['USER']}@{config['HOST']}:{config['PORT']}/{config['NAME']}"


def start_worker(broker: str, *options: str) -> subprocess.Popen[bytes]:
    """A worker that reads feeds from loopback too. The caller kills it."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": broker,
        "FEED_ALLOW_PRIVATE": "1",
        "DJANGO_SETTINGS_MODULE": "peacetracker.settings",
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "peacetracker",
        "worker",
        "--pool",
        "solo",
        "-l",
        "WARNING",
        *options,
    ]
    return subprocess.Popen(command, env=environment, cwd=Path(settings.BASE_DIR))


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for something that other processes bring about; fail when it does not come."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.05)
