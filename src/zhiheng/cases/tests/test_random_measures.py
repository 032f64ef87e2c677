"""Measures walked at random beside a real case: a refusal leaves no trace, nothing held is forgotten."""

import random
from datetime import timedelta
from typing import Any

import pytest

from zhiheng.cases.goods.rows import as_text
from zhiheng.cases.models import Good, GoodMove, Side
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.cases.tests.factories import collected
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import ZhihengError
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

PROCEDURES = ("measure.registration", "measure.seizure", "measure.sampling")
STEPS, ODD, LONGEST = 16, 0.12, 60
ROWS = as_text([{
    "name": "滤网", "quantity": "2", "unit": "片", "spec": "", "value_cents": 120000, "seal_no": "甲1",
    "photos": [],
}])  # fmt: skip
GOOD_ANSWERS = {
    "measure_presence": "PARTY", "measure_signed": "SIGNED", "return_signed": "SIGNED",
    "seizure_basis_kind": "LAW", "seizure_keeper_kind": "ORGAN", "goods_end": "RETURN",
    "noncoercive_enough": False, "living_necessities": False, "sealed_elsewhere": False,
    "storage_charged": False, "sale_below_market": False,
}  # fmt: skip


def answer(name: str, fact: Any, player: Any, dice: random.Random) -> Any:
    """A usual answer, or any legal one."""
    held = Good.objects.filter(case_id=player.case.pk, state="HELD")
    special = {
        "goods_list": ROWS, "goods_taken_over": "", "laboratory": "",
        "goods_chosen": ",".join(str(pk) for pk in held.values_list("pk", flat=True)[:1]),
        "testing_from": player.day, "testing_until": player.day + timedelta(days=9),
    }  # fmt: skip
    if name == "laboratory":
        return dice.choice(
            [n for n, _ in elements.laboratories(on=player.day)] or ["没有登记的机构"]
        )
    if name in special:
        return special[name]
    if name in GOOD_ANSWERS and dice.random() > ODD:
        return GOOD_ANSWERS[name]
    odd = {
        "bool": [True, True, False], "enum": list(fact.choices), "cents": [0, 50000],
        "date": [player.day + timedelta(days=dice.randrange(0, 20))], "int": [0, 3],
        "text": ["照实填写", "一行\n两行", "“引号”与<b>尖括号</b>#$%"],
    }  # fmt: skip
    return dice.choice(odd[fact.type])


def traces(side: Side) -> tuple[Any, ...]:
    """What a step may leave behind."""
    dossier = ledger.Dossier.objects.get(pk=side.pk)
    things = list(Good.objects.filter(case_id=side.case_id).order_by("pk").values_list())
    acts = [act.kind for act in ledger.acts_of(dossier)]
    return dossier.state, acts, things, GoodMove.objects.count()


def one_step(player: Any, side: Side, procedure: Any, dice: random.Random) -> None:
    """Try a random step of the side; a refusal leaves no trace."""
    steps = procedure.steps_from(side.dossier.state)
    step = dice.choices(steps, [4 if each.primary else 1 for each in steps])[0]
    facts = rulebook.current().all_facts
    values = {name: answer(name, facts[name], player, dice) for name in step.asks}
    before = traces(side)
    at = player.now()
    try:
        take_side_step(
            SideMatter(side, at=at), step_id=step.id, actor=player.actor(step.by[0]), values=values,
            at=at, idempotency_key=f"{player.prefix}/{step.id}/{at.isoformat()}", reason="照实说明",
        )  # fmt: skip
    except ZhihengError:
        assert traces(side) == before, f"{step.id} 被拒却留下了痕迹"


@pytest.mark.django_db
@pytest.mark.parametrize("procedure_id", PROCEDURES)
@pytest.mark.parametrize("seed", [3, 17])
def test_a_random_measure_never_breaks_and_forgets_nothing(procedure_id, seed):
    dice, player = random.Random(seed), collected(prefix=f"measure/{procedure_id}/{seed}")
    procedure, facts = rulebook.current().procedure(procedure_id), rulebook.current().all_facts
    opening = procedure.steps[procedure.attaches.opens]
    usual = {name: answer(name, facts[name], player, random.Random(1)) for name in opening.asks}
    usual |= {n: True for n in opening.asks if n in ("sample_sealed", "seizure_basis_names_organ")}
    number = open_side(
        case=player.case, procedure_id=procedure_id, actor=player.actor("officer"), values=usual,
        at=player.now(), idempotency_key=f"{player.prefix}/open",
    ).number  # fmt: skip
    for _ in range(STEPS):
        player.move_to(player.day + timedelta(days=dice.choice([0, 0, 1, 4])))
        side = side_by_number(case=player.case, number=number)
        if side.closed_on:
            break
        one_step(player, side, procedure, dice)
    _forgets_nothing(player, number)


def _forgets_nothing(player: Any, number: int) -> None:
    side = side_by_number(case=player.case, number=number)
    assert side.state == side.dossier.state, "附属程序表和卷宗说法不一"
    over = procedures.procedure_of(side.dossier.run).states[side.state].final
    assert bool(side.closed_on) == over
    held = Good.objects.filter(side=side, state="HELD")
    assert not (over and held.exists()), "了结了却还有东西没有着落"
    for clock in ledger.deadlines_of(side.dossier):
        if clock.rule_id.startswith("seizure.") and clock.due_on:
            first = ledger.get_deadline(side.dossier, "seizure.period")
            assert (clock.due_on - first.started_on).days <= LONGEST, "超过六十日"
    for good in Good.objects.filter(case_id=player.case.pk):
        assert good.moves.exists()
        assert good.moves.order_by("-id").first().state == good.state
