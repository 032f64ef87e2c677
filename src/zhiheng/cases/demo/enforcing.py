"""A fine of the demo county that was not paid in time: its party is urged."""

from datetime import date, timedelta

from zhiheng.cases.demo.player import Player
from zhiheng.cases.models import Case
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.payments import api as payments


def urge(player: Player, *, day: date) -> None:
    """Urge the party the day after the period ended, if that day has come."""
    assert player.case is not None  # noqa: S101 - it was played
    order = payments.fine_order_of(player.case.pk)
    if order is None or order.due_on >= day:
        return
    player.move_to(order.due_on + timedelta(days=1))
    rows = Case.objects.select_related("dossier__run", "item", "subject", "lead", "clue")
    case = rows.get(pk=player.case.pk)
    side = open_side(
        case=case, procedure_id="execution.court", actor=player.actor("officer"),
        values={"urge_duty": f"缴纳罚款，缴款码{order.code}。", "urge_until": day + timedelta(days=14)},
        at=player.now(), idempotency_key=f"{player.prefix}/urge",
    )  # fmt: skip
    take_side_step(
        SideMatter(side_by_number(case=case, number=side.number)), step_id="serve_urge",
        actor=player.actor("officer"), at=player.now(), idempotency_key=f"{player.prefix}/urged",
        values={
            "service_mode": "DIRECT", "service_receiver": case.party_name,
            "service_relation": "SELF", "service_place": case.place, "served_on": player.day,
            "service_note": "",
        },
    )  # fmt: skip
