"""行政复议、行政诉讼 beside a case: what each knows of the other, and the days they take."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.pending import ANNULLED, LITIGATION, RECONSIDERATION
from zhiheng.cases.spot.facts import SUMMARY
from zhiheng.payments import api as payments
from zhiheng.people.api import Actor
from zhiheng.procedures.api import Taken


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


DECIDED = ("UPHELD", "REJECTED")  # what is withdrawn, settled or ended has not been decided


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
        return side.dossier.run.facts.get("upheld_kind") in DECIDED
    return side.state in ("OVERTURNED", "COMPLIED")


def periods(case: Case) -> list[tuple[date, date | None]]:
    """The days of each remedy, from its beginning until it ended (None while it runs).

    The late addition is not counted in them (行政处罚法 73(3)).
    """
    rows = Side.objects.filter(case=case, procedure_id__in=(RECONSIDERATION, LITIGATION))
    return [(each.opened_on, each.closed_on) for each in rows.order_by("number")]


def after(matter: SideMatter, taken: Taken) -> None:
    """Once an annulment is carried out, the payment order is void; what was paid goes back."""
    if taken.step.id != "comply" or taken.facts["overturned_kind"] not in ANNULLED:
        return
    order = payments.fine_order_of(matter.case.pk)
    if order is not None:
        payments.void_order(order=order, reason="REVOKED", at=taken.at)


enter(SideKind(procedure=RECONSIDERATION, facts=running, after=after))
enter(SideKind(procedure=LITIGATION, facts=before_a_suit, after=after))
