"""What crosses organs in the demo county: a letter of entrustment, a matter sent to the market organ."""

from datetime import date

from zhiheng.cases import handing
from zhiheng.cases.demo.paper_answers import entrustment
from zhiheng.cases.demo.player import Player
from zhiheng.cases.entrusting import services as entrusting
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.elements import api as elements

PLAN = 11  # the barbecue of `loading.PLANS`
MARKET = "QH-SCJG"


def entrust(*, day: date) -> None:
    """The head signs a letter of entrustment for the sanitation station."""
    player = Player(day=day, fine=0, prefix="demo/entrust")
    entrusting.sign(
        actor=player.actor("agency_head"), values=entrustment(day), at=player.now(),
        idempotency_key=player.prefix,
    )  # fmt: skip


def hand_over(player: Player, number: int, *, day: date) -> None:
    """Part of a case goes to the market organ, which has not answered yet."""
    if number != PLAN or player.case is None:
        return
    player.move_to(max(day, player.day))
    side = open_side(
        case=player.case, procedure_id="transfer.organ", actor=player.actor("officer"),
        values={
            "handover_organ": f"{elements.get_body(MARKET, player.day).name}（{MARKET}）", "handover_scope": "PART", "handover_ground": "NOT_OURS",
            "handover_standard": "", "handover_reason": "对方管食品经营。",
            "handover_facts": "检查时看到店内从业人员没有健康证明。",
            "handover_evidence": ",".join(str(one.pk) for one in handing.pieces_of(player.case)),
            "handover_goods": "",
        },
        at=player.now(), idempotency_key=f"{player.prefix}/hand-over",
    )  # fmt: skip
    take_side_step(
        SideMatter(side_by_number(case=player.case, number=side.number), at=player.now()),
        step_id="send", actor=player.actor("agency_head"), at=player.now(),
        values={"handover_opinion": "同意移送。"}, reason="从业人员健康证明由市场监管部门管。",
        idempotency_key=f"{player.prefix}/handed-over",
    )  # fmt: skip
