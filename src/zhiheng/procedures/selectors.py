"""Reading where a matter stands: its facts today and the steps open to a person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiheng.kernel.ciphers import open_field
from zhiheng.ledger.api import Deadline
from zhiheng.people.api import Actor
from zhiheng.procedures.matters import Matter
from zhiheng.procedures.models import Run
from zhiheng.procedures.policies import Offer, cures_of, live
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Procedure, Step, StepReading


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
            fact = facts[name]
            values[name] = open_field(value) if fact.personal and value else live(value, fact.type)
    return values


def deadline_facts(run: Run, *, on: date) -> dict[str, Any]:
    """Facts that the matter's clocks settle on that day."""
    book = rulebook.current()
    running = {}
    for each in Deadline.objects.filter(dossier_id=run.pk).order_by("id"):
        if each.state != Deadline.State.CANCELLED:
            met = each.state == Deadline.State.MET
            running[each.rule_id] = rulebook.Running(each.started_on, each.due_on, met)
    return rulebook.deadline_facts(book, procedure_of(run).facts, running, on)


def facts_today(
    matter: Matter, *, actor: Actor, on: date, names: frozenset[str] | None = None
) -> dict[str, Any]:
    """Everything known about the matter on a day, as the guards take it.

    Where names are given, registers that settle none of them are not read.
    """
    return {
        **kept_facts(matter.run),
        **deadline_facts(matter.run, on=on),
        **matter.record_facts(actor=actor, on=on, names=names),
    }


def facts_read(matter: Matter, *steps: Step) -> frozenset[str]:
    """The facts that the guards of steps look at, or show."""
    book, procedure = rulebook.current(), procedure_of(matter.run)
    region = matter.run.dossier.region_code
    return frozenset(
        name
        for step in steps
        for after in (False, True)
        for guard in book.guards_of(procedure=procedure, step=step.id, after=after, region=region)
        for name in (*guard.when.variables, *guard.facts_shown)
    )


def read_step(
    matter: Matter,
    *,
    step: Step,
    facts: Mapping[str, Any],
    on: date,
    given: Mapping[str, Any] | None = None,
) -> StepReading:
    """Whether the step is offered, warned against or blocked, and why.

    Without `given`, guards that read what the person is still to fill in are pending.
    """
    run = matter.run
    return rulebook.evaluate_step(
        rulebook.current(),
        procedure_of(run),
        step.id,
        run.dossier.state,
        facts,
        on,
        given=given,
        domain=run.domain,
        region=run.dossier.region_code,
    )


def offers(matter: Matter, *, actor: Actor, on: date) -> list[Offer]:
    """Every step from the present state, as this person sees it today.

    Steps of others are read as for somebody fit: who looks is not who will act.
    """
    procedure, state = procedure_of(matter.run), matter.run.dossier.state
    found: list[Offer] = []
    steps = procedure.steps_from(state)
    if not steps:
        return found
    mine = facts_today(matter, actor=actor, on=on, names=facts_read(matter, *steps))
    theirs = {**mine, **matter.of_anyone}
    for step in steps:
        who = matter.why_not(actor=actor, step=step)
        reading = read_step(matter, step=step, facts=theirs if who else mine, on=on)
        cures = cures_of(procedure=procedure, state=state, reading=reading)
        found.append(Offer(step=step, reading=reading, mine=not who, who=who, cures=cures))
    return found
