"""Write many rows, or some columns of them, without a model and an expression for each value.

Django's bulk_update makes one CASE for each row and column, and spends most of the time of a load on taking those
expressions apart; one small UPDATE, sent again and again, does the same. Its bulk_create takes ten times the processor
time of one statement that hands all rows to PostgreSQL as JSON, which costs the server no more than COPY.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from django.db import connection, models

from peacetracker.core.database import fetch


def write_columns(rows: Iterable[models.Model], names: Sequence[str]) -> None:
    """Store these fields of saved rows of one model as they stand in the objects."""
    rows = list(rows)
    if not rows:
        return
    meta = rows[0]._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    update = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(str(meta.pk.column))} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(update, [[*(_stored(field, row) for field in fields), row.pk] for row in rows])


def insert_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]], known_by: str) -> dict[Any, int]:
    """Insert rows of one shape, each as values by column, but leave out those that clash with a unique column.

    Returns the primary keys of those that were inserted by what stands in their column `known_by`. No text may hold
    NUL or half a surrogate pair.
    """
    if not rows:
        return {}
    # The statement holds names of our own columns alone, never a value.
    quote, meta = connection.ops.quote_name, model._meta
    columns, table = ", ".join(map(quote, rows[0])), quote(meta.db_table)
    told = f"ON CONFLICT DO NOTHING RETURNING {quote(known_by)}, {quote(str(meta.pk.column))}"
    if connection.vendor == "postgresql":
        source = f"SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json)"  # noqa: S608
        return dict(fetch(f"INSERT INTO {table} ({columns}) {source} {told}", [orjson.dumps(rows).decode()]))
    fields: list[Any] = [meta.get_field(name) for name in rows[0]]
    insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))}) {told}"  # noqa: S608
    inserted: dict[Any, int] = {}
    with connection.cursor() as cursor:
        for row in rows:
            values = zip(fields, row.values(), strict=True)
            cursor.execute(insert, [field.get_db_prep_save(value, connection) for field, value in values])
            inserted |= dict(cursor.fetchall())
    return inserted


def _stored(field: Any, row: models.Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
