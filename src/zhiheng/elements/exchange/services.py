"""Writes of an import: take a file in, settle its columns, check, approve, apply, withdraw."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO

from django.db import transaction
from procrastinate.contrib.django import app

from zhiheng.elements.exchange import applying, comparing, matching, staging
from zhiheng.elements.exchange.columns import columns_of, identity_of
from zhiheng.elements.exchange.sheets import Refused, open_sheet
from zhiheng.elements.models import ImportBatch, ImportMemory, ImportProgress
from zhiheng.elements.registers import Register, get_register
from zhiheng.kernel import files
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.people import api as people

CHECK_TASK, APPLY_TASK = "elements.exchange.check", "elements.exchange.apply"
QUEUE = "exchange"
LARGEST = 50 * 1024 * 1024
"""Bytes of an uploaded file."""
State = ImportBatch.State
WORKED_ON = (State.READING, State.COMPARING, State.APPLYING)
OPEN = (State.MATCHING, State.READING, State.COMPARING, State.CHECKED, State.APPLYING, State.FAILED)


def take_in(
    *, stream: IO[bytes], name: str, register: Register, actor: people.Actor, at: datetime, on: date
) -> ImportBatch:
    """Keep an uploaded file, find its header, and guess which column is which.

    Raises:
        Invalid: too large, or no sheet that can be read; nothing is kept.
    """
    stored = files.store(stream, area=staging.AREA, limit=LARGEST)
    try:
        with files.open_stored(stored.sha256, area=staging.AREA) as kept:
            sheet = open_sheet(kept, title=register.title)
            lines = list(islice(sheet.lines(), matching.LOOK_AT))
        columns = columns_of(register.model)
        header = matching.find_header(lines, columns)
    except Refused:
        _discard(stored.sha256)
        raise
    titles = [cell.strip()[:120] for cell in header.cells]
    prefixes = {r.region_prefix for r in people.scope(actor, "element.edit").reaches}
    return ImportBatch.objects.create(
        register=register.slug, region_code=actor.region_code, prefixes=sorted(prefixes),
        file_name=name[-200:], file_sha256=stored.sha256, file_size=stored.size,
        header_line=header.number, header=titles, valid_from=on, uploaded_at=at,
        mapping=matching.match(titles, columns, before=_memory(actor, register)),
        warnings=sheet.warnings, uploaded_by_id=actor.account_id,
    )  # fmt: skip


def samples(*, batch: ImportBatch) -> list[str]:
    """The first cell of each column below the header, short, for choosing what it is."""
    with files.open_stored(batch.file_sha256, area=staging.AREA) as kept:
        sheet = open_sheet(kept, title=get_register(slug=batch.register).title)
        below = [o for o in islice(sheet.lines(), matching.LOOK_AT) if o.number > batch.header_line]
    found = [""] * len(batch.header)
    for line in below:
        for at, cell in enumerate(line.cells[: len(found)]):
            found[at] = found[at] or cell.strip()[:30]
    return found


def _memory(actor: people.Actor, register: Register) -> dict[str, str]:
    found = ImportMemory.objects.filter(account_id=actor.account_id, register=register.slug).first()
    return dict(found.choices) if found else {}


@transaction.atomic
def settle_columns(
    *, batch: ImportBatch, mapping: Sequence[str], valid_from: date, actor: people.Actor
) -> ImportBatch:
    """Fix which column is which and have the file checked; what was chosen is remembered.

    Raises:
        Invalid: a field twice, or nothing by which rows can be told apart.
        Conflict: it is being written or over already.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in (State.MATCHING, State.CHECKED, State.READING, State.COMPARING):
        raise Conflict("这一批已经不能再改对应列。", next_step="请重新上传文件。")
    if locked.state in (State.READING, State.COMPARING):
        return locked
    _check_mapping(get_register(slug=locked.register), mapping)
    applying.empty(batch=locked)
    _remember(locked, mapping, actor)
    locked.mapping, locked.valid_from = list(mapping), valid_from
    locked.state, locked.problem = State.READING, ""
    locked.share_read = locked.lines_read = locked.rows = 0
    locked.line_compared = locked.rows_compared = 0
    locked.save()
    enqueue(CHECK_TASK, locked.pk)
    return locked


def _check_mapping(register: Register, mapping: Sequence[str]) -> None:
    chosen = [name for name in mapping if name]
    columns = {column.name: column for column in columns_of(register.model)}
    if twice := {name for name in chosen if chosen.count(name) > 1}:
        titles = "、".join(columns[name].title for name in sorted(twice))
        raise Invalid(f"“{titles}”对应了不止一列。", next_step="请只留一列。")
    needed = [columns[name].title for name in identity_of(register.model)]
    alone = register.slug == "subjects" and {"uscc", "citizen_id", "name"} & set(chosen)
    found = set(identity_of(register.model)) <= set(chosen)
    if not (found or alone or "uid" in chosen):
        raise Invalid(
            f"没有哪一列能认出是哪条{register.title}。",
            next_step=f"请对应“{'”“'.join(needed)}”，或者“要素标识”。",
        )


def _remember(batch: ImportBatch, mapping: Sequence[str], actor: people.Actor) -> None:
    choices = {
        matching.plain(title): field
        for title, field in zip(batch.header, mapping, strict=True)
        if title
    }
    memory, made = ImportMemory.objects.get_or_create(
        account_id=actor.account_id, register=batch.register, defaults={"choices": choices}
    )
    if not made:
        memory.choices = memory.choices | choices
        memory.save()


