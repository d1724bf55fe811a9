"""Records that are costly to make: made once, then kept for a module or put down again row by row."""

import fcntl
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

ROOMS = ("diplomacy", "core")
LOADED: list[list[Any]] = []


@contextmanager
def kept(blocker: Any) -> Iterator[None]:
    """What is written inside stays until the module's fixture ends. `blocker`: the fixture `django_db_blocker`."""
    with blocker.unblock(), transaction.atomic():
        with patch.object(connection, "close"):  # a test's end closes the connection, and with it what is kept
            yield
        transaction.set_rollback(True)


def present() -> set[tuple[type, Any]]:
    """What is there before a record is made: an editor at the door is no part of it."""
    return {(type(row), row.pk) for rows in taken_up(besides=set()) for row in rows}


def taken_up(besides: set[tuple[type, Any]]) -> list[list[Any]]:
    """The other rows of the record, a list for each table that has any."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    tables = [list(model._base_manager.all()) for model in models if not model._meta.proxy]
    others = [[row for row in rows if (type(row), row.pk) not in besides] for rows in tables]
    return [rows for rows in others if rows]


def put_down(tables: list[list[Any]]) -> None:
    """The rows into an empty database, as they were taken up."""
    with transaction.atomic():
        for rows in tables:
            type(rows[0])._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [type(rows[0]) for rows in tables]):
            cursor.execute(statement)


def load_real_record() -> None:
    """The whole curated record into an empty database.

    `load_record` takes half a minute, so it is called once in a run: what it wrote is put down again in the other
    tests and the other process. That it writes what it should is asked in tests/diplomacy/test_exchange.py.
    """
    if not LOADED:
        file = settings.VAR_DIR / "record.pickle"
        with file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                before = present()
                with transaction.atomic():
                    call_command("load_record", verbosity=0)
                    file.write_bytes(pickle.dumps(taken_up(besides=before)))
                    transaction.set_rollback(True)
        LOADED.extend(pickle.loads(file.read_bytes()))
    put_down(LOADED)
    with connection.cursor() as cursor:
        # What autovacuum does before the first reader comes: without it PostgreSQL takes the tables for empty.
        cursor.execute("ANALYZE")
