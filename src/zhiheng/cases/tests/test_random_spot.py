"""Cases on the spot and fast ones walked at random: nothing breaks, nothing unlawful gets through."""

import random
from datetime import timedelta
from typing import Any

import pytest

from zhiheng.cases.models import Case
from zhiheng.cases.tests.factories import matter_of
from zhiheng.cases.tests.spot_factories import SLOPS, fast, on_the_spot
from zhiheng.cases.tests.test_random_cases import one_step
from zhiheng.documents import api as documents
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db
STEPS = 22


def walked(player: Any, dice: random.Random) -> Case:
    for _ in range(STEPS):
        if dice.random() < 0.3:
            player.move_to(player.day + timedelta(days=dice.choice([1, 3, 7])))
        one_step(player, dice)
        case = Case.objects.select_related("dossier__run").get(pk=player.case.pk)
        assert case.state == case.dossier.state, "案件表和卷宗说法不一"
        if case.dossier.closed_at:
            break
    acts = [act.seq for act in ledger.acts_of(case.dossier)]
    assert acts == list(range(1, len(acts) + 1))
    return case


def decided_lawfully(case: Case, *, told: str, heard: tuple[str, ...], fine: int) -> None:
    """Whatever was walked: notice and statement before the decision, never more than was told."""
    kinds = [act.kind for act in ledger.acts_of(case.dossier)]
    if "case.decide" not in kinds:
        return
    before = kinds[: kinds.index("case.decide")]
    assert kinds.count("case.decide") == 1
    assert told in before, f"没有告知就决定：{kinds}"
    assert set(heard) & set(before), f"没有听取申辩就决定：{kinds}"
    facts = case.dossier.run.facts
    assert facts["fine_decided"] <= facts["fine_notified"]
    assert facts["fine_decided"] <= fine


@pytest.mark.parametrize("seed", [3, 11, 29])
def test_a_random_case_on_the_spot_never_breaks_the_law(seed):
    dice, player = random.Random(seed), on_the_spot(item=SLOPS, fine=15000, prefix=f"walk/{seed}")
    case = walked(player, dice)
    if matter_of(player).run.procedure_id == "penalty.summary":
        decided_lawfully(case, told="case.tell", heard=("case.hear",), fine=20000)
    papers = [one for one in documents.documents_of(case.dossier) if one.code != "F-55"]
    for paper in papers[-2:]:
        assert documents.render(paper).startswith(b"%PDF")


@pytest.mark.parametrize("seed", [5, 17])
def test_a_random_fast_case_never_breaks_the_law(seed):
    dice, player = random.Random(seed), fast(prefix=f"walk/fast/{seed}")
    case = walked(player, dice)
    if matter_of(player).run.procedure_id == "penalty.fast":
        assert case.dossier.run.facts.get("fast_consented") or case.decided_on is None
        heard = ("case.waive_defence", "case.record_defence")
        if not case.dossier.run.facts.get("defence_waived"):
            heard = (*heard, "case.serve_notice")  # its window ran out
        decided_lawfully(case, told="case.serve_notice", heard=heard, fine=100_000)
