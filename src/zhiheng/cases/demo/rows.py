"""The rows of a copied case as COPY takes them: columns, lines with places to fill, periods."""

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhiheng.kernel import bulk, deadlines
from zhiheng.kernel.terms import DeadlineRule
from zhiheng.ledger import api as ledger

if TYPE_CHECKING:
    from zhiheng.cases.demo.province import Cast

COLUMNS: dict[str, tuple[str, ...]] = {
    "ledger.dossier": (
        "id", "kind", "number", "region_code", "agency_code", "title", "procedure_id",
        "procedure_version", "state", "opened_at", "closed_at", "last_seq",
    ),
    "procedures.run": (
        "dossier_id", "procedure_id", "procedure_version", "domain", "facts", "overrides",
        "updated_at",
    ),
    "cases.case": (
        "dossier_id", "code", "number", "title", "region_code", "agency_code", "item_id",
        "grant_id", "subject_id", "party_name", "item_name", "place", "lead_id", "state",
        "proposed_on", "filed_on", "decided_on", "closed_on", "due_on", "fine_cents", "terms",
    ),
    "cases.handler": ("case_id", "account_id", "part", "since"),
    "ledger.deadline": (
        "dossier_id", "rule_id", "title", "basis", "started_on", "due_on", "state", "provisional",
        "needs_year", "computed", "created_at", "ended_at",
    ),
    "ledger.task": (
        "dossier_id", "step_id", "title", "role", "agency_code", "region_code", "assignee_id",
        "due_on", "sort_on", "state", "reason", "created_at",
    ),
}  # fmt: skip
LINES = {
    "ledger.dossier": "%(dossier_id)d\tCASE\t%(number)s\t%(region)s\t%(agency)s\t%(title)s\t"
    "penalty.ordinary\t%(version)d\t%(state)s\t%(opened_at)s\t%(closed_at)s\t%(last_seq)d",
    "procedures.run": "%(dossier_id)d\tpenalty.ordinary\t%(version)d\turban\t%(facts)s\t{}\t"
    "%(moved_at)s",
    "cases.case": "%(dossier_id)d\t%(code)s\t%(number)s\t%(title)s\t%(region)s\t%(agency)s\t"
    "%(item_id)d\t%(grant_id)d\t%(subject_id)d\t%(party)s\t%(item)s\t%(place)s\t%(officer_id)d\t"
    "%(state)s\t%(proposed_on)s\t%(filed_on)s\t%(decided_on)s\t%(closed_on)s\t%(due_on)s\t"
    "%(fine_cents)s\t{%(terms)s}",
    "cases.handler": "%(dossier_id)d\t%(officer_id)d\tLEAD\t%(opened_at)s\n"
    "%(dossier_id)d\t%(co_id)d\tCO\t%(opened_at)s",
}
NULL = r"\N"
FAR = "9999-12-31"  # the ledger's end of time, for to-dos without a day
DECISION = "penalty.decision"


def periods_of(cast: "Cast", values: dict[str, Any], *, today: date) -> tuple[list[str], str]:
    """The lines of the case's periods, and the nearest day on which one that runs ends."""
    lines, running = [], []
    for period in cast.mould.periods:
        started = cast.day(period.start)
        due_on, rest = _counted(period.rule, started)
        late = due_on is not None and due_on < today and period.state == "RUNNING"
        ended = f"{cast.day(period.ended)} 01:12:00+00" if period.ended is not None else NULL
        if period.ended is None and due_on is not None:
            running.append(due_on)
        if period.id == DECISION:
            values["due_on"] = due_on or NULL
        lines.append(
            f"{values['dossier_id']}\t{period.id}\t{period.title}\t{period.basis}\t{started}\t"
            f"{due_on or NULL}\t{'MISSED' if late else period.state}\t{rest}\t"
            f"{started} 01:12:00+00\t{ended}"
        )
    return lines, str(min(running)) if running else NULL


@lru_cache(maxsize=65_536)
def _counted(rule: DeadlineRule, started: date) -> tuple[date | None, str]:
    """When the period ends; and the columns provisional, needs_year, computed."""
    due = deadlines.compute(rule, start=started, calendar=ledger.current_calendar())
    computed = bulk.escaped(json.dumps(due.as_json(), ensure_ascii=False))
    return due.due_on, f"{due.provisional}\t{due.needs_year or NULL}\t{computed}"


def tasks_of(cast: "Cast", values: dict[str, Any], *, due_on: str) -> list[str]:
    """The lines of the case's to-dos: officers' steps are the lead's, the rest the role's."""
    return [
        f"{values['dossier_id']}\t{step_id}\t{title}\t{role}\t{values['agency']}\t"
        f"{values['region']}\t{values['officer_id'] if role == 'officer' else NULL}\t{due_on}\t"
        f"{FAR if due_on == NULL else due_on}\tOPEN\t\t{values['moved_at']}"
        for step_id, title, role in cast.mould.tasks
    ]
