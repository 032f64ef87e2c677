"""What the payment order, the calendar and the periods say to those who enforce a decision."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zhiheng.cases.models import Side
from zhiheng.cases.sides import undone
from zhiheng.cases.sides.exhausted import last_day, remedies_of
from zhiheng.kernel import money
from zhiheng.kernel.errors import Invalid
from zhiheng.payments import api as payments
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

BEGUN = ("execution.court", "execution.own")
BEFORE_URGED = ("DRAFT", "URGE_ISSUED")


def facts(matter: "SideMatter", actor: Actor, on: date) -> Mapping[str, Any]:
    """Facts that the kinds of enforcement share; only those their procedure asks for."""
    wanted = set(procedures.procedure_of(matter.run).facts)
    order = payments.fine_order_of(matter.case.pk)
    found = {**_of_order(matter, order, on), **_of_days(matter, on)}
    if not wanted.isdisjoint(OF_REMEDIES):
        found |= _of_remedies(matter, order, on)
    if "seized_held" in wanted:
        from zhiheng.cases.sides import auction

        found |= auction.facts(matter, on)
    if "decision_annulled" in wanted:
        found["decision_annulled"] = undone.is_annulled(undone.sides_of(matter.case))
    return {name: value for name, value in found.items() if name in wanted}


def order_of(matter: "SideMatter") -> payments.PaymentOrder:
    """The order for the fine of the case.

    Raises:
        Invalid: there is none (a decision without a fine).
    """
    found = payments.fine_order_of(matter.case.pk)
    if found is None:
        raise Invalid("本案没有罚款缴款单。", next_step="没有罚款的决定，不办缴款和金钱执行。")
    return found


def money_came(
    matter: "SideMatter", taken: "Taken", *, cents: int, channel: str, receipt_no: str
) -> None:
    """What a step of enforcement brought in counts for the fine; once, however often it is told."""
    order = order_of(matter)
    payment, _ = payments.receive(
        order=order, at=taken.at,
        money=payments.Money(
            bank_no=f"act/{taken.act.pk}", cents=cents, channel=channel, account=order.account,
            paid_on=taken.on, receipt_no=receipt_no,
        ),
    )  # fmt: skip
    payments.post(payment, at=taken.at)


def _of_order(
    matter: "SideMatter", order: payments.PaymentOrder | None, on: date
) -> dict[str, Any]:
    main = procedures.kept_facts(matter.main.run)
    kept = {name: main[name] for name in ("fine_decided", "late_addition_stated")}
    costs = list(payments.orders_of(matter.side.dossier_id)) if matter.side.dossier_id else []
    kept["cost_paid"] = bool(costs) and all(each.state == "PAID" for each in costs)
    if order is None:
        return kept
    days = payments.late_days(order, on=on)
    unpaid = order.state == "OPEN" and order.paid_cents < order.principal
    return {
        **kept,
        "fine_overdue": order.state == "OPEN" and on > order.due_on,
        "instalment_missed": payments.has_missed(order, on=on),
        "addition_over_30": unpaid and order.addition_stated
        and days > _number("execution.money-after", matter, on),
        "addition_now": payments.owed(order, on=on).addition,
    }  # fmt: skip


def _of_days(matter: "SideMatter", on: date) -> dict[str, Any]:
    kept = procedures.kept_facts(matter.run)
    begun = Side.objects.filter(case=matter.case, procedure_id__in=BEGUN)
    return {
        "urge_date_over": _is_past(kept.get("urge_until"), on),
        "self_removal_over": _is_past(kept.get("self_removal_until"), on),
        "execution_begun": begun.filter(closed_on=None).exclude(state__in=BEFORE_URGED).exists(),
    }


def _is_past(day: date | None, on: date) -> bool:
    return day is not None and on > day


OF_REMEDIES = ("remedy_running", "remedies_over", "court_window_closed")


def _of_remedies(
    matter: "SideMatter", order: payments.PaymentOrder | None, on: date
) -> dict[str, Any]:
    remedies = remedies_of(matter.case)
    last = court_window_end(matter, order=order, end=remedies.end)
    return {
        "remedy_running": remedies.running, "remedies_over": remedies.over(on),
        "court_window_closed": last is not None and on > last,
    }  # fmt: skip


def court_window_end(
    matter: "SideMatter", *, order: payments.PaymentOrder | None, end: date | None
) -> date | None:
    """The last day for the application: three months after remedies end, or what was granted.

    Law: 行政强制法第五十三条; 行政处罚法第七十二条第二款.
    """
    if end is None:
        return None
    granted = order.granted_until if order else None
    start = max(end, granted) if granted else end
    return last_day("enforcement.court-application", matter.case, start=start)


def _number(name: str, matter: "SideMatter", on: date) -> int:
    return int(_value(name, matter, on))


def words(name: str, matter: "SideMatter", on: date) -> list[str]:
    """The words that the law, or the design, lists."""
    return str(_value(name, matter, on)).split()


def _value(name: str, matter: "SideMatter", on: date) -> Any:
    return rulebook.current().parameter(
        name, on=on, domain=matter.run.domain, region=matter.case.region_code
    ).value  # fmt: skip


def panel(matter: "SideMatter", actor: Actor, on: date) -> list[tuple[str, Any]]:
    """What is owed now, by when, and until when a court may be asked."""
    order = payments.fine_order_of(matter.case.pk)
    if order is None:
        return []
    now = payments.owed(order, on=on)
    rows: list[tuple[str, Any]] = [
        ("罚款", f"{money.yuan(order.principal)} 元"),
        ("加处罚款", f"{money.yuan(now.addition)} 元（逾期 {now.days} 日）"),
        ("还应缴", f"{money.yuan(now.left)} 元"), ("应缴日期", order.due_on),
        ("缴款码", order.code),
    ]  # fmt: skip
    if matter.run.procedure_id == "execution.court":
        end = remedies_of(matter.case).end
        rows += [("救济期满", end or "放假安排未公布，暂不推算"),
                 ("申请法院最迟", court_window_end(matter, order=order, end=end) or "—")]  # fmt: skip
    return rows
