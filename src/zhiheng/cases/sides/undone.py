"""What has been carried out, and whether the decision that it rests on still stands.

Law: 行政强制法第四十条、第四十一条; 行政复议法第六十三条、第六十四条; 行政诉讼法第七十条、第七十七条.
"""

from collections.abc import Iterable
from datetime import datetime

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides.exhausted import CHANGED
from zhiheng.cases.sides.pending import ANNULLED, LITIGATION, RECONSIDERATION
from zhiheng.payments import api as payments
from zhiheng.people.api import Actor

RESTORING, REVISION = "execution.restoring", "revision"
OWN, SUBSTITUTE, COURT = "execution.own", "execution.substitute", "execution.court"
OVER = ("OVERTURNED", "COMPLIED")
# The fact that tells of an execution that was carried out, by procedure.
CARRIED_OUT = {OWN: "implement_on", SUBSTITUTE: "substitute_record", COURT: "auction_proceeds"}


def sides_of(case: Case) -> list[Side]:
    """What runs, or ran, beside the case, with what each has established."""
    return list(Side.objects.filter(case=case).select_related("dossier__run").order_by("number"))


def carried_out(sides: Iterable[Side]) -> list[Side]:
    """The organ's own executions that took place and were not put right by themselves."""
    return [
        each
        for each in sides
        if each.procedure_id in CARRIED_OUT
        and each.state != "RESTORED"
        and each.dossier.run.facts.get(CARRIED_OUT[each.procedure_id])
    ]


def is_undone(sides: Iterable[Side]) -> bool:
    """Whether the decision was revoked or changed, by whomever."""
    return any(_outcome(each, CHANGED) or _revised(each, ("REVOKE", "CHANGE")) for each in sides)


def is_annulled(sides: Iterable[Side]) -> bool:
    """Whether nothing is left of the decision."""
    return any(_outcome(each, ANNULLED) or _revised(each, ("REVOKE",)) for each in sides)


def _outcome(side: Side, kinds: tuple[str, ...]) -> bool:
    if side.procedure_id not in (RECONSIDERATION, LITIGATION) or side.state not in OVER:
        return False
    return side.dossier.run.facts.get("overturned_kind", ANNULLED[0]) in kinds


def _revised(side: Side, kinds: tuple[str, ...]) -> bool:
    if side.procedure_id != REVISION or side.state not in ("DONE", "REVOKED"):
        return False
    return side.dossier.run.facts.get("revision_kind") in kinds


def owes_money_back(case: Case, sides: Iterable[Side]) -> bool:
    """Whether money that execution brought in is still to be given back."""
    sides = list(sides)
    if payments.refunds_open([case.pk, *(each.pk for each in sides)]):
        return True
    order = payments.fine_order_of(case.pk)
    return order is not None and order.paid_cents > 0 and is_annulled(sides)


def restore_if_executed(case: Case, *, actor: Actor, at: datetime) -> None:
    """The decision has just been undone: what was carried out is to be put right, once.

    Call it in the transaction of that step, which holds the case.
    """
    from zhiheng.cases.sides.services import prepare_side

    sides = sides_of(case)
    begun = any(each.procedure_id == RESTORING and each.state != "NOT_DUE" for each in sides)
    if carried_out(sides) and not begun:
        prepare_side(case=case, procedure_id=RESTORING, actor=actor, at=at)
