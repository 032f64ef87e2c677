"""What each screen of import and export may use."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from zhiheng.elements.exchange import selectors
from zhiheng.elements.exchange.blanks import sentence
from zhiheng.elements.faces import span
from zhiheng.elements.models import ElementExport, ImportBatch, ImportProgress, ImportRow
from zhiheng.elements.registers import REGISTERS, Register, get_register
from zhiheng.kernel.errors import NotFound
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Stat, Table, Tone
from zhiheng.web.paging import Page, keyset

State = ImportBatch.State
RUNNING = (State.READING, State.COMPARING, State.APPLYING)
TONES: dict[str, Tone] = {
    State.APPLIED: "ok", State.CHECKED: "warn", State.REFUSED: "stop", State.WITHDRAWN: "plain",
    State.FAILED: "stop",
}  # fmt: skip
_MAY_WITHDRAW = (
    State.MATCHING, State.READING, State.COMPARING, State.CHECKED, State.FAILED,
)  # fmt: skip
_SHOWN = (("WRONG", "有错"), ("CHANGED", "变更"), ("NEW", "新增"), ("SAME", "不变"))
_READ_SHARE = 0.55
"""How much of the bar reading takes; comparing takes the rest."""


@dataclass(frozen=True)
class StartPage:
    """Where a file is chosen."""

    register: Register
    crumbs: list[Link]


@dataclass(frozen=True)
class BatchListPage:
    """Imports of the region, newest first."""

    rows: Page[Any]
    table: Table
    crumbs: list[Link]


@dataclass(frozen=True)
class ColumnsPage:
    """Which column is which."""

    batch: ImportBatch
    register: Register
    missing: str
    crumbs: list[Link]


@dataclass(frozen=True)
class ShowPage:
    """One batch: how far it is, what it would change, who comes next."""

    batch: ImportBatch
    register: Register
    tone: Tone
    running: bool
    percent: int
    doing: str
    facts: list[tuple[str, Any]]
    crumbs: list[Link]
    may_withdraw: bool
    failed: bool = False
    may_approve: bool = False
    waits_for: str = ""
    stats: list[Stat] = field(default_factory=list)
    tabs: list[Link] = field(default_factory=list)
    rows: Page[Any] = field(default_factory=lambda: Page([]))
    table: Table | None = None


@dataclass(frozen=True)
class ExportPage:
    """An export being made, or ready."""

    export: ElementExport
    register: Register
    waiting: bool
    facts: list[tuple[str, Any]]
    crumbs: list[Link]


def missing_words(titles: list[str]) -> str:
    """What a new element needs and the file does not have; empty when nothing is missing."""
    named = "、".join(titles)
    return f"新登记的还要有：{named}。只改已有的可以没有这些列。" if titles else ""


def crumbs(register: Register | None, *more: str) -> list[Link]:
    """From the centre through the register to this page."""
    path = [Link("要素中心", reverse("element_home"))]
    if register:
        path.append(Link(register.title, reverse("element_list", args=[register.slug])))
    else:
        path.append(Link("导入记录", reverse("import_list")))
    return [*path, *(Link(one) for one in more)]


def batch_table(rows: list[ImportBatch]) -> Table:
    """Batches as a table, each leading to its page."""
    return Table(
        columns=("文件", "登记簿", "上传", "新增", "变更", "有错", "状态"),
        rows=tuple(
            (
                Cell(one.file_name, "strong", href=reverse("import_show", args=[one.pk])),
                REGISTERS[one.register].title if one.register in REGISTERS else one.register,
                Cell(f"{one.uploaded_by.name}　{words.moment(one.uploaded_at)}"),
                Cell(one.rows_new, "num"), Cell(one.rows_changed, "num"),
                Cell(one.rows_wrong, "num"),
                Cell(one.get_state_display(), "tag", TONES.get(one.state, "info")),
            )
            for one in rows
        ),
        caption="导入记录",
    )  # fmt: skip


def show_page(
    batch: ImportBatch, *, account_id: int, may_publish: bool, show: str, after: str | None
) -> ShowPage:
    """The page of a batch as it stands."""
    register = get_register(slug=batch.register)
    ready = batch.state == State.CHECKED
    works = bool(batch.rows_new + batch.rows_changed) and not batch.rows_wrong
    own = batch.uploaded_by_id == account_id
    percent, doing = progress(batch)
    preview = _preview(batch, register, show, after) if ready else {}
    return ShowPage(
        batch=batch, register=register, tone=TONES.get(batch.state, "info"),
        running=batch.state in RUNNING, percent=percent, doing=doing, facts=_facts(batch),
        crumbs=[*crumbs(None), Link(batch.file_name)],
        may_withdraw=batch.state in _MAY_WITHDRAW, failed=batch.state == State.FAILED,
        may_approve=ready and works and may_publish and not own,
        waits_for=_waits_for(batch) if ready and works else "",
        **preview,
    )  # fmt: skip


def progress(batch: ImportBatch) -> tuple[int, str]:
    """Per cent done, and what is being done."""
    if batch.state == State.READING:
        return round(batch.share_read * _READ_SHARE * 100), f"已读 {batch.rows:,} 行"
    if batch.state == State.COMPARING:
        done = batch.rows_compared / max(batch.rows, 1)
        share = _READ_SHARE + done * (1 - _READ_SHARE)
        return round(share * 100), f"已核对 {batch.rows_compared:,} / {batch.rows:,} 行"
    if batch.state != State.APPLYING:
        return 100, ""
    total = batch.rows_new + batch.rows_changed
    told = ImportProgress.objects.filter(batch=batch).values_list("rows_written", flat=True).first()
    done = min(told or 0, total)
    # The last hundredth is kept for the moment in which all of it begins to hold.
    return round(done / max(total, 1) * 99), (f"已写 {done:,} / {total:,} 行，全部写完才一起生效")


def _waits_for(batch: ImportBatch) -> str:
    names = "、".join(selectors.approvers(batch=batch)) or "本区域的要素管理员或者行政机关负责人"
    return f"等待上传人以外的人批准：{names}。"


def _facts(batch: ImportBatch) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        ("上传", f"{batch.uploaded_by.name}　{words.moment(batch.uploaded_at)}"),
        ("从哪天起", f"{words.day(batch.valid_from)}（表里写了生效日的除外）"),
        ("文件摘要", batch.file_sha256[:16] + "…"),
    ]
    if batch.decided_by:
        facts.append(("批准", f"{batch.decided_by.name}　{words.moment(batch.decided_at)}"))
    if batch.applied_at:
        facts.append(("生效", words.moment(batch.applied_at)))
    return facts


def _preview(
    batch: ImportBatch, register: Register, show: str, after: str | None
) -> dict[str, Any]:
    counts = {
        "WRONG": batch.rows_wrong, "CHANGED": batch.rows_changed, "NEW": batch.rows_new,
        "SAME": batch.rows_same,
    }  # fmt: skip
    if show not in counts:
        show = next((one for one, _ in _SHOWN if counts[one]), "SAME")
    address = reverse("import_show", args=[batch.pk])
    rows = keyset(batch.lines.filter(outcome=show), order=("line",), after=after, size=40)
    tone: Tone = "stop" if batch.rows_wrong else "ok"
    return {
        "stats": [
            Stat(f"{batch.rows_new:,}", "新增"), Stat(f"{batch.rows_changed:,}", "变更"),
            Stat(f"{batch.rows_same:,}", "不变"), Stat(f"{batch.rows_wrong:,}", "有错", tone=tone),
        ],
        "tabs": [
            Link(label, f"{address}?show={one}", on=one == show, count=counts[one])
            for one, label in _SHOWN
        ],
        "rows": rows,
        "table": _row_table(register, rows.items, show),
    }  # fmt: skip


def _row_table(register: Register, rows: list[ImportRow], show: str) -> Table:
    if show == "WRONG":
        return Table(
            columns=("行", "名称", "怎样改"),
            rows=tuple((Cell(r.line, "num"), r.name or "—", _wrong_words(r)) for r in rows),
            caption="有错的行",
        )
    last = {"CHANGED": "变化", "NEW": "内容", "SAME": "内容"}[show]
    return Table(
        columns=("行", "名称", "期间", last),
        rows=tuple(
            (
                Cell(r.line, "num"), _named(register, r), _period(r),
                _diff_words(r) if show == "CHANGED" else r.key if "|" not in r.key else "",
            )
            for r in rows
        ),
        caption="核对结果",
    )  # fmt: skip


def _period(row: ImportRow) -> Cell:
    """From which day, and until which where another row of the file takes over."""
    if row.day is None or row.until is None:
        return Cell(row.day, "date")
    return Cell(span(row.day, row.until), "num")


def _named(register: Register, row: ImportRow) -> Cell:
    name = row.name or row.key or f"第 {row.line} 行"
    if row.was is None:
        return Cell(name, "strong")
    return Cell(name, "strong", href=reverse("element_show", args=[register.slug, row.uid]))


def _wrong_words(row: ImportRow) -> str:
    return "　".join(sentence(one) for one in row.problems)


def _diff_words(row: ImportRow) -> str:
    return "；".join(
        f"{title}：{_short(before)} → {_short(after)}" for title, before, after in row.diff
    )


def _short(text: str) -> str:
    return (text if len(text) <= 60 else f"{text[:60]}…") or "（空）"


def export_page(export: ElementExport) -> ExportPage:
    """The page of an export; one whose file is gone answers like none."""
    if export.state == ElementExport.State.FAILED:
        raise NotFound("这份导出已经过期。", next_step="请从登记簿重新导出。")
    register = get_register(slug=export.register)
    return ExportPage(
        export=export, register=register,
        waiting=export.state == ElementExport.State.WAITING,
        facts=[
            ("登记簿", register.title), ("有效日", words.day(export.on)),
            ("查找词", export.query or "（全部）"), ("行数", f"{export.rows:,}"),
            ("个人信息", "完整" if export.open_personal else "已遮蔽"),
            ("数据摘要", export.rows_sha256), ("文件摘要", export.file_sha256),
        ],
        crumbs=crumbs(register, "导出"),
    )  # fmt: skip
