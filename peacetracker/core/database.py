"""Reads that stand on the quick path of every request: on PostgreSQL past Django's cursor, which puts values into the
text and so can prepare nothing. Where queries are logged or counted they go Django's way, and are seen."""

import sys
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def allow_preparing(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Receiver of `connection_created`: what asks for it is prepared, and then keeps one plan for all values.

    Django turns preparing off; so high a threshold turns it on for those statements alone. By itself PostgreSQL would
    plan most of them anew each time, which takes longer than the query.
    """
    if connection.vendor == "postgresql":
        connection.connection.prepare_threshold = sys.maxsize
        with connection.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")


def fetch(sql: str, values: Sequence[Any] = (), *, prepare: bool = True, binary: bool = False) -> list[tuple[Any, ...]]:
    """The rows of a query. `prepare`: let the server keep the plan; `binary`: take the rows in the server's own form,
    which is quicker for long ones. Raises Django's database errors."""
    ours = connections[DEFAULT_DB_ALIAS]  # looked up once: each look through `connection` costs as much as a header
    if ours.vendor != "postgresql" or ours.queries_logged:
        with ours.cursor() as seen:
            seen.execute(sql, values)
            rows: list[tuple[Any, ...]] = seen.fetchall()
            return rows
    ours.ensure_connection()
    raw = ours.connection
    with ours.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        if prepare:
            return cursor.execute(sql, values, prepare=True, binary=binary).fetchall()
        # The values stand in the text, so that it is planned for them.
        text = psycopg.ClientCursor(raw).mogrify(sql, values)
        return cursor.execute(text.encode(), prepare=False, binary=binary).fetchall()
