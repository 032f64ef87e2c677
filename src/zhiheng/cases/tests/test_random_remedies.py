"""What comes after a decision, walked at random beside it: remedies, corrections, replies."""

import random
from datetime import date

import pytest

from zhiheng.cases.models import Side
from zhiheng.cases.owing import REMEDY
from zhiheng.cases.sides.remedies import ANNULLED
from zhiheng.cases.tests import spot_factories
from zhiheng.cases.tests.factories import collected
from zhiheng.cases.tests.test_random_enforcement import ROAD
from zhiheng.cases.tests.walks import Walker, begin_or_go_on, every_step, standing
from zhiheng.payments import api as payments

pytestmark = pytest.mark.django_db
PROCEDURES = (
    "remedy.handed_in", "remedy.litigation", "remedy.reconsideration", "revision", "transfer.reply",
)  # fmt: skip
MENDED = frozenset({"review", "decide", "serve", "finish", "finish_revoked"})
MOVES = 24


def served():
    """A case whose decision is served; the fine is owed."""

    def built():
        player = collected(prefix="remedies")
        player.steps(*ROAD)
        return player

    return standing("served", built)


def in_the_street():
    """A case decided on the spot; its paper is handed over."""

    def built():
        player = spot_factories.on_the_spot(prefix="street")
        player.steps(*spot_factories.TO_SERVED)
        return player

    return standing("in the street", built)


@pytest.mark.parametrize("procedure_id", PROCEDURES[1:])
def test_every_step_is_taken_at_random_and_all_holds_after_it(procedure_id):
    walker = Walker(served(), random.Random(procedure_id))
    every_step(walker, procedure_id, each_afresh=True)


def mend(walker: Walker) -> None:
    """At times the decision is looked at again, to the end."""
    if walker.dice.random() < 0.7:
        number = walker.begins("revision")
        for _ in range(12):
            if number in walker.running():
                walker.goes_on(number, towards=MENDED)


def test_what_is_handed_in_here_is_forwarded_or_put_right_at_random():
    walker = Walker(in_the_street(), random.Random("handed in"))
    every_step(walker, "remedy.handed_in", meanwhile=lambda: mend(walker), each_afresh=True)


def money_agrees(walker: Walker) -> None:
    """What is annulled is not owed any more; while a remedy runs nothing is added."""
    order = payments.fine_order_of(walker.case.pk)
    sides = list(walker.case.sides.select_related("dossier__run"))
    assert (order is None) == any(map(undone, sides)), "撤销了还要缴，或者没有撤销就不用缴了"
    if order is not None:
        remedies = [each for each in sides if each.procedure_id.startswith(REMEDY)]
        spans = {f"side/{each.pk}": (begun(each), each.closed_on) for each in remedies}
        assert spans == {each.key: (each.since, each.until) for each in order.pauses.all()}


def begun(side: Side) -> date:
    """The day it came: of what is handed in here, the day it was handed in."""
    said = side.dossier.run.facts.get("handed_in_on")
    return date.fromisoformat(said) if said else side.opened_on


def undone(side: Side) -> bool:
    """Whether nothing is left of the decision by this."""
    kind = side.dossier.run.facts.get("overturned_kind")
    return side.state == "REVOKED" or (side.state == "COMPLIED" and kind in ANNULLED)


@pytest.mark.parametrize("seed", [5, 23])
def test_remedies_at_random_beside_a_case_that_goes_on(seed):
    walker = Walker(served(), random.Random(seed))
    for _ in range(MOVES):
        walker.passes(0, 1, 3, 9)
        begin_or_go_on(walker, PROCEDURES)
        money_agrees(walker)
    walker.all_is_told()
