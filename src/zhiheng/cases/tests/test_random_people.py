"""People and organs asked beside a case, walked at random: whoever answers, nothing breaks."""

import random

import pytest

from tests.journeys.leniency import listed
from zhiheng.cases.tests import (
    test_random_enforcement,
    test_random_measures,
    test_random_remedies,
)
from zhiheng.cases.tests.factories import collected
from zhiheng.cases.tests.walks import Walker, begin_or_go_on, every_step, standing
from zhiheng.rulebook import api as rulebook

pytestmark = pytest.mark.django_db
PROCEDURES = (
    "assist", "community_service", "consultation", "cosign", "jurisdiction", "lawyer_advice",
    "recusal", "transfer.organ", "transfer.police",
)  # fmt: skip
MOVES = 24


def investigated(*, crime: bool = False):
    """A case whose report is written, of an item for which service is listed."""

    def built():
        player = collected(prefix="people")
        listed(player.case.item, "SERVICE", legal_ground="行政处罚法第三十二条")
        player.step("conclude", crime_suspected=crime)
        return player

    return standing(f"investigated/{crime}", built)


@pytest.mark.parametrize("procedure_id", PROCEDURES)
def test_every_step_is_taken_at_random_and_all_holds_after_it(procedure_id):
    player = investigated(crime=procedure_id == "transfer.police")
    walker = Walker(player, random.Random(procedure_id))
    every_step(walker, procedure_id, each_afresh=True)


@pytest.mark.parametrize("seed", [5, 23])
def test_people_at_random_beside_a_case_that_goes_on(seed):
    player = investigated(crime=seed == 23)
    walker = Walker(player, random.Random(seed))
    for _ in range(MOVES):
        walker.passes(0, 0, 1, 3)
        begin_or_go_on(walker, PROCEDURES)
    walker.all_is_told()
    assert len({each.partition("/")[0] for each in walker.taken}) > 4, walker.taken


def test_every_procedure_that_runs_beside_a_case_is_walked():
    walked = (
        *PROCEDURES, *test_random_enforcement.PROCEDURES, *test_random_measures.PROCEDURES,
        *test_random_remedies.PROCEDURES,
    )  # fmt: skip
    assert sorted(walked) == sorted(each.id for each in rulebook.attached(rulebook.current()))


def test_whatever_runs_beside_a_case_stands_on_a_list_until_it_ends():
    for procedure in rulebook.attached(rulebook.current()):
        for state in (each for each in procedure.states.values() if not each.final):
            steps = procedure.steps_from(state.code)
            told = f"{procedure.id} {state.code} 不在任何人的待办里"
            assert any(step.primary or step.asked_for for step in steps), told
