"""Applying a batch: everything in one transaction, closed and written by set and by COPY."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.models import Count

from zhiheng.elements import policies
from zhiheng.elements.exchange.columns import columns_of
from zhiheng.elements.exchange.existing import Existing
from zhiheng.elements.exchange.judging import CHANGES, apply_changes, instance
from zhiheng.elements.exchange.meter import Meter
from zhiheng.elements.models import ElementRecord, ImportBatch, ImportRow
from zhiheng.elements.registers import get_register
from zhiheng.kernel import bulk

CHUNK = 2_000
Model = type[ElementRecord]
Outcome = ImportRow.Outcome
_NEWEST = """
SELECT max(e.known_from) FROM {table} e JOIN elements_importrow r ON r.was = e.id
WHERE r.batch_id = %s AND r.outcome = 'CHANGED'
"""
_CLOSE = """
UPDATE {table} e SET known_until = %s FROM elements_importrow r
WHERE r.batch_id = %s AND r.outcome = 'CHANGED' AND r.was = e.id AND e.known_until IS NULL
"""


Listener = Callable[..., None]
_listeners: list[Listener] = []


def on_applied(listener: Listener) -> None:
    """Have `listener(model=…, at=…)` called in the transaction that applies a batch.

    For whoever keeps part of a register in memory: rows written in bulk come by no other way.
    """
    _listeners.append(listener)


class Overtaken(Exception):
    """The register has changed since the batch was checked; it has to be compared again."""


def apply_now(*, batch_id: int, at: datetime) -> bool:
    """Write all rows of an approved batch, or none; False when there was nothing left to do.

    Raises:
        Overtaken: what was checked no longer holds; nothing has been written.
    """
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
            if batch.state != ImportBatch.State.APPLYING:
                return False
            _one_at_a_time(batch.register)
            with Meter(batch.pk) as meter:
                _write(batch, at, meter)
            batch.state, batch.applied_at = ImportBatch.State.APPLIED, at
            batch.save(update_fields=["state", "applied_at"])
            empty(batch=batch)
            return True
    except IntegrityError as error:
        raise Overtaken(str(error)) from error


def empty(*, batch: ImportBatch) -> None:
    """Remove the staging rows: they may hold personal data and have served."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM elements_importrow WHERE batch_id = %s", [batch.pk])


def _one_at_a_time(register: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"exchange|{register}"]
        )


def _write(batch: ImportBatch, at: datetime, meter: Meter) -> None:
    model = get_register(slug=batch.register).model
    at = _close(batch, model, at)
    ids = _take_ids(batch, model)
    by_key = dict(zip(_keys(batch), ids, strict=True)) if _has_own_links(model) else {}
    numbers = iter(ids)
    who = str(batch.decided_by.name) if batch.decided_by else ""
    for rows in _chunks(batch, Outcome.NEW):
        _refuse_known(model, rows)
        made = [_made(model, row, at=at, who=who, ids=by_key) for row in rows]
        for record in made:
            record.pk = next(numbers)
        bulk.copy_rows(model=model, rows=made)
        meter.add(len(rows))
    for groups in _changed(batch):
        pairs = _pairs(model, groups)
        _store(model, [p for was, rows in pairs for p in _pieces(was, rows, at, who, by_key)])
        meter.add(sum(map(len, groups)))
    for tell in _listeners:
        tell(model=model, at=at)


