"""First half of the check: the file's rows into the staging table, chunk by chunk, by COPY.

Each chunk and its checkpoint go in together, so that a job that was killed goes on where it
stood: the file is read again from the top, what is already there is passed over.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from zhiheng.elements.exchange import values
from zhiheng.elements.exchange.columns import Column, columns_of, identity_of, label_key
from zhiheng.elements.exchange.sheets import MOST_ROWS, Line, Refused, Sheet, open_sheet
from zhiheng.elements.exchange.sheets.common import letters
from zhiheng.elements.exchange.values import KEEP, Wrong
from zhiheng.elements.models import ImportBatch, ImportRow
from zhiheng.elements.registers import Register, get_register
from zhiheng.kernel import bulk, ciphers, files

AREA = "imports"
CHUNK = 2_000
EXAMPLE = "【示例】"
"""The example row of a template begins with this; it is never read."""
_COLUMNS = ("batch_id", "line", "key", "name", "cells", "values", "outcome", "diff", "problems")


def read_on(*, batch: ImportBatch) -> None:
    """Read the rest of the file into the staging table.

    Raises:
        Refused: the file turned out to be unreadable further down.
    """
    register = get_register(slug=batch.register)
    with files.open_stored(batch.file_sha256, area=AREA) as stream:
        sheet = open_sheet(stream, title=register.title)
        lines = _below(sheet, batch)
        while chunk := list(islice(lines, CHUNK)):
            _take(batch, register, chunk, share=sheet.share())
        _refuse_merged(sheet, batch)
        if not batch.rows:
            raise Refused("表头下面没有数据。", next_step="请把数据填在表头下面再上传。")
    _done(batch, sheet.warnings)


@transaction.atomic
def _done(batch: ImportBatch, warnings: Sequence[str]) -> None:
    hold(batch, ImportBatch.State.READING)
    batch.warnings = list(dict.fromkeys([*batch.warnings, *warnings]))
    batch.share_read, batch.state = 1.0, ImportBatch.State.COMPARING
    batch.save(update_fields=["warnings", "share_read", "state"])
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE elements_importrow"
        )  # else the next joins are planned for a few rows


def _below(sheet: Sheet, batch: ImportBatch) -> Iterator[Line]:
    """Rows of data that were not read yet."""
    last = batch.header_line
    for line in sheet.lines():
        if line.number <= batch.header_line:
            continue
        if line.number <= last:
            raise Refused(
                f"行号乱了：第 {line.number} 行出现在第 {last} 行后面。",
                next_step="请用表格软件打开，另存为 .xlsx 再上传。",
            )
        last = line.number
        blank = not any(cell.strip() for cell in line.cells[: len(batch.header)])
        if line.number > batch.lines_read and not blank and not _is_example(line):
            yield line


def _is_example(line: Line) -> bool:
    return any(cell.startswith(EXAMPLE) for cell in line.cells)


def _refuse_merged(sheet: Sheet, batch: ImportBatch) -> None:
    """Merged cells among the data: nobody can say which row they belong to."""
    spans = [span for span, last in getattr(sheet, "merged", ()) if last >= batch.header_line]
    if spans:
        more = f" 等 {len(spans)} 处" if len(spans) > 5 else ""
        raise Refused(
            f"{'、'.join(spans[:5])}{more}是合并单元格，分不清内容属于哪一行。",
            next_step="请取消合并，把每一行都填全，再上传。",
        )


@transaction.atomic
def _take(batch: ImportBatch, register: Register, chunk: Sequence[Line], *, share: float) -> None:
    """One chunk into the staging table, with the checkpoint."""
    if batch.rows + len(chunk) > MOST_ROWS:
        raise Refused(
            f"超过 {MOST_ROWS:,} 行，一次放不下。", next_step="请分成几个文件，分批上传。"
        )
    hold(batch, ImportBatch.State.READING)
    reader = RowReader(register=register, mapping=batch.mapping)
    bulk.copy_values(
        table=ImportRow._meta.db_table,
        columns=_COLUMNS,
        rows=((batch.pk, *reader.read(line)) for line in chunk),
    )
    batch.lines_read, batch.share_read = chunk[-1].number, share
    batch.rows += len(chunk)
    batch.save(update_fields=["lines_read", "share_read", "rows"])


class Withdrawn(Exception):
    """Somebody has given the batch up while it was being worked on."""


def hold(batch: ImportBatch, state: str) -> None:
    """Keep a batch in its state until the transaction ends.

    Raises:
        Withdrawn: it is in that state no more.
    """
    rows = ImportBatch.objects.select_for_update().filter(pk=batch.pk, state=state)
    if not rows.values_list("pk", flat=True):
        raise Withdrawn


class RowReader:
    """Turns the cells of a line into values by field, with a sentence for each wrong cell."""

    def __init__(self, *, register: Register, mapping: Sequence[str]) -> None:
        model = register.model
        by_name = {column.name: column for column in columns_of(model)}
        self.width = len(mapping)
        self.at: list[tuple[int, Column]] = [
            (index, by_name[name]) for index, name in enumerate(mapping) if name in by_name
        ]
        self.sealed = {index for index, column in self.at if column.kind == "sealed"}
        self.identity = identity_of(model)
        self.label = label_key(model)
        self.fields = {field.name for field in model._meta.concrete_fields}

    def read(self, line: Line) -> tuple[Any, ...]:
        """A staging row: line, key, name, cells, values, outcome, diff, problems."""
        cells = [*line.cells[: self.width], *[""] * (self.width - len(line.cells))]
        found: dict[str, Any] = {}
        plain: dict[str, str] = {}
        problems: list[list[str]] = []
        for index, column in self.at:
            raw = cells[index].replace("\0", "")
            try:
                value = values.parse(column, raw)
            except Wrong as wrong:
                problems.append([letters(index), column.title, _shown(column, raw), str(wrong)])
                continue
            if value is not KEEP:
                plain[column.name] = str(value or "")
                found |= self._stored(column, value)
        cells = [
            ciphers.seal_field(cell) if index in self.sealed and cell else cell.replace("\0", "")
            for index, cell in enumerate(cells)
        ]
        key, name = self._key(plain), plain.get(self.label, "")[:120]
        return line.number, key, name, Jsonb(cells), Jsonb(found), "", Jsonb([]), Jsonb(problems)

    def _stored(self, column: Column, value: Any) -> dict[str, Any]:
        """The value as JSON; sealed ones sealed, with their match value beside them."""
        if isinstance(value, date):
            return {column.name: value.isoformat()}
        if column.kind != "sealed":
            return {column.name: value}
        stored = {column.name: ciphers.seal_field(value) if value else ""}
        digest = f"{column.name}_hash"
        if digest in self.fields:
            stored[digest] = ciphers.match_hash(value) if value else ""
        return stored

    def _key(self, plain: dict[str, str]) -> str:
        """What two rows of one file may not share: the code, else the element, else all parts."""
        if len(self.identity) == 1:
            return plain.get(self.identity[0], "")[:400]
        if plain.get("uid"):
            return f"uid:{plain['uid']}"
        if "citizen_id" in self.identity:
            if plain.get("uscc"):
                return plain["uscc"]
            if plain.get("citizen_id"):
                return ciphers.match_hash(plain["citizen_id"])
        parts = [plain.get(name, "") for name in self.identity]
        return "|".join(parts)[:400] if any(parts) else ""


def _shown(column: Column, raw: str) -> str:
    """What was found, short; sealed fields are not repeated."""
    text = "（不显示）" if column.kind == "sealed" and raw else raw.strip()
    return text if len(text) <= 60 else f"{text[:60]}…"
