"""A record that is made once for all tests of a module; what a test does to it is undone at that test's end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction


@contextmanager
def kept(blocker: Any) -> Iterator[None]:
    """What is written inside stays until the module's fixture ends. `blocker`: the fixture `django_db_blocker`."""
    with blocker.unblock(), transaction.atomic():
        with patch.object(connection, "close"):  # a test's end closes the connection, and with it what is kept
            yield
        transaction.set_rollback(True)
