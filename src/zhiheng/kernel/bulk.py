"""整批：用 COPY 装入大量行，供演示数据、导入与基准使用。

Rows are model instances with their keys already known; nothing is checked but what the database
checks itself. One call is one COPY in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg import sql
from psycopg.types.json import Jsonb


def take_ids(*, model: type[models.Model], count: int) -> list[int]:
    """Take ids from the table's own sequence, so that later inserts go on behind them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(*, model: type[models.Model], rows: Sequence[models.Model]) -> int:
    """COPY instances into their table; what they leave to the database's default is left out."""
    if not rows:
        return 0
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(getattr(rows[0], field.attname), DatabaseDefault)
    ]
    return copy_values(
        table=model._meta.db_table,
        columns=[field.column for field in fields],
        rows=([_value(field=field, row=row) for field in fields] for row in rows),
    )


def copy_values(*, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY plain values into a table; returns how many rows went in."""
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _value(*, field: models.Field[Any, Any], row: models.Model) -> Any:
    """A field's value as psycopg writes it."""
    value = getattr(row, field.attname)
    return Jsonb(value) if isinstance(field, models.JSONField) else value
