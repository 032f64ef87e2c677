"""The to-do list: what waits for me, by when."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhiheng.cases.pages import TodoPage, TodoRow
from zhiheng.cases.selectors import addresses_of
from zhiheng.kernel.clock import now, today
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor, requires
from zhiheng.web.faces import Link, Stat
from zhiheng.web.pages import render_page

GROUPS = (("overdue", "已逾期", "先办它，并说明原因"), ("today", "今天", "期限是法律定的，先办它"),
          ("week", "七天内", ""), ("later", "以后", ""), ("open", "没有期限", ""))  # fmt: skip
WEEK = 7
CAP = 100
SOON = 3


@requires("todo.view")
def todo(request: HttpRequest) -> HttpResponse:
    """My list: nearest end first, grouped by when."""
    actor, on = request.actor, today()
    kind, returned = request.GET.get("kind", ""), request.GET.get("returned") == "1"
    found = ledger.todo_of(
        actor, kind=kind, returned=returned, after=request.GET.get("after", ""), size=40
    )
    rows = _rows(found.items, actor=actor, on=on)
    beside = [] if request.GET.get("after") else _beside(request, kind, returned)
    rows.setdefault("open", []).extend(beside)
    request.todo_count = all_count = count_all(actor)
    back_count = ledger.count_todo(actor, returned=True)
    page = TodoPage(
        greeting=f"{_greeting()}，{actor.name}" + ("" if all_count.number else "，今天没有等您的事"),
        filters=[
            Link("全部", "?", not kind and not returned, all_count.text),
            Link("案件", "?kind=CASE", kind == "CASE"),
            Link("线索", "?kind=CLUE", kind == "CLUE"),
            *[Link(one.label, f"?kind={one.kind}", kind == one.kind) for one in _kinds(actor)],
            Link("被退回", "?returned=1", returned, back_count.text if back_count.number else None),
        ],
        stats=_stats(found.items, on=on),
        groups=[(title, note, rows[key]) for key, title, note in GROUPS if rows.get(key)],
        next_href=f"?after={found.next_token}" if found.next_token else "",
        reminders=[each.text for each in ledger.reminders_for(actor, limit=3)],
    )  # fmt: skip
    return render_page(request, "cases/todo.html", page)


def count_all(actor: Any) -> ledger.Capped:
    """How much waits for a person, in dossiers and beside them."""
    beside = ledger.count_waiting(actor, most=CAP)
    return ledger.Capped(min(ledger.count_todo(actor).number + beside, CAP))


def _kinds(actor: Any) -> list[ledger.Source]:
    """Kinds of work beside the dossiers of which something waits for this person."""
    return [one for one in ledger.sources() if one.count(actor, 1)]


def _beside(request: HttpRequest, kind: str, returned: bool) -> list[TodoRow]:
    """What waits beside the dossiers, as rows without an end."""
    found = ledger.waiting_for(request.actor, kind=kind)
    return [
        TodoRow(
            title=("被退回：" if one.reason else "") + one.title, about=one.about,
            number=one.number, href=one.href, due="", due_note="", tone="", reason=one.reason,
        )
        for one in found
        if one.reason or not returned
    ]  # fmt: skip


def _greeting() -> str:
    hour = (now().hour + 8) % 24
    return "早上好" if 5 <= hour < 12 else "下午好" if 12 <= hour < 18 else "晚上好"


def _rows(tasks: list[ledger.Task], *, actor: Actor, on: date) -> dict[str, list[TodoRow]]:
    addresses = addresses_of([t.dossier for t in tasks], actor=actor)
    groups: dict[str, list[TodoRow]] = {}
    for task in tasks:
        groups.setdefault(_group(task.due_on, on=on), []).append(_row(task, addresses, on=on))
    return groups


def _group(due: date | None, *, on: date) -> str:
    if due is None:
        return "open"
    left = (due - on).days
    return "overdue" if left < 0 else "today" if left == 0 else "week" if left <= WEEK else "later"


def _row(task: ledger.Task, addresses: dict[int, str], *, on: date) -> TodoRow:
    dossier = task.dossier
    href = addresses[task.dossier_id]
    left = (task.due_on - on).days if task.due_on else None
    due = (
        ""
        if left is None
        else "今天"
        if left == 0
        else f"超 {-left} 天"
        if left < 0
        else f"还有 {left} 天"
    )
    tone = "" if left is None else "hot" if left <= 0 else "warm" if left <= SOON else ""
    return TodoRow(
        title=("被退回：" if task.reason else "") + task.title, about=dossier.title,
        number=dossier.number, href=href, due=due,
        due_note=task.due_on.isoformat() if task.due_on else "", tone=tone, reason=task.reason,
    )  # fmt: skip


def _stats(tasks: list[ledger.Task], *, on: date) -> list[Stat]:
    """What presses; nothing, when nothing does."""
    days = [(t.due_on - on).days for t in tasks if t.due_on]
    late = sum(d < 0 for d in days)
    now_due = sum(d == 0 for d in days)
    soon = sum(0 < d <= SOON for d in days)
    back = sum(bool(t.reason) for t in tasks)
    if not any((late, now_due, soon, back)):
        return []
    return [
        Stat(str(late), "已逾期", "stop" if late else ""),
        Stat(str(now_due), "今天到期", "stop" if now_due else ""),
        Stat(str(soon), "三天内到期", "warn" if soon else ""),
        Stat(str(back), "被退回", "warn" if back else ""),
    ]
