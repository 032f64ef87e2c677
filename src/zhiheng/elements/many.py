"""Thousands of element versions in one transaction: one statement closes, one COPY writes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from zhiheng.elements import policies
from zhiheng.elements.models import ElementRecord
from zhiheng.elements.services import next_version
from zhiheng.elements.validation import check_record
from zhiheng.kernel import bulk
from zhiheng.kernel.errors import Conflict

Record = TypeVar("Record", bound=ElementRecord)
_PIECE = 10_000


@dataclass(frozen=True)
class Change:
    """From a day on something else holds of a row (`services.amend` for one of many)."""

    row: ElementRecord
    changes: dict[str, Any]
    valid_from: date


@dataclass(frozen=True)
class Written:
    """Ids of the rows that were closed and of those that were written."""

    closed: list[int] = field(default_factory=list)
    written: list[int] = field(default_factory=list)


@transaction.atomic
def record_many(*, rows: Sequence[ElementRecord], at: datetime) -> list[int]:
    """Store first versions of one kind, checked like single ones; returns their ids.

    Raises:
        Invalid: a row has a wrong code or date; nothing is stored.
    """
    if not rows:
        return []
    model = type(rows[0])
    for row, number in zip(rows, bulk.take_ids(model=model, count=len(rows)), strict=True):
        check_record(row=row)
        row.pk, row.known_from = number, at
    bulk.copy_rows(model=model, rows=rows)
    return [row.pk for row in rows]


@transaction.atomic
def amend_many(*, changes: Sequence[Change], at: datetime, approve_doc: str = "") -> Written:
    """`services.amend` for many rows of one kind: all of them or none.

    `at` has to be later than what each row was known from.

    Raises:
        Conflict: a row has been superseded, or ended before its change.
    """
    if not changes:
        return Written()
    model = type(changes[0].row)
    copies: list[ElementRecord] = []
    for one in changes:
        pieces = policies.slices_after_change(
            valid_from=one.row.valid_from,
            valid_until=one.row.valid_until,
            changed_from=one.valid_from,
        )
        if not pieces:
            raise _faster()
        changed = one.changes | {"approve_doc": approve_doc}
        copies += [
            next_version(row=one.row, piece=piece, changes=changed if piece.changed else {})
            for piece in pieces
        ]
    closed = [one.row.pk for one in changes]
    close(model=model, ids=closed, at=at)
    return Written(closed=closed, written=record_many(rows=copies, at=at))


def end_many(
    *, rows: Sequence[ElementRecord], valid_until: date, at: datetime, approve_doc: str = ""
) -> Written:
    """`services.end` for many rows of one kind."""
    changes = [Change(row, {"valid_until": valid_until}, row.valid_from) for row in rows]
    return amend_many(changes=changes, at=at, approve_doc=approve_doc)


def close(*, model: type[ElementRecord], ids: Collection[int], at: datetime) -> None:
    """Close what was known of these rows; each has to be known still.

    Raises:
        Conflict: somebody else was faster with one of them.
    """
    known: QuerySet[Any] = model.objects.filter(pk__in=ids, known_until=None)
    if known.update(known_until=at) != len(ids):
        raise _faster()


@transaction.atomic
def take_back(
    *, model: type[Record], closed: Collection[int], written: Collection[int], at: datetime
) -> None:
    """Undo a bulk change that nobody built on: what was closed is known again, as new versions.

    Raises:
        Conflict: what was written has been changed since.
    """
    close(model=model, ids=written, at=at)
    rows = list(model.objects.filter(pk__in=closed).order_by("pk"))
    copies = [
        next_version(
            row=row,
            piece=policies.Slice(row.valid_from, row.valid_until, changed=False),
            changes={},
        )
        for row in rows
    ]
    for copy in copies:
        copy.version += 1  # the version in between was taken back
    record_many(rows=copies, at=at)


def _faster() -> Conflict:
    return Conflict(
        "其中有要素刚刚被别人改过，或在变更日之前已经失效。",
        next_step="请重新预览，核对后再办。",
    )
