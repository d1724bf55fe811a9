"""Write some columns of many rows. Django's bulk_update makes one CASE for each row and column, and spends most of the
time of a load on taking those expressions apart; one small UPDATE, sent again and again, does the same."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


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


def _stored(field: Any, row: models.Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
