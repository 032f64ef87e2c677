"""What the screens of the register show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zhiheng.cases.models import Good, GoodMove
from zhiheng.kernel import money
from zhiheng.procedures.pages import procedure_title
from zhiheng.web.faces import Cell, EvidenceFace, Link, Table, Tone
from zhiheng.web.paging import Page

WHICH = (("held", "在保管"), ("late", "已逾期"), ("soon", "七天内到期"), ("ended", "已了结"))
TONES: dict[str, Tone] = {"HELD": "warn", "RETURNED": "ok"}
SOON = 7


@dataclass(frozen=True)
class GoodsPage:
    """What is held where, by when it must be decided, the most urgent first."""

    filters: list[Link]
    table: Table
    rows: Page[Good]
    export_href: str
    about: str = ""
    title: str = "物品"


@dataclass(frozen=True)
class GoodPage:
    """One thing, and every hand it went through."""

    title: str
    state: str
    tone: Tone
    facts: list[tuple[Any, ...]]
    moves: Table
    photos: list[EvidenceFace]
    back_href: str
    side_href: str
    side_title: str


def goods_table(goods: Iterable[Good], *, on: date) -> Table:
    """Things as rows."""
    rows = tuple(
        (
            Cell(g.name, "strong", href=reverse("good", args=[g.pk]), note=g.amount),
            Cell(
                g.case.party_name, href=_side_href(g),
                note=f"{procedure_title(g.side.procedure_id)}　{g.case.number}",
            ),
            Cell(g.place or "—", note=g.keeper),
            Cell(g.get_state_display(), "tag", TONES.get(g.state, "plain")),
            Cell(g.since, "date"),
            due_cell(g, on=on),
        )
        for g in goods
    )  # fmt: skip
    return Table(("物品", "当事人与案件", "存放", "状态", "开始保管", "应处理"), rows, "物品登记簿")


def due_cell(good: Good, *, on: date) -> Cell:
    """By when it must be decided; what is overdue says by how much."""
    if good.ended_on:
        return Cell(good.ended_on, "date", note="了结")
    if good.due_on is None:
        return Cell("待退还或处理")
    left = (good.due_on - on).days
    if left < 0:
        return Cell(f"逾期 {-left} 天", "tag", "stop", note=f"{good.due_on:%Y-%m-%d}")
    note = "今天到期" if left == 0 else f"还有 {left} 天"
    return Cell(good.due_on, "date", note=note if left <= SOON else "")


def _side_href(good: Good) -> str:
    return reverse("side", args=[good.case.code, good.side.number])


def good_page(good: Good, moves: Iterable[GoodMove], photos: list[EvidenceFace]) -> GoodPage:
    """The thing with its way."""
    value = "" if good.value_cents is None else f"{money.yuan(good.value_cents)} 元"
    paid = "" if good.proceeds_cents is None else f"{money.yuan(good.proceeds_cents)} 元"
    facts = [
        ("数量", good.amount), ("规格特征", good.spec), ("价值", value), ("封条号", good.seal_no),
        ("存放地点", good.place), ("保管人", good.keeper), ("开始保管", good.since),
        ("应处理日", good.due_on), ("了结日", good.ended_on), ("变卖所得", paid),
        ("案件", good.case.number), ("当事人", good.case.party_name),
    ]  # fmt: skip
    rows = tuple(
        (
            Cell(move.get_kind_display(), "strong"),
            Cell(move.at.astimezone().strftime("%Y-%m-%d %H:%M"), "num"),
            Cell(move.act.actor_name, note=move.act.title),
            Cell(move.place or "—", note=move.keeper),
            Cell(move.note or "—"),
            Cell(move.get_state_display(), "tag", TONES.get(move.state, "plain")),
        )
        for move in moves
    )
    return GoodPage(
        title=good.name, state=good.get_state_display(), tone=TONES.get(good.state, "plain"),
        facts=[row for row in facts if row[1]],
        moves=Table(("变动", "时间", "谁办的", "存放", "说明", "之后"), rows, "经手记录"),
        photos=photos, back_href=reverse("goods_list"), side_href=_side_href(good),
        side_title=procedure_title(good.side.procedure_id),
    )  # fmt: skip
