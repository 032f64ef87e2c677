"""A county, an administrator who uploads, a head who approves, and batches run to their end."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import openpyxl
import pytest

from tests import cast
from zhiheng.elements.exchange import exports, services
from zhiheng.elements.models import ElementExport, ImportBatch
from zhiheng.elements.registers import get_register
from zhiheng.kernel import files

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def files_aside(tmp_path, settings):
    """Uploaded files of a test lie in a folder of its own."""
    files.configure(root=tmp_path)
    yield
    files.configure(root=settings.DATA_DIR)


@pytest.fixture
def county(db):
    cast.county()


def workbook(*rows: list, title: str = "执法主体") -> bytes:
    """A workbook as people make it."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(slug: str, content: bytes, name: str = "表.xlsx") -> ImportBatch:
    return services.take_in(
        stream=io.BytesIO(content), name=name, register=get_register(slug=slug),
        actor=cast.actor(cast.ELEMENT_ADMIN), at=AT, on=TODAY,
    )  # fmt: skip


def checked(slug: str, content: bytes, **more) -> ImportBatch:
    """Uploaded, columns as they were guessed, checked as the worker does."""
    batch = upload(slug, content, **more)
    services.settle_columns(
        batch=batch, mapping=batch.mapping, valid_from=TODAY, actor=cast.actor(cast.ELEMENT_ADMIN)
    )
    services.check(batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    return batch


def applied(slug: str, content: bytes, **more) -> ImportBatch:
    """Checked, approved by the head, applied."""
    batch = checked(slug, content, **more)
    services.approve(batch=batch, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    services.apply(batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    return batch


def said(batch: ImportBatch) -> str:
    """All that is wrong with the rows of a batch."""
    return "\n".join(" ".join(one) for row in batch.lines.all() for one in row.problems)


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.rows_new, batch.rows_changed, batch.rows_same, batch.rows_wrong


def exported(slug: str, form: str, by: str = cast.ELEMENT_ADMIN, query: str = "") -> bytes:
    export = exports.request(
        register=get_register(slug=slug), actor=cast.actor(by), query=query, on=TODAY, form=form,
        at=AT, ip=None,
    )  # fmt: skip
    if export.state == ElementExport.State.WAITING:
        exports.make(export_id=export.pk, at=AT)
        export.refresh_from_db()
    with exports.open_file(export) as file:
        return file.read()


Rows = Callable[..., bytes]
