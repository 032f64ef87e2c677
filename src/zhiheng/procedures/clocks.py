"""The clocks of a matter: which deadlines a step starts, meets, stops and moves."""

from datetime import date, datetime

from zhiheng.ledger import api as ledger
from zhiheng.procedures.models import Run
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step

OPEN = (ledger.Deadline.State.RUNNING, ledger.Deadline.State.SUSPENDED)


def turn(run: Run, *, step: Step, on: date, at: datetime) -> None:
    """Start, meet, suspend and resume the deadlines that the step names."""
    for rule_id in step.meets:
        ledger.meet_deadline(dossier=run.dossier, rule_id=rule_id, at=at)
    for rule_id in step.starts:
        start(run, rule_id=rule_id, on=on, at=at)
    if step.suspends:
        ledger.suspend_deadline(
            dossier=run.dossier, rule_id=step.suspends, reason_code="suspension", from_on=on, at=at
        )
    if step.resumes:
        ledger.resume_deadline(dossier=run.dossier, rule_id=step.resumes, until_on=on, at=at)


def start(run: Run, *, rule_id: str, on: date, at: datetime) -> ledger.Deadline | None:
    """Start a deadline by the value in force for the matter's domain and place, if there is one.

    Where the law of the domain sets no period (a value is absent), no clock runs.
    """
    book = rulebook.current()
    found = book.find_value(rule_id, on=on, domain=run.domain, region=run.dossier.region_code)
    if found is None:
        return None
    return ledger.start_deadline(dossier=run.dossier, rule=found.as_deadline(), start_on=on, at=at)


def next_due(dossier: ledger.Dossier) -> date | None:
    """The nearest due day among the clocks that run."""
    days = ledger.Deadline.objects.filter(
        dossier=dossier, state=ledger.Deadline.State.RUNNING, due_on__isnull=False
    )
    first = days.order_by("due_on").first()
    return first.due_on if first else None
