"""Taking a register away: as filtered on screen, with its day, filter and digest inside."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import IO, Any

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from zhiheng.elements.exchange import links, values, writing
from zhiheng.elements.exchange.columns import Column, columns_of
from zhiheng.elements.exchange.judging import text_of
from zhiheng.elements.models import ElementExport
from zhiheng.elements.registers import Register, get_register, rows_of
from zhiheng.kernel import files
from zhiheng.people import api as people
from zhiheng.web import words

TASK, QUEUE, AREA = "elements.exchange.export", "exchange", "exports"
AT_ONCE = 3_000
"""Up to this many rows the file is made while one waits; more are made in the background."""
CHUNK = 2_000
IN_MEMORY = 4 * 1024 * 1024


def request(
    *, register: Register, actor: people.Actor, query: str, on: date, form: str, at: datetime,
    ip: str | None,
) -> ElementExport:  # fmt: skip
    """Note an export, in the security log as well, and make its file, at once if it is small."""
    with transaction.atomic():
        export = _noted(register, actor, query[:200], on, form, at, ip)
        many = rows_of_export(export).order_by()[AT_ONCE : AT_ONCE + 1].exists()
        if many:
            task = app.configure_task(TASK, queue=QUEUE, lock=f"export/{export.pk}")
            task.defer(export_id=export.pk)
    if not many:
        make(export_id=export.pk, at=at)
        export.refresh_from_db()
    return export


def _noted(
    register: Register, actor: people.Actor, query: str, on: date, form: str, at: datetime,
    ip: str | None,
) -> ElementExport:  # fmt: skip
    prefixes = sorted({r.region_prefix for r in people.scope(actor, "data.export").reaches})
    export = ElementExport.objects.create(
        register=register.slug, region_code=actor.region_code, prefixes=prefixes,
        query=query, on=on, form=form, requested_by_id=actor.account_id, requested_at=at,
        open_personal=people.may(actor, "element.personal"),
    )  # fmt: skip
    detail = {
        "what": register.title, "query": query, "on": on.isoformat(), "form": form,
        "personal": export.open_personal, "export": export.pk,
    }  # fmt: skip
    people.record_security_event(kind="EXPORTED", actor=actor, detail=detail, ip=ip)
    return export


def rows_of_export(export: ElementExport) -> QuerySet[Any]:
    """The rows of an export, links read along."""
    register = get_register(slug=export.register)
    rows: QuerySet[Any] = rows_of(
        register=register, on=export.on, text=export.query, prefixes=tuple(export.prefixes)
    )
    names = links.related_names(columns_of(register.model))
    return rows.select_related(None).select_related(*names).order_by(*register.order)


def make(*, export_id: int, at: datetime) -> None:
    """Make the file of an export and keep it; made twice, it stays."""
    export = ElementExport.objects.get(pk=export_id)
    if export.state != ElementExport.State.WAITING:
        return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        seal = write(out, export=export)
        out.seek(0)
        stored = files.store(out, area=AREA)  # type: ignore[arg-type]
    export.rows, export.rows_sha256 = seal.rows, seal.hexdigest()
    export.file_sha256, export.ready_at = stored.sha256, at
    export.state = ElementExport.State.READY
    export.save()


def write(out: Any, *, export: ElementExport) -> writing.Seal:
    """Write the file of an export in constant memory."""
    register = get_register(slug=export.register)
    columns = columns_of(register.model)
    titles = [column.title for column in columns]
    lines = texts(rows_of_export(export), columns, open_personal=export.open_personal)
    remarks = partial(_remarks, export, register)
    if export.form == "csv":
        return writing.csv_file(out, titles=titles, rows=lines, remarks=remarks)
    return writing.xlsx_file(out, name=register.title, titles=titles, rows=lines, remarks=remarks)


def texts(
    rows: QuerySet[Any], columns: tuple[Column, ...], *, open_personal: bool
) -> Iterator[list[str]]:
    """Each row as the texts of its cells, personal fields masked unless they may be open."""
    for row in rows.iterator(chunk_size=CHUNK):
        citizen = getattr(row, "kind", "") == "CITIZEN"
        cells = []
        for column in columns:
            text = text_of(column, row)
            if column.masked and not open_personal:
                text = values.masked(column, text, is_citizen=citizen)
            cells.append(text)
        yield cells


def _remarks(
    export: ElementExport, register: Register, seal: writing.Seal
) -> list[tuple[str, str]]:
    personal = "完整" if export.open_personal else "已遮蔽；原样送回时不会改动"
    return [
        ("登记簿", register.title),
        ("有效日", f"{export.on:%Y-%m-%d}（这一天有效的记录）"),
        ("查找词", export.query or "（全部）"),
        ("导出时间", words.moment(export.requested_at)),
        ("导出人", str(export.requested_by.name)),
        ("行数", str(seal.rows)),
        ("个人信息", personal),
        ("数据摘要 SHA-256", seal.hexdigest()),
        ("摘要算法", "数据行（不含表头和说明）写成 CSV（UTF-8，CRLF 换行）后的 SHA-256"),
        ("送回", "改好后可以在登记簿“导入”处上传；“要素标识”请原样保留。"),
        ("以 ' 开头的格", "以 = + - @ # 开头的文字前面加了 '，防止被当成公式；导入时自动去掉。"),
    ]


def open_file(export: ElementExport) -> IO[bytes]:
    """The file of an export. Raises NotFound when it is over a week old."""
    return files.open_stored(export.file_sha256, area=AREA)


def file_name(export: ElementExport) -> str:
    """执法事项-2026-11-26.xlsx."""
    return f"{get_register(slug=export.register).title}-{export.on:%Y-%m-%d}.{export.form}"


def sweep(*, before: datetime) -> None:
    """Remove files of exports older than an instant; that there was an export stays on record."""
    old = ElementExport.objects.filter(requested_at__lt=before).exclude(file_sha256="")
    for export in old[:500]:
        still = ElementExport.objects.filter(
            file_sha256=export.file_sha256, requested_at__gte=before
        )
        if not still.exists():
            files.discard(export.file_sha256, area=AREA)
        export.file_sha256, export.state = "", ElementExport.State.FAILED
        export.save(update_fields=["file_sha256", "state"])
