"""Reading where a matter stands: its facts today and the steps open to a person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiheng.ledger.api import Deadline
from zhiheng.people.api import Actor
from zhiheng.procedures.matters import Matter
from zhiheng.procedures.models import Run
from zhiheng.procedures.policies import Offer, live, steps_that_settle
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Procedure, Step, StepReading

NEAR_SHARE = 0.8


def procedure_of(run: Run) -> Procedure:
    """The procedure in the version that the matter was opened under."""
    return rulebook.current().procedure(run.procedure_id, run.procedure_version)


def kept_facts(run: Run) -> dict[str, Any]:
    """Initial values of all facts of the procedure, with what the steps have established."""
    book = rulebook.current()
    facts = book.facts(procedure_of(run))
    values = {fact.id: fact.initial for fact in facts.values()}
    for name, value in run.facts.items():
        if name in facts:
            values[name] = live(value, facts[name].type)
    return values


def deadline_facts(run: Run, *, on: date) -> dict[str, bool]:
    """Facts that deadlines settle: over on that day, or four fifths used up (`…_near`)."""
    book = rulebook.current()
    wanted = [f for f in book.facts(procedure_of(run)).values() if f.source == "deadline"]
    latest: dict[str, Deadline] = {}
    for deadline in Deadline.objects.filter(dossier_id=run.pk).order_by("id"):
        latest[deadline.rule_id] = deadline
    return {f.id: _settled(latest.get(f.deadline), near=f.id.endswith("_near"), on=on) for f in wanted}


def _settled(deadline: Deadline | None, *, near: bool, on: date) -> bool:
    if deadline is None or deadline.due_on is None or deadline.state == Deadline.State.CANCELLED:
        return False
    if near:
        whole = (deadline.due_on - deadline.started_on).days
        return (on - deadline.started_on).days >= whole * NEAR_SHARE
    return on > deadline.due_on


def facts_today(matter: Matter, *, actor: Actor, on: date) -> dict[str, Any]:
    """Everything known about the matter on a day, as the guards take it."""
    return {
        **kept_facts(matter.run),
        **deadline_facts(matter.run, on=on),
        **matter.record_facts(actor=actor, on=on),
    }


def read_step(
    matter: Matter,
    *,
    step: Step,
    facts: Mapping[str, Any],
    on: date,
    after: Mapping[str, Any] | None = None,
) -> StepReading:
    """Whether the step is offered, warned against or blocked, and why.

    With `after`, the facts as the step would leave them, its `guards_after` speak too.
    """
    run = matter.run
    return rulebook.evaluate_step(
        rulebook.current(),
        procedure_of(run),
        step.id,
        run.dossier.state,
        facts,
        on=on,
        after=after,
        domain=run.domain,
        region=run.dossier.region_code,
    )


def offers(matter: Matter, *, actor: Actor, on: date) -> list[Offer]:
    """Every step from the present state, as this person sees it today."""
    procedure, state = procedure_of(matter.run), matter.run.dossier.state
    found = []
    facts = facts_today(matter, actor=actor, on=on)
    for step in procedure.steps_from(state):
        reading = read_step(matter, step=step, facts=facts, on=on)
        who = matter.why_not(actor=actor, step=step)
        blocking = {name for f in reading.blocking for name in f.fact_ids}
        cures = [
            each
            for each in steps_that_settle(procedure=procedure, state=state, facts=blocking)
            if each.id != step.id
        ]
        found.append(Offer(step=step, reading=reading, mine=not who, who=who, cures=tuple(cures)))
    return found
