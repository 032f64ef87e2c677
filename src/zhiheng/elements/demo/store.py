"""Puts built rows into their tables with ids known beforehand, so that links can be made."""

from collections.abc import Sequence
from typing import Any, TypeVar

from zhiheng.elements.demo.material import APPROVED_BY, FROM, KNOWN_FROM, SOURCE
from zhiheng.elements.models import ElementRecord
from zhiheng.kernel import bulk

Record = TypeVar("Record", bound=ElementRecord)


def header(*, region_code: str = "339901", **more: Any) -> dict[str, Any]:
    """The common header of demo rows."""
    return {
        "region_code": region_code,
        "source_sys": SOURCE,
        "valid_from": FROM,
        "known_from": KNOWN_FROM,
        "approved_by": APPROVED_BY,
    } | more


def store(rows: Sequence[Record]) -> Sequence[Record]:
    """COPY rows of one model; ids are set on the instances."""
    if rows:
        model = type(rows[0])
        for row, number in zip(rows, bulk.take_ids(model=model, count=len(rows)), strict=True):
            row.pk = number
        bulk.copy_rows(model=model, rows=rows)
    return rows
