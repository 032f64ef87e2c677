"""The clocks of a matter: which deadlines a step starts, meets, stops and moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from zhiheng.kernel.terms import Roll, Unit
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.procedures.models import Run
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step, UnknownRule


@dataclass
class Terms:
    """A period of the rulebook as the ledger takes it."""

    id: str
    title: str
    amount: int
    unit: Unit
    roll: Roll
    excludes: Sequence[str]
    basis: str


def turn(run: Run, *, step: Step, on: date, actor: Actor, at: datetime) -> None:
    """Start, meet, suspend and resume the deadlines that the step names."""
    for rule_id in step.meets:
        ledger.meet_deadline(dossier=run.dossier, rule_id=rule_id, at=at)
    for rule_id in step.starts:
        start(run, rule_id=rule_id, on=on, at=at)
    if step.suspends:
        ledger.suspend(
            dossier=run.dossier, reason_code=step.suspends, from_on=on, actor=actor, at=at
        )
    if step.resumes:
        ledger.resume(
            dossier=run.dossier, reason_code=step.resumes, until_on=on, actor=actor, at=at
        )


def start(run: Run, *, rule_id: str, on: date, at: datetime) -> ledger.Deadline | None:
    """Start a deadline by the value in force for the matter's domain and place.

    Where the law of the domain sets no period (there is no value), no clock runs. Hours run
    from the moment of the step.
    """
    terms = terms_of(rule_id, on=on, domain=run.domain, region=run.dossier.region_code)
    if terms is None:
        return None
    moment = at if terms.unit == "H" else on
    return ledger.start_deadline(dossier=run.dossier, rule=terms, start_on=moment, at=at)


def terms_of(rule_id: str, *, on: date, domain: str, region: str) -> Terms | None:
    """The period in force on a day, put into the ledger's words; None where there is none."""
    book = rulebook.current()
    try:
        value = book.parameter(rule_id, on=on, domain=domain, region=region)
    except UnknownRule:
        return None
    return Terms(
        id=rule_id, title=book.parameters[rule_id].title, amount=int(value.value),
        unit=cast(Unit, value.unit), roll=cast(Roll, value.roll), excludes=value.excludes,
        basis="；".join(each.text for each in value.basis),
    )  # fmt: skip


def due_days(dossier: ledger.Dossier, steps: Iterable[Step]) -> dict[str, date | None]:
    """By step, the day by which the agency itself must act; the party's periods do not press it.

    A step that meets a running period has the end of that period; every other step has the nearest
    end that none of these steps meets, for what somebody else is about to settle is not its haste.
    """
    known, steps = rulebook.current().parameters, list(steps)
    ends = {
        each.rule_id: each.due_on
        for each in ledger.deadlines_of(dossier, running=True)
        if each.due_on and (each.rule_id not in known or known[each.rule_id].whose == "agency")
    }
    met = {rule for step in steps for rule in step.meets}
    rest = min((day for rule, day in ends.items() if rule not in met), default=None)
    return {
        step.id: min((ends[rule] for rule in step.meets if rule in ends), default=rest)
        for step in steps
    }
