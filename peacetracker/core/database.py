"""Reads that stand on the quick path of every request: on PostgreSQL past Django's cursor, which puts values into the
text and so can prepare nothing. Where queries are logged or counted they go Django's way, and are seen."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def fetch(sql: str, values: Sequence[Any] = (), *, prepare: bool = True, binary: bool = False) -> list[tuple[Any, ...]]:
    """The rows of a query. `prepare`: let the server keep the plan; `binary`: take the rows in the server's own form,
    which is quicker for long ones. Raises Django's database errors."""
    if connection.vendor != "postgresql" or connection.queries_logged:
        with connection.cursor() as seen:
            seen.execute(sql, values)
            rows: list[tuple[Any, ...]] = seen.fetchall()
            return rows
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, values, prepare=prepare, binary=binary).fetchall()