def enqueue(task: str, batch_id: int) -> None:
    """Have a batch worked on; two jobs of one batch never run at the same time."""
    app.configure_task(task, queue=QUEUE, lock=f"exchange/{batch_id}").defer(batch_id=batch_id)


def check(*, batch_id: int, at: datetime) -> None:
    """Read and compare from the checkpoints on; running it again changes nothing."""
    batch = ImportBatch.objects.get(pk=batch_id)
    try:
        if batch.state == State.READING:
            staging.read_on(batch=batch)
        if batch.state == State.COMPARING:
            comparing.compare_on(batch=batch, at=at)
    except staging.Withdrawn:
        return
    except Refused as refused:
        batch = ImportBatch.objects.get(pk=batch_id)
        _end(batch, State.REFUSED, problem=str(refused)[:400])


@transaction.atomic
def approve(*, batch: ImportBatch, actor: people.Actor, at: datetime) -> bool:
    """Approve a batch by another person than the one who uploaded it; False when it already was.

    Raises:
        NotAllowed: it is one's own.
        Conflict: it has errors, changes nothing, or is not ready.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.uploaded_by_id == actor.account_id:
        raise NotAllowed(
            "上传的人不能自己批准。", next_step="请由另一位有发布权限的人打开这一批核准。"
        )
    if locked.state in (State.APPLYING, State.APPLIED):
        return False
    if locked.state != State.CHECKED or locked.rows_wrong:
        raise Conflict("这一批还不能生效。", next_step="请等核对完成，并改正全部错误后再批准。")
    if not locked.rows_new + locked.rows_changed:
        raise Conflict("这一批没有要新增或变更的内容。", next_step="不用批准，撤回即可。")
    locked.decided_by_id, locked.decided_at, locked.state = actor.account_id, at, State.APPLYING
    locked.save(update_fields=["decided_by", "decided_at", "state"])
    _apply_later(locked)
    return True


def _apply_later(batch: ImportBatch) -> None:
    ImportProgress.objects.update_or_create(batch=batch, defaults={"rows_written": 0})
    enqueue(APPLY_TASK, batch.pk)


@transaction.atomic
def give_up(*, batch_id: int, times: int) -> None:
    """Say that the work on a batch has failed so often that it is not tried again by itself."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state not in WORKED_ON:
        return
    doing = "写入" if batch.state == State.APPLYING else "核对"
    batch.problem = f"{doing}试了 {times} 次都没有成功，登记簿没有变化。"
    batch.state = State.FAILED
    batch.save(update_fields=["state", "problem"])


@transaction.atomic
def try_again(*, batch: ImportBatch) -> bool:
    """Have a failed batch worked on again from where it stood; False when it has not failed."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != State.FAILED:
        return False
    locked.problem = ""
    if locked.decided_at is not None:
        locked.state = State.APPLYING
        _apply_later(locked)
    else:
        locked.state = State.COMPARING if locked.share_read >= 1 else State.READING
        enqueue(CHECK_TASK, locked.pk)
    locked.save(update_fields=["state", "problem"])
    return True


def apply(*, batch_id: int, at: datetime) -> None:
    """Write an approved batch; if the register has moved on, compare again and ask again."""
    try:
        applying.apply_now(batch_id=batch_id, at=at)
    except applying.Overtaken:
        batch = ImportBatch.objects.get(pk=batch_id)
        batch.warnings = [*batch.warnings, "核对以后登记簿又有变化，已重新核对，请再看一遍再批准。"]
        batch.warnings = list(dict.fromkeys(batch.warnings))
        batch.decided_by = batch.decided_at = None
        comparing.start_over(batch=batch)
        comparing.compare_on(batch=batch, at=at)
        return
    _discard(ImportBatch.objects.values_list("file_sha256", flat=True).get(pk=batch_id))


@transaction.atomic
def withdraw(*, batch: ImportBatch) -> None:
    """Give a batch up; nothing of it has reached the register. Withdrawn twice, it stays."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == State.WITHDRAWN:
        return
    if locked.state in (State.APPLYING, State.APPLIED):
        raise Conflict(
            "这一批已经批准，不能撤回。", next_step="请在登记簿里逐条改正，或再导入一批。"
        )
    _end(locked, State.WITHDRAWN)


def _end(batch: ImportBatch, state: str, *, problem: str = "") -> None:
    applying.empty(batch=batch)
    batch.state, batch.problem = state, problem
    batch.save(update_fields=["state", "problem"])
    transaction.on_commit(lambda: _discard(batch.file_sha256))


def _discard(sha256: str) -> None:
    """Remove the uploaded file unless another batch still needs it."""
    if not ImportBatch.objects.filter(file_sha256=sha256, state__in=OPEN).exists():
        files.discard(sha256, area=staging.AREA)


def sweep(*, before: datetime) -> int:
    """Withdraw batches that nobody took further since before an instant; return how many."""
    left = ImportBatch.objects.filter(
        state__in=(State.MATCHING, State.CHECKED, State.FAILED), uploaded_at__lt=before
    )
    for batch in left[:100]:
        withdraw(batch=batch)
    return len(left[:100])
