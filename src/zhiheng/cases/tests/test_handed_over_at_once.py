"""The other organ receives and we take it back in the same moment: one is heard, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests import cast
from zhiheng.cases.models import Side
from zhiheng.cases.sides.drafts import draft_side
from zhiheng.cases.sides.handovers import fields
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.cases.tests.factories import collected
from zhiheng.clues.models import Clue
from zhiheng.evidence import api as evidence
from zhiheng.kernel.errors import Conflict
from zhiheng.rulebook import api as rulebook

ORGAN = "transfer.organ"


def sent(player: Any) -> Side:
    """A whole case with its evidence, on its way to the market organ."""
    procedure = rulebook.current().procedure(ORGAN)
    asked = dict(
        fields(
            SideMatter(draft_side(player.case, procedure)), procedure.steps["propose"], player.day
        )
    )
    organ = next(name for name, _ in asked["handover_organ"].choices if "QH-SCJG" in name)
    items = ",".join(code for code, _ in asked["handover_evidence"].choices)
    side = open_side(
        case=player.case, procedure_id=ORGAN, actor=player.actor("officer"), at=player.now(),
        idempotency_key="once/propose", values={
            "handover_organ": organ, "handover_standard": "", "handover_scope": "WHOLE",
            "handover_ground": "NOT_OURS", "handover_reason": "归对方管。", "handover_facts": "店内没有健康证明。",
            "handover_evidence": items, "handover_goods": ""},
    )  # fmt: skip
    take_side_step(
        SideMatter(side_by_number(case=player.case, number=1)), step_id="send",
        actor=player.actor("agency_head"), values={"handover_opinion": "同意。"}, at=player.now(),
        idempotency_key="once/send", reason="对方管。",
    )  # fmt: skip
    return side


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["withdraw", "receive"])
def test_one_of_two_is_heard(other):
    player = collected(prefix="once")
    sent(player)
    at, barrier = player.now(), Barrier(2)
    theirs = cast.actor(cast.OTHER_HEAD, player.day)
    ours = theirs if other == "receive" else player.actor("agency_head")
    doings = {
        "1": ("receive", theirs, {"handover_receipt": "接收。"}),
        "2": (other, ours, {"handover_withdraw_reason": "自己办。"} if other == "withdraw"
              else {"handover_receipt": "接收。"}),
    }  # fmt: skip

    def do(key: str) -> str:
        step_id, actor, values = doings[key]
        try:
            matter = SideMatter(side_by_number(case=player.case, number=1))
            barrier.wait(timeout=20)
            take_side_step(matter, step_id=step_id, actor=actor, values=values, at=at,
                           idempotency_key=f"once/end/{key}")  # fmt: skip
        except Conflict:
            return "晚了一步"
        finally:
            connection.close()
        return step_id

    with ThreadPoolExecutor(2) as both:
        outcomes = list(both.map(do, doings))
    assert outcomes.count("晚了一步") == 1
    clues = Clue.objects.filter(source="TRANSFER")
    state = Side.objects.get(procedure_id=ORGAN).state
    assert (state, clues.count()) in (("RECEIVED", 1), ("WITHDRAWN", 0))
    for clue in clues:
        ours_ = evidence.evidence_of(player.case.dossier).count()
        assert evidence.evidence_of(clue.dossier).count() == ours_ > 0
