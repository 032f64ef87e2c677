"""执行回转 beside a case: what was executed, what of it is still to be given back.

Law: 行政强制法第四十一条.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zhiheng.cases.sides import undone
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.kernel import money
from zhiheng.kernel.errors import Invalid
from zhiheng.payments import api as payments
from zhiheng.people.api import Actor
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken


def facts(matter: "SideMatter", actor: Actor, on: date) -> Mapping[str, Any]:
    """What was carried out, whether the decision still stands, whether money is to go back."""
    sides = undone.sides_of(matter.case)
    return {
        "something_executed": bool(undone.carried_out(sides)),
        "decision_undone": undone.is_undone(sides),
        "decision_annulled": undone.is_annulled(sides),
        "money_back_open": undone.owes_money_back(matter.case, sides),
    }


def derived(
    matter: "SideMatter", step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """Refuses a day that lies behind, and an impossibility without its reason."""
    wrong = {}
    if step.id == "decide" and values["restore_until"] < on:
        wrong["restore_until"] = "请填今天或者以后的日期。"
    if values.get("cannot_restore") and not str(values.get("cannot_restore_why") or "").strip():
        wrong["cannot_restore_why"] = "不能恢复、退还的，请写明为什么不能。"
    if values.get("compensation") and not str(values.get("compensation_note") or "").strip():
        wrong["compensation_note"] = "有赔偿的，请写明怎样算、怎样付。"
    if wrong:
        raise Invalid("有些内容填得不对。", next_step="请改正标红的内容。", fields=wrong)
    return {}


def after(matter: "SideMatter", taken: "Taken") -> None:
    """The costs of a substitute performance are no longer owed once nothing is left to perform."""
    if taken.step.id != "decide":
        return
    sides = undone.sides_of(matter.case)
    if not undone.is_annulled(sides):
        return
    for side in undone.carried_out(sides):
        for order in payments.orders_of(side.pk) if side.procedure_id == undone.SUBSTITUTE else ():
            payments.void_order(order=order, reason="REVOKED", at=taken.at)


def prefill(matter: "SideMatter", step: Step, on: date) -> Mapping[str, Any]:
    """What the executions themselves have put down."""
    sides = undone.sides_of(matter.case)
    lines = [_line(each) for each in undone.carried_out(sides)]
    ground = "UNDONE" if undone.is_undone(sides) else "WRONG"
    return {"executed_what": "\n".join(lines), "restore_ground": ground}


def _line(side: Any) -> str:
    known, title = side.dossier.run.facts, rulebook.current().procedure(side.procedure_id).title
    day = known.get("implement_on") or (side.closed_on or side.opened_on).isoformat()
    what = known.get("substitute_record") or known.get("execution_way") or ""
    return f"{title}：{day} {what}".strip()


def panel(matter: "SideMatter", actor: Actor, on: date) -> list[tuple[str, Any]]:
    """What was executed, and what of the money has not gone back."""
    sides = undone.sides_of(matter.case)
    rows: list[tuple[str, Any]] = [("已执行", _line(each)) for each in undone.carried_out(sides)]
    left = payments.refunds_open([matter.case.pk, *(each.pk for each in sides)])
    if left:
        rows.append(("还没有退的钱", f"{money.yuan(left)} 元"))
    return rows


enter(
    SideKind(
        procedure=undone.RESTORING, facts=facts, derived=derived, after=after, prefill=prefill,
        panel=panel,
    )
)  # fmt: skip