def _close(batch: ImportBatch, model: Model, at: datetime) -> datetime:
    """Close what was known of all rows that change; the instant at which that is so."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST.format(table=table), [batch.pk])
        newest = cursor.fetchone()[0]
        at = max(at, newest) if newest else at  # nothing was known before it was known
        cursor.execute(_CLOSE.format(table=table), [at, batch.pk])
        if cursor.rowcount != _rows_closed(batch):
            raise Overtaken("some rows were changed by others")
    return at


def _rows_closed(batch: ImportBatch) -> int:
    """Rows of the register that change; several rows of the file may be about one of them."""
    changed = batch.lines.filter(outcome=Outcome.CHANGED)
    return changed.aggregate(rows=Count("was", distinct=True))["rows"] or 0


def _take_ids(batch: ImportBatch, model: Model) -> list[int]:
    return bulk.take_ids(model=model, count=batch.rows_new)


def _keys(batch: ImportBatch) -> list[str]:
    rows = batch.lines.filter(outcome=Outcome.NEW).order_by("line")
    return list(rows.values_list("key", flat=True))


def _has_own_links(model: Model) -> bool:
    return any(one.kind == "link" and one.target is model for one in columns_of(model))


def _chunks(batch: ImportBatch, outcome: str) -> Iterator[list[ImportRow]]:
    rows = batch.lines.filter(outcome=outcome).defer("cells", "diff", "problems").order_by("line")
    every = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(every, CHUNK)):
        yield chunk


def _changed(batch: ImportBatch) -> Iterator[list[list[ImportRow]]]:
    """Rows that change or leave something known, together by what they are about, by their days.

    A row without changes counts as well where another of its chain has some: it ends that one.
    """
    changed = batch.lines.filter(outcome=Outcome.CHANGED)
    rows = batch.lines.filter(outcome__in=(Outcome.CHANGED, Outcome.SAME))
    rows = rows.filter(was__in=changed.values("was")).defer("cells", "diff", "problems")
    every = rows.order_by("was", "day").iterator(chunk_size=CHUNK)
    groups = (list(group) for _, group in groupby(every, key=lambda row: row.was))
    while chunk := list(islice(groups, CHUNK)):
        yield chunk


def _refuse_known(model: Model, rows: Sequence[ImportRow]) -> None:
    """Somebody may have registered the same since the check; the database cannot always tell."""
    links = {one.name: one for one in columns_of(model) if one.kind == "link"}
    found = [dict(row.values) for row in rows]
    for name, column in links.items():
        given = [one.get(column.attname) for one in found]
        there = column.target.objects.in_bulk({n for n in given if isinstance(n, int)})
        for one in found:
            number = one.get(column.attname)
            one[name] = there.get(number) if isinstance(number, int) else None
    existing = Existing(model, found)
    for row, one in zip(rows, found, strict=True):
        if any(v.valid_from <= row.day and v.ends_after(row.day) for v in existing.of(one)):
            raise Overtaken("somebody has registered the same meanwhile")


def _made(model: Model, row: Any, *, at: datetime, who: str, ids: dict[str, int]) -> ElementRecord:
    record = instance(model, row.values, columns_of(model))
    _settle_links(record, row.values, ids)
    record.uid, record.known_from, record.approved_by = row.uid, at, who
    record.valid_from, record.valid_until = row.day, _earlier(record.valid_until, row.until)
    return record


def _settle_links(record: Any, found: dict[str, Any], ids: dict[str, int]) -> None:
    inside = {k: v for k, v in found.items() if k.endswith("_id") and isinstance(v, dict)}
    apply_changes(record, inside, ids)


def _pairs(
    model: Model, groups: Sequence[list[ImportRow]]
) -> Iterator[tuple[Any, list[ImportRow]]]:
    was = model.objects.in_bulk([rows[0].was for rows in groups])
    for rows in groups:
        yield was[rows[0].was], rows


def _pieces(
    was: Any, rows: Sequence[Any], at: datetime, who: str, ids: dict[str, int]
) -> Iterator[ElementRecord]:
    """What is known from now on in place of a row of the register: as it was up to the first day,
    then as each row of the file says until the next one takes over."""
    stands = was.valid_from
    for row in rows:
        pieces = policies.slices_after_change(
            valid_from=stands, valid_until=was.valid_until, changed_from=row.day,
            changed_until=row.until,
        )  # fmt: skip
        for piece in pieces[: [one.changed for one in pieces].index(True) + 1]:
            copied = _copy(was, piece, at)
            if piece.changed and CHANGES in row.values:
                copied.approved_by, copied.approve_doc = who, ""
                apply_changes(copied, row.values[CHANGES], ids)
                copied.valid_until = _earlier(copied.valid_until, row.until)
            yield copied
        stands = pieces[-1].valid_from if not pieces[-1].changed else pieces[-1].valid_until
    if stands is not None and (was.valid_until is None or stands < was.valid_until):
        yield _copy(was, policies.Slice(stands, was.valid_until, changed=False), at)


def _copy(was: Any, piece: policies.Slice, at: datetime) -> Any:
    kept = {f.attname: getattr(was, f.attname) for f in was._meta.concrete_fields}
    copied = type(was)(**kept | {"id": None, "version": was.version + 1})
    copied.valid_from, copied.valid_until = piece.valid_from, piece.valid_until
    copied.known_from, copied.known_until = at, None
    return copied


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends; none is later than any."""
    return min((day for day in (one, other) if day), default=None)


def _store(model: Model, rows: Sequence[models.Model]) -> None:
    for row, number in zip(rows, bulk.take_ids(model=model, count=len(rows)), strict=True):
        row.pk = number
    bulk.copy_rows(model=model, rows=rows)
