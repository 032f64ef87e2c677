"""What a case's decision makes the party owe, and money that comes for it.

The decision that is served makes an order; money that arrives takes the step of the case by
itself, so that nobody types it a second time.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from zhiheng.cases.cash import COLLECT
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Conflict
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter
    from zhiheng.cases.models import Case, Side

PAYING = "record_payment"
REMEDY = "remedy."
PLATFORM = Actor(
    account_id=0, name="系统", username="", roles=frozenset(), region_code="", agency_code=""
)


def owed_in_all(matter: "CaseMatter", *, values: Mapping[str, Any], on: date) -> int:
    """What is to be paid in all, the addition included, on the day of this payment, in cents."""
    fine = int(matter.run.facts.get("fine_decided") or 0)
    order = payments.fine_order_of(matter.case.pk)
    if order is None:
        return fine
    if order.paid_cents > int(matter.run.facts.get("_paid_total", 0)):
        return payments.owed(order, on=on).total  # received already, entered now
    return payments.owed(order, on=values.get("paid_on") or on).total


def follow(matter: "CaseMatter", taken: "procedures.Taken") -> None:
    """Make the order when the decision is served; put down money that somebody entered."""
    if taken.step.id == "serve_decision" and taken.facts["fine_decided"]:
        issue(matter, taken)
    if taken.step.id in (PAYING, COLLECT) and "payment_id" not in taken.extra:
        _put_down(matter, taken)


def issue(matter: "CaseMatter", taken: "procedures.Taken") -> payments.PaymentOrder:
    """The order for the fine, due when the period of the decision ends."""
    case, facts = matter.case, taken.facts
    clock = ledger.get_deadline(matter.run.dossier, "payment.fine")
    claim = claim_of(case, on=taken.on, decision=_number(case, taken), due_on=(
        clock.due_on if clock and clock.due_on else taken.on
    ), fine_cents=facts["fine_decided"], addition_stated=bool(facts["late_addition_stated"]))  # fmt: skip
    return payments.issue_order(
        dossier=matter.run.dossier, claim=claim, at=taken.at, on=taken.on
    )  # fmt: skip


def claim_of(case: "Case", *, on: date, decision: str, due_on: date, **more: Any) -> payments.Claim:
    """A claim of the case's organ against its party, payable to the organ's treasury account."""
    body = elements.get_body(case.agency_code, on)
    subject = elements.open_subject(elements.latest_subject(case.subject))
    return payments.Claim(
        case_number=case.number, organ_name=body.name, bank=body.bank_name,
        account=body.bank_account, decision_number=decision, due_on=due_on,
        party_number=subject.uscc or subject.citizen_id or "", **more,
    )  # fmt: skip


def _number(case: "Case", taken: "procedures.Taken") -> str:
    from zhiheng.documents import api as documents

    for code in ("F-39", "F-08"):
        if found := documents.latest_document(dossier=case.dossier, code=code):
            return found.number or ""
    return ""


def _put_down(matter: "CaseMatter", taken: "procedures.Taken") -> None:
    """Money entered by an officer: a bank's slip, or cash with its receipt."""
    order = payments.fine_order_of(matter.case.pk)
    if order is None:
        return
    facts = taken.facts
    payments.receive(
        order=order, at=taken.at, posted=True,
        money=payments.Money(
            bank_no=f"act/{taken.act.pk}", cents=facts["paid_cents"], channel=_channel(taken),
            account=order.account, paid_on=facts["paid_on"], receipt_no=str(facts["receipt_no"]),
        ),
    )  # fmt: skip


def _channel(taken: "procedures.Taken") -> str:
    """How it came: a decision may say cash, and the party go to the bank all the same."""
    said = str(taken.facts["payment_channel"])
    if taken.step.id == COLLECT:
        return "ON_SPOT"
    return "BANK" if said == "ON_SPOT" else said


def money_arrived(payment: payments.Payment, at: datetime) -> None:
    """Enter money that arrived in its case, as the platform.

    Raises:
        Conflict: the case stands where no payment is entered.
    """
    from zhiheng.cases.matters import CaseMatter
    from zhiheng.cases.selectors import case_of_dossier
    from zhiheng.cases.sides.services import look_again, renew

    case = case_of_dossier(payment.order.dossier_id)
    if payment.order.kind != payments.PaymentOrder.Kind.FINE or case is None:
        renew(payment.order.dossier_id, at=at)
        return
    if case.dossier.state != "SERVED":
        raise Conflict("案件不在可以登记缴款的状态。", next_step="请财务与办案人员核对后处理。")
    procedures.take_step(
        CaseMatter(case), step_id=PAYING, actor=PLATFORM, at=at,
        idempotency_key=f"payment/{payment.pk}", extra={"payment_id": payment.pk},
        values={
            "paid_cents": payment.applied_cents, "paid_on": payment.paid_on,
            "payment_channel": "BANK" if payment.channel == "COURT" else payment.channel,
            "receipt_no": payment.receipt_no,
        },
    )  # fmt: skip
    look_again(case, at=at)


def keep_pauses(side: "Side") -> None:
    """While a remedy runs beside the case no addition is counted (行政处罚法 73)."""
    if not side.procedure_id.startswith(REMEDY):
        return
    order = payments.fine_order_of(side.case_id)
    if order is not None:
        handed_in = side.dossier.run.facts.get("handed_in_on")
        since = date.fromisoformat(handed_in) if handed_in else side.opened_on
        payments.keep_pauses(order=order, spans={f"side/{side.pk}": (since, side.closed_on)})
