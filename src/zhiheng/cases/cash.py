"""Cash taken on the spot, on its way: the days it rests on, and what the order says of it.

Law: 行政处罚法第六十九条至第七十一条.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from zhiheng.kernel.errors import Invalid
from zhiheng.payments import api as payments

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter
    from zhiheng.procedures import api as procedures

COLLECT, HAND_IN, BANK = "collect_cash", "hand_in_cash", "bank_cash"
WENT = {HAND_IN: ("handed", "cash_handed_on"), BANK: ("banked", "cash_banked_on")}
TAKEN_ON = "_cash_on"
"""The day cash was taken, or came ashore: another payment may follow with a day of its own."""


def taken_on(step_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The day cash was taken (on the water: came ashore), kept for what follows.

    Raises:
        Invalid: ashore before it was taken.
    """
    paid = values.get("paid_on")
    if step_id != COLLECT or paid is None:
        return {}
    day = values.get("cash_landed_on") or paid
    if day < paid:
        raise Invalid(
            "抵岸日期不对。", next_step="请改正标红的内容。",
            fields={"cash_landed_on": "在水上收的现金，抵岸不会早于缴款那天；在岸上收的，不填抵岸日期。"},
        )  # fmt: skip
    return {TAKEN_ON: day}


def rests_on(step_id: str, facts: Mapping[str, Any]) -> date | None:
    """The day before which the cash cannot have gone on."""
    day = facts.get(TAKEN_ON if step_id == HAND_IN else "cash_handed_on")
    return date.fromisoformat(day) if day else None


def follow(matter: "CaseMatter", taken: "procedures.Taken") -> None:
    """What the case says of its cash stands on its order as well."""
    order = payments.fine_order_of(matter.case.pk)
    if order is not None and taken.step.id in WENT:
        what, fact = WENT[taken.step.id]
        payments.note_cash(order=order, what=what, on=taken.facts[fact])


def place(payment: payments.Payment) -> str:
    """Where the case itself is told of this cash; empty where the case does not know of it."""
    from zhiheng.cases.selectors import case_of_dossier

    case = case_of_dossier(payment.order.dossier_id)
    if case is None or not case.dossier.run.facts.get("cash_collected"):
        return ""
    return reverse("dossier", args=[case.dossier.pk])
