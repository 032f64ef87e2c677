"""补正、变更、撤销 of a decision: which paper is served; what is revoked is no longer owed."""

from typing import TYPE_CHECKING

from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.payments import api as payments

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken


def after(matter: "SideMatter", taken: "Taken") -> None:
    """Once the revocation is carried out, the payment order is void; what was paid goes back."""
    if taken.step.id != "finish_revoked":
        return
    order = payments.fine_order_of(matter.case.pk)
    if order is not None:
        payments.void_order(order=order, reason="REVOKED", at=taken.at)


enter(SideKind(procedure="revision", served={"serve": ("F-41",)}, after=after))
