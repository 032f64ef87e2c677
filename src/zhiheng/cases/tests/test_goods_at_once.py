"""Two officers give the same things back in the same moment: one does, one is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from zhiheng.cases.demo.measures import STALL, USUAL, answers_of
from zhiheng.cases.models import Good, GoodMove, Side
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.cases.tests.factories import collected
from zhiheng.kernel.errors import Conflict
from zhiheng.rulebook import api as rulebook

SEIZURE = "measure.seizure"


def lifted(player: Any) -> Side:
    """Things seized whose seizure has been lifted."""
    side = None
    for step_id in ("request", "approve", "implement", "lift"):
        step = rulebook.current().procedure(SEIZURE).steps[step_id]
        values = answers_of(step.asks, side, player.day, STALL)
        if step_id == "lift":
            values = {"lift_ground": "NOT_NEEDED", "lift_reason": "已经查清。"}
        common = {"actor": player.actor(step.by[0]), "values": values, "at": player.now(),
                  "idempotency_key": f"once/{step_id}"}  # fmt: skip
        if side is None:
            side = open_side(case=player.case, procedure_id=SEIZURE, **common)
        else:
            take_side_step(SideMatter(side_by_number(case=player.case, number=1)), step_id=step_id,
                           **common)  # fmt: skip
    return side


@pytest.mark.django_db(transaction=True)
def test_things_are_given_back_once():
    player = collected(prefix="once")
    lifted(player)
    at, actor, barrier = player.now(), player.actor("officer"), Barrier(2)
    values = {"return_receiver": USUAL["return_receiver"], "return_signed": "SIGNED",
              "compensation_due": False, "storage_charged": False}  # fmt: skip

    def give_back(number: int) -> str:
        try:
            matter = SideMatter(side_by_number(case=player.case, number=1))
            barrier.wait(timeout=20)
            take_side_step(matter, step_id="return_goods", actor=actor, values=values, at=at,
                           idempotency_key=f"once/return/{number}")  # fmt: skip
        except Conflict as told:
            return str(told)
        finally:
            connection.close()
        return "退还"

    with ThreadPoolExecutor(2) as officers:
        outcomes = sorted(officers.map(give_back, (1, 2)))
    assert outcomes[1] == "退还"
    assert "刚刚办理了“退还”" in outcomes[0]
    assert set(Good.objects.values_list("state", flat=True)) == {"RETURNED"}
    assert GoodMove.objects.filter(kind="ENDED").count() == len(STALL)
