"""Real cases walked at random, papers and all: nothing breaks, a refusal leaves nothing behind."""

import random
from datetime import timedelta
from typing import Any

import pytest

from zhiheng.cases.models import Case
from zhiheng.cases.tests.factories import collected, matter_of
from zhiheng.cases.tests.traces import odd
from zhiheng.documents import api as documents
from zhiheng.kernel.errors import ZhihengError
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

SEEDS, STEPS, ODD = (107, 119), 18, 0.2
SIDEWAYS = {"withdraw": 0.05, "transfer_crime": 0.1, "reopen": 1, "decide_no_penalty": 0.5,
            "to_ordinary": 0.2, "end_investigation": 0.1}  # fmt: skip


def traces(player: Any) -> tuple[Any, ...]:
    """What a step may leave behind."""
    matter = matter_of(player)
    dossier = matter.case.dossier
    acts = [act.kind for act in ledger.acts_of(dossier)]
    papers = [(one.code, one.number) for one in documents.documents_of(dossier)]
    return dossier.state, matter.run.facts, acts, papers


def one_step(player: Any, dice: random.Random) -> None:
    """Try a random step, some answers odd; a refusal leaves no trace."""
    matter = matter_of(player)
    steps = procedures.procedure_of(matter.run).steps_from(matter.case.dossier.state)
    weights = [SIDEWAYS.get(step.id, 6 if step.primary else 2) for step in steps]
    step = dice.choices(steps, weights)[0]
    facts = rulebook.current().all_facts
    changes = {n: odd(facts[n], player.day, dice) for n in step.asks if dice.random() < ODD}
    before = traces(player)
    try:
        player.step(step.id, **changes)
    except ZhihengError:
        left = traces(player)
    else:
        return
    assert left == before, f"{step.id} 被拒却留下了痕迹"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_case_never_breaks_and_its_papers_can_be_made(seed):
    dice, player = random.Random(seed), collected(prefix=f"random/{seed}")
    for _ in range(STEPS):
        player.move_to(player.day + timedelta(days=dice.choice([0, 1, 3, 6])))
        one_step(player, dice)
        case = Case.objects.select_related("dossier").get(pk=player.case.pk)
        assert case.state == case.dossier.state, "案件表和卷宗说法不一"
        if case.dossier.closed_at:
            break
    acts = [act.seq for act in ledger.acts_of(case.dossier)]
    assert acts == list(range(1, len(acts) + 1))
    papers = [one for one in documents.documents_of(case.dossier) if one.code != "F-55"]
    for paper in papers[-4:]:
        assert documents.render(paper).startswith(b"%PDF")
