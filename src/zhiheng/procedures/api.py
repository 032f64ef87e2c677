"""Front door of procedures: where a matter stands, and taking its steps."""

from zhiheng.procedures.clocks import start, terms_of
from zhiheng.procedures.listing import settle, supervision_clues
from zhiheng.procedures.matters import Matter, Taken
from zhiheng.procedures.models import Run, SupervisionClue
from zhiheng.procedures.policies import Offer
from zhiheng.procedures.selectors import facts_today, kept_facts, offers, procedure_of, read_step
from zhiheng.procedures.services import (
    Performed,
    StepBlocked,
    StepWarned,
    let_pass,
    refresh_tasks,
    start_run,
    take_step,
)

__all__ = [
    "Matter",
    "Offer",
    "Performed",
    "Run",
    "StepBlocked",
    "StepWarned",
    "SupervisionClue",
    "Taken",
    "facts_today",
    "kept_facts",
    "let_pass",
    "offers",
    "procedure_of",
    "read_step",
    "refresh_tasks",
    "settle",
    "start",
    "start_run",
    "supervision_clues",
    "take_step",
    "terms_of",
]
