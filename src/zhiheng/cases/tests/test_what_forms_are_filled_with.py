"""Forms open with what is known, though only the registers that they need are read."""

from datetime import datetime, time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.journeys.driver import as_typed
from tests.journeys.reading import Page
from zhiheng.cases.demo.answers import answers
from zhiheng.cases.demo.player import SHANGHAI
from zhiheng.cases.forms import filled_from, prefill
from zhiheng.cases.tests.factories import COLLECT, DAY, collected, matter_of, proposed
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

pytestmark = pytest.mark.django_db
NOON = datetime.combine(DAY, time(12, 0), SHANGHAI)
TAKING = 60  # 82 while the registers were read before the lock as well
WAYS = ((), COLLECT, (*COLLECT, "conclude", "countersign", "review", "issue_notice", "serve_notice",
        "waive_defence", "decide", "serve_decision"))  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=["filing", "evidence", "served"])
def test_a_form_is_filled_the_same_from_its_own_registers_as_from_all(way):
    player = proposed()
    player.steps(*way)
    matter = matter_of(player)
    actor = player.actor("officer")
    whole = prefill(
        case=matter.case, facts=procedures.facts_today(matter, actor=actor, on=DAY), on=DAY
    )
    steps = procedures.procedure_of(matter.run).steps.values()
    for step in steps:
        names = filled_from(step.asks)
        facts = procedures.facts_today(matter, actor=actor, on=DAY, names=names)
        filled = prefill(case=matter.case, facts=facts, on=DAY)
        for name in step.asks:
            assert filled.get(name) == whole.get(name), (step.id, name)
    assert {name for step in steps for name in step.asks if whole.get(name)}, "有的已经填好"


@pytest.fixture
def taken(django_assert_max_num_queries):
    """Take a step over HTTP as a person; fails when it asks the database more often than said."""

    def take(player, username, step_id, at_most):
        client = cast.sign_in(Client(), username)
        address = reverse("case_step", args=[player.case.code, step_id])
        form = Page(client.get(address))
        facts = rulebook.current().all_facts
        given = answers(case=player.case, step_id=step_id, on=DAY, fine=player.fine)
        typed = {name: as_typed(value, facts[name].type) for name, value in given.items()}
        with django_assert_max_num_queries(at_most):
            answer = client.post(address, {**form.fields, **typed})
        assert answer.status_code == 302, Page(answer).words

    return take


def test_a_step_reads_the_registers_under_lock_and_not_for_a_form_that_nobody_sees(taken):
    with time_machine.travel(NOON, tick=False):
        player = collected()
        taken(player, cast.OFFICER, "conclude", at_most=TAKING)
