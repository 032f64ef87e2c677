"""The to-do list: what waits for me, by when."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse

from zhiheng.cases.pages import TodoGroup, TodoPage, TodoRow
from zhiheng.cases.selectors import addresses_of
from zhiheng.kernel.clock import now, today
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor, requires
from zhiheng.web.faces import Link, Stat, Tone
from zhiheng.web.pages import render_page

GROUPS = (("overdue", "已逾期", "先办它，并说明原因"), ("today", "今天", "期限是法律定的，先办它"),
          ("week", "七天内", ""), ("later", "以后", ""), ("open", "没有期限", ""))  # fmt: skip
IN_DOSSIERS = (("案件", "CASE", "case.view"), ("线索", "CLUE", "clue.view"))
WEEK = 7
SOON = 3
REMINDERS = 5
LAST = date.max.isoformat()


@requires("todo.view")
def todo(request: HttpRequest) -> HttpResponse:
    """My list: nearest end first, grouped by when."""
    actor, on = request.actor, today()
    kind, returned = request.GET.get("kind", ""), request.GET.get("returned") == "1"
    after, counted = request.GET.get("after", ""), ledger.tally_of(request)
    found = ledger.todo_of(actor, kind=kind, returned=returned, after=after, size=40)
    beside = [] if after else ledger.waiting_for(actor, counted=counted, kind=kind)
    reminders = [] if after else ledger.reminders_for(actor, limit=REMINDERS)
    addresses = addresses_of(
        [t.dossier for t in found.items] + [r.deadline.dossier for r in reminders], actor=actor
    )
    rows = [_row(task, addresses[task.dossier_id], on=on) for task in found.items]
    rows += [_beside(one, on=on) for one in beside if one.reason or not returned]
    page = TodoPage(
        greeting=f"{_greeting()}，{actor.name}",
        filters=_filters(actor, counted, kind=kind, returned=returned),
        stats=_stats(rows), groups=_groups(rows),
        next_href=f"?{_more(kind, returned)}after={found.next_token}" if found.next_token else "",
        reminders=[Link(each.text, addresses[each.deadline.dossier_id]) for each in reminders],
        lists=_lists(counted, beside, kind=kind) if not (returned or after) else [],
    )  # fmt: skip
    return render_page(request, "cases/todo.html", page)


def _filters(actor: Actor, counted: ledger.Tally, *, kind: str, returned: bool) -> list[Link]:
    """The kinds of which something waits; what came back."""
    back = ledger.count_todo(actor, returned=True)
    beside = [(one.label, one.kind, ledger.Capped(counted.beside[one.kind]).text)
              for one in counted.sources()]  # fmt: skip
    kinds = [(label, one, None) for label, one, right in IN_DOSSIERS if people.may(actor, right)]
    return [
        Link("全部", "?", not kind and not returned, counted.total.text),
        *[
            Link(label, f"?kind={one}", kind == one, count)
            for label, one, count in (*kinds, *beside)
        ],
        Link("被退回", "?returned=1", returned, back.text if back.number else None),
    ]


def _lists(counted: ledger.Tally, beside: list[ledger.Waiting], *, kind: str) -> list[Link]:
    """Where the rest stands, when not all of it fits here."""
    asked = [one for one in counted.sources() if kind in ("", one.kind)]
    shown = len(beside)
    if shown >= sum(counted.beside[one.kind] for one in asked):
        return []
    return [Link(f"看全部“{one.label}”", one.page()) for one in asked]


def _more(kind: str, returned: bool) -> str:
    return (f"kind={kind}&" if kind.isalpha() else "") + ("returned=1&" if returned else "")


def _greeting() -> str:
    hour = (now().hour + 8) % 24
    return "早上好" if 5 <= hour < 12 else "下午好" if 12 <= hour < 18 else "晚上好"


def _row(task: ledger.Task, href: str, *, on: date) -> TodoRow:
    """What waits in a dossier."""
    row = _line(
        task.title, task.dossier.title, task.dossier.number, href, task.due_on, task.reason, on=on
    )
    return replace(row, end="、".join(task.ends))  # type: ignore[attr-defined]


def _beside(one: ledger.Waiting, *, on: date) -> TodoRow:
    """What waits beside the dossiers."""
    return _line(one.title, one.about, one.number, one.href, one.due_on, one.reason, on=on)


def _line(
    title: str, about: str, number: str, href: str, due_on: date | None, reason: str, *, on: date
) -> TodoRow:
    left = (due_on - on).days if due_on else None
    return TodoRow(
        title=("被退回：" if reason else "") + title, about=about, number=number, href=href,
        due=_left(left), due_note=due_on.isoformat() if due_on else "", reason=reason, left=left,
        tone="" if left is None or left > SOON else "warm" if left > 0 else "hot",
    )  # fmt: skip


def _left(left: int | None) -> str:
    if left is None:
        return ""
    return "今天" if left == 0 else f"超 {-left} 天" if left < 0 else f"还有 {left} 天"


def _groups(rows: Iterable[TodoRow]) -> list[TodoGroup]:
    """By when, the nearest end first within each."""
    told: dict[str, list[TodoRow]] = {}
    for row in sorted(rows, key=lambda row: row.due_note or LAST):
        told.setdefault(_group(row.left), []).append(row)
    return [TodoGroup(key, title, note, told[key]) for key, title, note in GROUPS if key in told]


def _group(left: int | None) -> str:
    if left is None:
        return "open"
    return "overdue" if left < 0 else "today" if left == 0 else "week" if left <= WEEK else "later"


def _stats(rows: list[TodoRow]) -> list[Stat]:
    """What presses, each leading to its rows; one figure alone is told by its heading."""
    days = [row.left for row in rows if row.left is not None]
    told: list[tuple[int, str, Tone, str]] = [
        (sum(d < 0 for d in days), "已逾期", "stop", "#overdue"),
        (sum(d == 0 for d in days), "今天到期", "stop", "#today"),
        (sum(0 < d <= SOON for d in days), "三天内到期", "warn", "#week"),
        (sum(bool(row.reason) for row in rows), "被退回", "warn", "?returned=1"),
    ]
    pressing = [Stat(str(n), label, tone, href=href) for n, label, tone, href in told if n]
    return pressing if len(pressing) > 1 else []
