"""How the work list and one of its lines read on screen."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from zhiheng.elements.models import Severity, UpkeepItem
from zhiheng.elements.registers import REGISTERS
from zhiheng.elements.upkeep import addresses, rules, selectors
from zhiheng.elements.upkeep.finders import KINDS
from zhiheng.elements.upkeep.lines import REASON, TITLE
from zhiheng.elements.upkeep.pages import Cause, UpkeepPage
from zhiheng.people.api import Actor
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Table, Tone
from zhiheng.web.paging import keyset

ADMINISTRATORS = "要素管理员"
TONES: dict[str, Tone] = {"HIGH": "stop", "MEDIUM": "warn", "LOW": "plain"}
STATES: dict[str, Tone] = {"OPEN": "warn", "MENDED": "ok", "DONE": "ok", "DISMISSED": "plain"}
_ASKED = ("reason", "severity", "owner", "due", "state", "register")


def reasons() -> dict[str, str]:
    """Every reason by id, as people read it."""
    return {one.id: one.title for one in rules.every().values()} | {REASON: TITLE}


def owner_of(item: UpkeepItem) -> str:
    """Who mends it: a person, or the administrators together."""
    return item.owner.name if item.owner else ADMINISTRATORS


def kind_of(item: UpkeepItem) -> str:
    """The kind of element, in Chinese."""
    found = REGISTERS.get(item.register)
    return found.title if found else KINDS.get(item.register, item.register)


def list_page(*, actor: Actor, asked: Mapping[str, Any], on: date) -> UpkeepPage:
    """The list as asked for: what does not fit is not asked."""
    given = {name: str(asked.get(name, ""))[:80] for name in _ASKED if asked.get(name)}
    every, titles = selectors.visible(actor), reasons()
    found = selectors.mine(actor) if asked.get("mine") else every
    rows = keyset(
        selectors.filtered(found, on=on, **given), order=selectors.ORDER,
        after=asked.get("after"), size=40,
    )  # fmt: skip
    if asked.get("mine"):
        given["mine"] = "1"
    progress = selectors.progress_by(every, "reason")
    causes = [
        Cause(titles.get(one.key, one.key), _with(given, reason="" if on_ else one.key), one, on_)
        for one in progress
        for on_ in [given.get("reason") == one.key]
    ]
    owner = given.get("owner", "")
    return UpkeepPage(
        causes=causes, filters=_filters(given), severities=_severities(given), rows=rows,
        table=table_of(rows.items, on=on, settled=bool(given.get("state"))),
        heading=titles.get(given.get("reason", ""), "全部"), settled=bool(given.get("state")),
        owners=[("", "不限责任人"), ("none", ADMINISTRATORS), *_owners(every)], owner=owner,
        kept=[(name, value) for name, value in given.items() if name != "owner"],
        crumbs=[Link("要素中心", reverse("element_home")), Link("要素待清理")],
    )  # fmt: skip


def _owners(rows: Any) -> list[tuple[str, str]]:
    """People who own an open line."""
    told = rows.filter(state="OPEN").exclude(owner=None).order_by("owner__name")
    return list(told.values_list("owner__username", "owner__name").distinct()[:60])


def _with(given: Mapping[str, str], **changes: str) -> str:
    merged = {name: value for name, value in {**given, **changes}.items() if value}
    return f"?{urlencode(merged)}"


def _filters(given: Mapping[str, str]) -> list[Link]:
    plain = not (given.get("mine") or given.get("due") or given.get("state"))
    return [
        Link("待清理", _with(given, mine="", due="", state=""), plain),
        Link("等我的", _with(given, mine="1", due="", state=""), bool(given.get("mine"))),
        Link("已过期限", _with(given, due="late", mine="", state=""), given.get("due") == "late"),
        *(
            Link(label, _with(given, state=state, mine="", due=""), given.get("state") == state)
            for state, label in UpkeepItem.State.choices
            if state != "OPEN"
        ),
    ]


def _severities(given: Mapping[str, str]) -> list[Link]:
    chosen = given.get("severity", "")
    return [
        Link("不限轻重", _with(given, severity=""), not chosen),
        *(Link(label, _with(given, severity=s), chosen == s) for s, label in Severity.choices),
    ]


def table_of(items: Iterable[UpkeepItem], *, on: date, settled: bool = False) -> Table:
    """Lines as a table; each leads to its page."""
    return Table(
        columns=("待清理事项", "怎么了", "怎么办", "轻重", "责任人", "结果" if settled else "期限"),
        rows=tuple(
            (
                Cell(item.title, "strong", href=reverse("upkeep_item", args=[item.pk]),
                     note=kind_of(item)),
                item.says,
                Cell(item.next_step, href=item.href),
                Cell(item.get_severity_display(), "tag", TONES[item.severity]),
                owner_of(item),
                _end(item, on=on),
            )
            for item in items
        ),
        caption="要素待清理",
    )  # fmt: skip


def _end(item: UpkeepItem, *, on: date) -> Cell:
    if item.state != "OPEN":
        label = item.get_state_display()
        return Cell(label, "tag", STATES[item.state], note=item.closed_note)
    late = (on - item.due_on).days
    return Cell(item.due_on, "date", note=f"超 {late} 天" if late > 0 else "")


def facts_of(item: UpkeepItem) -> list[tuple[Any, ...]]:
    """A line in full."""
    return [
        ("原因", reasons().get(item.reason, item.reason)),
        ("哪一条", f"{kind_of(item)}　{item.title}", item.href),
        ("怎么了", item.says),
        ("怎么办", item.next_step),
        ("责任人", owner_of(item) + ("（由人指定）" if item.owner_fixed else "")),
        ("清理期限", words.day(item.due_on) + ("（由人指定）" if item.due_fixed else "")),
        ("发现时间", words.moment(item.found_at)),
        *([("结果", item.closed_note)] if item.closed_note else []),
    ]


def edit_href(item: UpkeepItem) -> str:
    """The form that changes the element, where the line is about one."""
    return addresses.edit(item.register, item.key) if item.register in REGISTERS else ""


def places_of(item: UpkeepItem) -> list[dict[str, Any]]:
    """Old articles and candidates with the addresses where they are read."""
    change = item.change
    if change is None:
        return []
    return [
        {
            "label": place["label"],
            "href": addresses.article(change.ended, place["number"]),
            "new": [
                new | {"href": addresses.article(change.began, new["number"])}
                for new in place["new"]
            ],
        }
        for place in item.places.get("articles", [])
    ]
