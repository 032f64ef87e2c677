"""补正、变更、撤销 of a decision: which paper is served; what is revoked is no longer owed."""

from typing import TYPE_CHECKING

from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.undone import restore_if_executed
from zhiheng.payments import api as payments

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken


def after(matter: "SideMatter", taken: "Taken") -> None:
    """What was executed is put right; once revoked, nothing is owed and what was paid goes back."""
    if taken.step.id == "finish_revoked" or (
        taken.step.id == "finish" and taken.facts["revision_kind"] == "CHANGE"
    ):
        restore_if_executed(matter.case, actor=taken.actor, at=taken.at)
    if taken.step.id != "finish_revoked":
        return
    order = payments.fine_order_of(matter.case.pk)
    if order is not None:
        payments.void_order(order=order, reason="REVOKED", at=taken.at)


enter(
    SideKind(
        procedure="revision", served={"serve": ("F-41",)}, after=after,
        renews=frozenset({"finish", "finish_revoked"}),
    )
)  # fmt: skip
