"""How law changes read on screen: what differs, who is touched, how far the list has emptied."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.urls import reverse

from zhiheng.elements.models import LawChange, UpkeepItem
from zhiheng.elements.registers import REGISTERS
from zhiheng.elements.upkeep import addresses, places, selectors
from zhiheng.elements.upkeep.finders import KINDS
from zhiheng.elements.upkeep.pages import ChangePage, ChangesPage, Touched
from zhiheng.elements.upkeep.selectors import Progress
from zhiheng.elements.upkeep.showing import STATES, owner_of
from zhiheng.people.api import Actor
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.paging import keyset

MOST_LINES, MOST_ARTICLES = 200, 400
_ORDER = ("-effective_on", "-id")


def changes_page(*, actor: Actor, after: str | None) -> ChangesPage:
    """Changes, the newest first."""
    rows = keyset(
        LawChange.objects.select_related("ended__law", "began__law"), order=_ORDER, after=after,
        size=30,
    )  # fmt: skip
    seen = selectors.visible(actor).filter(change__in=[one.pk for one in rows])
    told = {one.key: one for one in selectors.progress_by(seen, "change")}
    return ChangesPage(
        rows=rows,
        lines=[
            (one, reverse("law_change", args=[one.pk]), lead_of(one),
             told.get(str(one.pk), Progress(str(one.pk), 0, 0)))
            for one in rows
        ],
        crumbs=[Link("要素中心", reverse("element_home")), Link("法律变动")],
    )  # fmt: skip


def lead_of(change: LawChange) -> str:
    """The change in one sentence."""
    day, new = words.day(change.effective_on), change.began
    if not change.whole:
        parts = (
            (len(change.changed), "改"), (len(change.added), "增"),
            (len(change.removed), "删"), (len(change.moved), "移"),
        )  # fmt: skip
        told = "，".join(f"{what} {number} 条" for number, what in parts if number)
        return f"{day}起施行修改后的文本：{told or '条文没有不同'}。"
    if new is not None and change.ended is not None and new.law_id != change.ended.law_id:
        return f"{day}起失效，由《{new.law.title}》接替。"
    return f"{day}起变动，按整部法律核对。"


def change_page(*, actor: Actor, change: LawChange) -> ChangePage:
    """One change with its lines in reach, grouped by kind."""
    rows = selectors.visible(actor).filter(change=change).select_related("owner")
    told = {one.key: one for one in selectors.progress_by(rows, "register")}
    order = list(KINDS)
    lines = sorted(
        rows.order_by("state", "due_on", "id")[: MOST_LINES + 1],
        key=lambda one: (
            order.index(one.register) if one.register in order else len(order),
            one.state != "OPEN", one.due_on, one.pk,
        ),
    )  # fmt: skip
    found = sum(one.found for one in told.values())
    groups = [
        _group(kind, list(mine), told[kind], change)
        for kind, mine in groupby(lines[:MOST_LINES], key=lambda one: one.register)
    ]
    return ChangePage(
        change=change, lead=lead_of(change), facts=_facts(change), articles=_articles(change),
        groups=groups, left_out=max(0, found - MOST_LINES),
        progress=Progress(str(change.pk), found, sum(one.open for one in told.values())),
        crumbs=[
            Link("要素中心", reverse("element_home")), Link("法律变动", reverse("law_changes")),
            Link(change.title),
        ],
    )  # fmt: skip


def _group(kind: str, lines: list[UpkeepItem], told: Progress, change: LawChange) -> Touched:
    title = REGISTERS[kind].title if kind in REGISTERS else KINDS.get(kind, kind)
    return Touched(title=title, table=_lines(lines, title), progress=told)


def _lines(lines: Iterable[UpkeepItem], title: str) -> Table:
    return Table(
        columns=("名称", "原条款", "可能的新条款", "责任人", "进展"),
        rows=tuple(
            (
                Cell(one.title, "strong", href=reverse("upkeep_item", args=[one.pk])),
                "、".join(p["label"] for p in one.places.get("articles", [])) or "整部",
                _candidates(one),
                owner_of(one),
                Cell(one.get_state_display(), "tag", STATES[one.state], note=one.closed_note
                     or f"{words.day(one.due_on)} 前"),
            )
            for one in lines
        ),
        caption=title,
    )  # fmt: skip


def _candidates(item: UpkeepItem) -> str:
    best = [p["new"][0] for p in item.places.get("articles", []) if p["new"]]
    told = dict.fromkeys(f"{one['label']}（像 {one['like']}%）" for one in best)
    return "、".join(told) or "—"


def _facts(change: LawChange) -> list[tuple[Any, ...]]:
    return [
        ("变动日", words.day(change.effective_on)),
        ("失效的文本", str(change.ended) if change.ended else "法条库里没有",
         _law(change, old=True)),
        ("施行的文本", str(change.began) if change.began else "法条库里没有",
         _law(change, old=False)),
        ("失效依据", change.ended.ended_basis if change.ended else ""),
        ("发现时间", words.moment(change.found_at)),
    ]  # fmt: skip


def _law(change: LawChange, *, old: bool) -> str:
    version = change.ended if old else change.began
    return addresses.address("law_show", version.law_id) if version else ""


def _articles(change: LawChange) -> Table:
    """What differs, one line an article, each number leading to its text."""

    def old(number: str) -> Cell:
        return Cell(places.label(number), href=addresses.article(change.ended, number))

    def new(number: str) -> Cell:
        return Cell(places.label(number), href=addresses.article(change.began, number))

    nothing = Cell("—")
    rows = [
        *((Cell("改", "tag", "warn"), old(n), new(n)) for n in change.changed),
        *((Cell("移", "tag", "info"), old(a), new(b)) for a, b, _ in change.moved),
        *((Cell("删", "tag", "stop"), old(n), nothing) for n in change.removed),
        *((Cell("增", "tag", "ok"), nothing, new(n)) for n in change.added),
    ]
    return Table(
        columns=("怎么变", "原来", "现在"), rows=tuple(rows[:MOST_ARTICLES]), caption="条文变动"
    )
