"""What each screen of notices may use, and how its tables read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from zhiheng.elements.models import AdjustmentAction, AdjustmentNotice, Body, Item
from zhiheng.elements.notices.forms import FilterForm
from zhiheng.elements.notices.preview import BodyChange, Preview
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Table, Tone, WayPoint
from zhiheng.web.paging import Page

State = AdjustmentNotice.State
TONES: dict[str, Tone] = {
    State.DRAFT: "plain", State.PREVIEWED: "info", State.APPROVED: "info",
    State.PUBLISHED: "ok", State.RETURNED: "warn", State.WITHDRAWN: "plain",
}  # fmt: skip


@dataclass(frozen=True)
class NoticeListPage:
    """Notices in reach."""

    rows: Page[Any]
    table: Table
    filters: list[Link]
    may_draft: bool
    crumbs: list[Link]


@dataclass(frozen=True)
class NoticeHeadPage:
    """The head of a notice, new or changed."""

    title: str
    crumbs: list[Link]
    back_href: str


@dataclass(frozen=True)
class NoticePage:
    """One notice: its way, its facts, its actions, what one may do."""

    notice: AdjustmentNotice
    way: list[WayPoint]
    facts: list[tuple[str, Any]]
    rows: Page[AdjustmentAction]
    table: Table
    mine: bool
    may_edit: bool
    may_withdraw: bool
    steps: list[str]
    crumbs: list[Link]

    @property
    def tone(self) -> Tone:
        """The tone of its state."""
        return TONES[self.notice.state]


@dataclass(frozen=True)
class PreviewPage:
    """What will change; `changed`: since the preview that was sent on."""

    notice: AdjustmentNotice
    seen: Preview
    tables: list[Table]
    steps: list[str]
    changed: bool
    crumbs: list[Link]


@dataclass(frozen=True)
class PickPage:
    """Items to choose from."""

    notice: AdjustmentNotice
    filter: FilterForm
    items: list[Item]
    more: bool
    ticked: set[str]
    back_href: str
    crumbs: list[Link]


def notice_table(notices: Iterable[AdjustmentNotice]) -> Table:
    """Notices as a list."""
    return Table(
        columns=("通告", "标题", "生效日", "状态", "起草、审核、公布"),
        rows=tuple(
            (
                Cell(one.notice_no, "strong", href=reverse("notice", args=[one.pk])),
                one.title,
                Cell(one.effective_on, "date"),
                Cell(one.get_state_display(), "tag", TONES[one.state]),
                "、".join(
                    who.name
                    for who in (one.drafted_by, one.reviewed_by, one.published_by)
                    if who is not None
                ),
            )
            for one in notices
        ),
        caption="事项调整通告",
    )


def way_of(notice: AdjustmentNotice) -> list[WayPoint]:
    """The stations: drafted, previewed, approved, published, in force."""
    order = [State.DRAFT, State.PREVIEWED, State.APPROVED, State.PUBLISHED]
    if notice.state == State.WITHDRAWN:
        return [
            WayPoint("起草", "done", notice.drafted_at),
            WayPoint("已撤回", "now", notice.withdrawn_at, notice.reason),
        ]
    at = order.index(State(notice.state)) if notice.state in order else 0
    stations = (
        ("起草", notice.drafted_at), ("预览送审", notice.previewed_at),
        ("审核", notice.reviewed_at if at >= 2 else None), ("公布", notice.published_at),
        ("生效", notice.effective_on),
    )  # fmt: skip
    return [
        WayPoint(title, "done" if n <= at else "now" if n == at + 1 else "todo", when)
        for n, (title, when) in enumerate(stations)
    ]


def head_facts(notice: AdjustmentNotice) -> list[tuple[str, Any]]:
    """The head of a notice in words."""
    return [
        ("标题", notice.title),
        ("发布机关", notice.issuer),
        ("上级批准", notice.level_approval or "—"),
        ("发文日期", words.day(notice.issued_on) or "—"),
        ("生效日", f"{words.day(notice.effective_on)} 零点起"),
        ("公布网址", notice.publish_url or "—"),
        *([("退回或撤回理由", notice.reason)] if notice.reason else []),
    ]


def action_table(actions: Iterable[AdjustmentAction]) -> Table:
    """The actions of a notice."""
    return Table(
        columns=("事项", "编码", "调整", "从", "到", "在办案件", "培训与移交"),
        rows=tuple(
            (
                Cell(
                    one.item.name, "strong",
                    href=reverse("item_line", args=[one.item.uid]), note=one.new_name,
                ),
                Cell(one.item_code, "num"),
                Cell(one.get_kind_display(), "tag", "info"),
                _short(one.from_body),
                Cell(
                    _short(one.to_body),
                    note=f"限 {'、'.join(one.regions)}" if one.regions else "",
                ),
                one.get_transition_display(),
                _handover(one),
            )
            for one in actions
        ),
        caption="调整的事项",
    )  # fmt: skip


def _short(body: Body | None) -> str:
    return (body.short_name or body.name) if body else "—"


def _handover(action: AdjustmentAction) -> str:
    parts = []
    if action.training_due:
        parts.append(f"{words.day(action.training_due)} 前培训")
    if action.handover_docs:
        parts.append(action.handover_docs)
    if action.remaining_body:
        parts.append(f"监管仍由{_short(action.remaining_body)}")
    return "；".join(parts) or "—"


def preview_tables(notice: AdjustmentNotice, seen: Preview) -> list[Table]:
    """Who gains and loses, open matters, what falls with it, what cannot be done."""
    return [
        table
        for table in (
            _problem_table(seen), _body_table(seen.bodies), _matter_table(seen),
            _derived_table(seen), _orphan_table(seen), _elsewhere_table(seen),
        )
        if table.rows
    ]  # fmt: skip


def _problem_table(seen: Preview) -> Table:
    return Table(
        ("编码", "为什么办不成"),
        tuple((Cell(one.item_code, "num"), one.says) for one in seen.plan.problems[:100]),
        f"办不成的 {len(seen.plan.problems)} 项",
    )


def _body_table(bodies: list[BodyChange]) -> Table:
    return Table(
        ("主体", "现有", "减少", "增加", "缩小范围", "生效后", "涉及人员"),
        tuple(
            (
                Cell(one.body.name, "strong"),
                Cell(one.before, "num"),
                Cell(f"−{one.lost}" if one.lost else "0", "num"),
                Cell(f"＋{one.gained}" if one.gained else "0", "num"),
                Cell(one.narrowed, "num"),
                Cell(one.after, "num"),
                Cell(
                    f"{one.officer_count} 人",
                    note="、".join(one.officers[:6]) + ("等" if one.officer_count > 6 else ""),
                ),
            )
            for one in bodies
        ),
        "对谁有影响",
    )


def _matter_table(seen: Preview) -> Table:
    return Table(
        ("在办", "名称", "由谁办结", "依据"),
        tuple(
            (
                Cell(f"{one.matter.kind} {one.matter.number}", "num", href=one.matter.href),
                one.matter.title,
                Cell(one.organ, "strong"),
                one.rule,
            )
            for one in seen.open_matters
        ),
        f"碰上的在办事务 {seen.open_count}{'＋' if seen.open_capped else ''} 件",
    )


def _derived_table(seen: Preview) -> Table:
    return Table(
        ("事项", "受托或派生主体", "方式", "失去的来源"),
        tuple(
            (
                one.item.name,
                one.body.name,
                one.get_mode_display(),
                f"{one.derived_from.body.name}的授权" if one.derived_from else "",
            )
            for one in seen.derived
        ),
        f"随之失去来源的授权 {len(seen.derived)} 条",
    )


def _orphan_table(seen: Preview) -> Table:
    return Table(
        ("编码", "事项"),
        tuple((Cell(one.code, "num"), one.name) for one in seen.orphans),
        f"没有人接的事项 {seen.orphan_count} 项",
    )


def _elsewhere_table(seen: Preview) -> Table:
    return Table(
        ("编码", "也在这些通告里"),
        tuple((Cell(code, "num"), "、".join(nos)) for code, nos in seen.elsewhere.items()),
        f"同时写在别的通告里的 {len(seen.elsewhere)} 项",
    )
