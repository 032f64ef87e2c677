"""整批：用 COPY 装入大量行，供演示数据、导入与基准使用。

Rows are model instances with their keys already known; nothing is checked but what the database
checks itself. One call is one COPY in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.models.expressions import DatabaseDefault
from psycopg import sql
from psycopg.types.json import Jsonb

PARTS = """
SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), contype
FROM pg_constraint c
WHERE conrelid = ANY(%s::regclass[]) AND (contype = 'f' OR contype IN ('u', 'x') AND NOT EXISTS (
    SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid
))
ORDER BY contype = 'f', conname
"""
INDEXES = """
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index i
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
ORDER BY 1
"""
BUILD_MEMORY = "256MB"


def take_ids(*, model: type[models.Model], count: int) -> list[int]:
    """Take ids from the table's own sequence, so that later inserts go on behind them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def take_range(*, model: type[models.Model], count: int) -> range:
    """Take ids that follow one another from the table's own sequence."""
    sequence = "pg_get_serial_sequence(%s, 'id')"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({sequence})", [table])
        first = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT setval({sequence}, %s)",
            [table, first + count - 1],
        )
    return range(first, first + count)


@contextmanager
def bare(*tables: type[models.Model]) -> Iterator[None]:
    """Take secondary indexes, unique constraints and foreign keys off, and put them on again.

    Rows go in several times faster; at the end the database builds each index in one go and
    checks every row against every constraint. One transaction: all or nothing. The tables are
    locked meanwhile, so this is for filling a platform, not for one at work.
    """
    names = [model._meta.db_table for model in tables]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(PARTS, [names])
        constraints = cursor.fetchall()
        cursor.execute(INDEXES, [names])
        indexes = cursor.fetchall()
        for table, name, _, _ in reversed(constraints):
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{BUILD_MEMORY}'")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def count_anew(*tables: type[models.Model]) -> None:
    """Let the planner know what this very transaction has put into these tables.

    Needed where one transaction loads thousands of rows into tables that were empty and goes on to
    ask them: an autovacuum that comes by meanwhile sees none of the rows, notes the tables as
    empty, and joins that take milliseconds take hours. The tables stay as counted until the end
    of the transaction.
    """
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))


def copy_lines(*, table: str, columns: Sequence[str], lines: Sequence[str]) -> int:
    """COPY lines that are already in COPY's text form, without their ends."""
    if not lines:
        return 0
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        copy.write("\n".join(lines) + "\n")
    return len(lines)


def escaped(text: str) -> str:
    """A text as it stands in a line of COPY."""
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, written)
    return text


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
        columns=[str(field.column) for field in fields],
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
