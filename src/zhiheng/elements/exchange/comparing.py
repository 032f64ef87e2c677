"""Second half of the check: each row against the register, chunk by chunk, with a checkpoint."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from psycopg.types.json import Jsonb

from zhiheng.elements.exchange.judging import Judge
from zhiheng.elements.exchange.staging import hold
from zhiheng.elements.models import ImportBatch, ImportRow
from zhiheng.elements.registers import get_register
from zhiheng.kernel import bulk

CHUNK = 2_000
_MAKE = """
CREATE TEMP TABLE compared (
    line int, outcome text, uid uuid, was bigint, day date, until date, name text, diff jsonb,
    problems jsonb, "values" jsonb
) ON COMMIT DROP
"""
_WRITE = """
UPDATE elements_importrow r
SET outcome = c.outcome, uid = c.uid, was = c.was, day = c.day, until = c.until, name = c.name, diff = c.diff,
    problems = c.problems, "values" = c."values"
FROM compared c WHERE r.batch_id = %s AND r.line = c.line
"""
_TWICE = """
UPDATE elements_importrow r
SET outcome = 'WRONG', problems = r.problems || jsonb_build_array(jsonb_build_array(
    '', '', '', '第 ' || t.lines || ' 行说的是同一个要素。请只留一行。'))
FROM (
    SELECT was, string_agg(line::text, '、' ORDER BY line) AS lines FROM elements_importrow
    WHERE batch_id = %s AND was IS NOT NULL AND outcome <> 'WRONG'
    GROUP BY was
    HAVING count(DISTINCT key) > 1 OR count(DISTINCT day) < count(*)
) t
WHERE r.batch_id = %s AND r.was = t.was AND r.outcome <> 'WRONG'
"""


def compare_on(*, batch: ImportBatch, at: datetime) -> None:
    """Compare the rows that were not compared yet; at the end the batch is checked."""
    register = get_register(slug=batch.register)
    while rows := list(batch.lines.filter(line__gt=batch.line_compared).order_by("line")[:CHUNK]):
        with transaction.atomic():
            hold(batch, ImportBatch.State.COMPARING)
            judge = Judge(batch=batch, model=register.model, rows=rows)
            _write(batch, [judge.judge(row) for row in rows])
            batch.line_compared = rows[-1].line
            batch.rows_compared += len(rows)
            batch.save(update_fields=["line_compared", "rows_compared"])
    _finish(batch, at)


def _write(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MAKE)
        bulk.copy_values(
            table="compared",
            columns=(
                "line", "outcome", "uid", "was", "day", "until", "name", "diff", "problems", "values",
            ),
            rows=_plain(rows),
        )  # fmt: skip
        cursor.execute("ANALYZE compared")
        cursor.execute(_WRITE, [batch.pk])
        cursor.execute("DROP TABLE compared")


def _plain(rows: Iterable[ImportRow]) -> Iterable[tuple[Any, ...]]:
    for row in rows:
        yield (
            row.line, row.outcome, row.uid, row.was, row.day, row.until, row.name,
            Jsonb(row.diff), Jsonb(row.problems), Jsonb(row.values),
        )  # fmt: skip


@transaction.atomic
def _finish(batch: ImportBatch, at: datetime) -> None:
    """Two rows about one element that are no chain of periods are wrong; then count."""
    hold(batch, ImportBatch.State.COMPARING)
    with connection.cursor() as cursor:
        cursor.execute(_TWICE, [batch.pk, batch.pk])
    counted = dict(
        batch.lines.order_by()
        .values_list("outcome")
        .annotate(count=Count("id"))
        .values_list("outcome", "count")
    )
    outcomes = ImportRow.Outcome
    batch.rows_new = counted.get(outcomes.NEW, 0)
    batch.rows_changed = counted.get(outcomes.CHANGED, 0)
    batch.rows_same = counted.get(outcomes.SAME, 0)
    batch.rows_wrong = counted.get(outcomes.WRONG, 0)
    batch.state, batch.checked_at = ImportBatch.State.CHECKED, at
    batch.save()


def start_over(*, batch: ImportBatch) -> None:
    """Compare everything again; what was read stays."""
    batch.line_compared, batch.rows_compared = 0, 0
    batch.state, batch.checked_at = ImportBatch.State.COMPARING, None
    batch.save()
