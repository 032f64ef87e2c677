"""行政复议、行政诉讼 beside a case: what each knows of the other, and the days they take."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides.exhausted import AFTER, ANSWERED, CHANGED
from zhiheng.cases.sides.handed_in import application_of
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.pending import ANNULLED, LITIGATION, RECONSIDERATION
from zhiheng.cases.sides.undone import restore_if_executed
from zhiheng.cases.spot.facts import SUMMARY
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.procedures.api import Taken
from zhiheng.rulebook.api import Step


def running(matter: SideMatter, actor: Actor, on: date) -> Mapping[str, Any]:
    """Whether another remedy is under way (行政复议法 29)."""
    others = set(
        Side.objects.filter(case=matter.case, closed_on=None)
        .exclude(pk=matter.side.pk)
        .values_list("procedure_id", flat=True)
    )
    return {
        "reconsideration_open": RECONSIDERATION in others,
        "litigation_open": LITIGATION in others,
    }


def before_a_suit(matter: SideMatter, actor: Actor, on: date) -> Mapping[str, Any]:
    """Whether reconsideration comes first, and whether it has come (行政复议法 23, 34)."""
    return {
        **running(matter, actor, on),
        "reconsideration_first": matter.main.run.procedure_id == SUMMARY,
        "reconsideration_decided": any(_is_decided(each) for each in _reconsidered(matter.case)),
    }


def _reconsidered(case: Case) -> list[Side]:
    rows = Side.objects.filter(case=case, procedure_id=RECONSIDERATION)
    return list(rows.select_related("dossier__run"))


def _is_decided(side: Side) -> bool:
    """Whether the organ of reconsideration has decided on the merits or refused."""
    if side.state == "UPHELD":
        return side.dossier.run.facts.get("upheld_kind") in ANSWERED
    return side.state in ("OVERTURNED", "COMPLIED")


def after(matter: SideMatter, taken: Taken) -> None:
    """What a step of a remedy does to the order for the fine, and to the periods of the case."""
    follower = FOLLOWS.get((matter.run.procedure_id, taken.step.id))
    if follower:
        follower(matter, taken)


def _complied(matter: SideMatter, taken: Taken) -> None:
    """Once an annulment is carried out, the payment order is void; what was paid goes back."""
    if taken.facts["overturned_kind"] not in ANNULLED:
        return
    order = payments.fine_order_of(matter.case.pk)
    if order is not None:
        payments.void_order(order=order, reason="REVOKED", at=taken.at)


def _answered(matter: SideMatter, taken: Taken) -> None:
    """Who was answered may sue within another period: it runs on in the case (行政诉讼法 45).

    The months in which the party might have sued straight away are over by that. Who has sued
    already needs no other period, and a case that is on file waits for none.
    """
    run = matter.main.run
    sued = Side.objects.filter(case=matter.case, procedure_id=LITIGATION).exists()
    if taken.facts["upheld_kind"] not in ANSWERED or sued or run.dossier.closed_at:
        return
    ledger.cancel_deadlines(dossier=run.dossier, rule_ids=[LITIGATION], at=taken.at)
    told = taken.facts["reconsidered_on"] or taken.on
    procedures.start(run, rule_id=AFTER, on=told, at=taken.at)


def _sued(matter: SideMatter, taken: Taken) -> None:
    """The party has sued: its period for that has done what it was for."""
    ledger.meet_deadline(dossier=matter.main.run.dossier, rule_id=AFTER, at=taken.at)


def _overturned(matter: SideMatter, taken: Taken) -> None:
    """What rested on the decision and was carried out is put right (行政强制法 41)."""
    if taken.facts["overturned_kind"] in CHANGED:
        restore_if_executed(matter.case, actor=taken.actor, at=taken.at)


FOLLOWS = {
    (RECONSIDERATION, "uphold"): _answered, (RECONSIDERATION, "comply"): _complied,
    (RECONSIDERATION, "overturn"): _overturned, (LITIGATION, "lose"): _overturned,
    (LITIGATION, "receive"): _sued, (LITIGATION, "comply"): _complied,
}  # fmt: skip


def prefill(matter: SideMatter, step: Step, on: date) -> Mapping[str, Any]:
    """What an application that was handed in here, and forwarded, has said already."""
    found = application_of(matter.case)
    if found is None:
        return {}
    told = found.dossier.run.facts
    return {"remedy_organ": told["forward_to"], "remedy_request": told["remedy_request"]}


def panel(matter: SideMatter, actor: Actor, on: date) -> list[tuple[str, Any]]:
    """Until when the party may still sue; the decision is not enforced by a court before."""
    if matter.side.state != "UPHELD":
        return []
    clock = ledger.get_deadline(matter.main.run.dossier, AFTER)
    return [("当事人起诉的期限至", clock.due_on or "放假安排未公布，暂不推算")] if clock else []


enter(
    SideKind(
        procedure=RECONSIDERATION, facts=running, after=after, prefill=prefill, panel=panel,
        renews=frozenset({"overturn", "comply"}),
    )
)  # fmt: skip
enter(
    SideKind(
        procedure=LITIGATION, facts=before_a_suit, after=after,
        renews=frozenset({"lose", "comply"}),
    )
)  # fmt: skip
