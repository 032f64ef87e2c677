"""To-dos: who should take which step."""

from collections.abc import Sequence
from datetime import date, datetime

from zhiheng.ledger.models import Dossier, Task
from zhiheng.ledger.models.dossier import NO_DUE_DATE


def open_task(
    *,
    dossier: Dossier,
    step_id: str,
    title: str,
    role: str,
    at: datetime,
    agency_code: str = "",
    assignee_id: int | None = None,
    due_on: date | None = None,
    reason: str = "",
) -> Task:
    """Put a step on somebody's list; the same open step for the same role is not put twice.

    With an assignee it is theirs alone; without, anyone with the role in the agency sees it.
    `reason` says why the matter came back (退回理由).
    """
    task, fresh = Task.objects.get_or_create(
        dossier=dossier,
        step_id=step_id,
        role=role,
        assignee_id=assignee_id,
        state=Task.State.OPEN,
        defaults={
            "title": title,
            "agency_code": agency_code or dossier.agency_code,
            "region_code": dossier.region_code,
            "due_on": due_on,
            "sort_on": due_on or NO_DUE_DATE,
            "reason": reason,
            "created_at": at,
        },
    )
    if not fresh:
        task.title, task.reason = title, reason or task.reason
        task.due_on, task.sort_on = due_on, due_on or NO_DUE_DATE
        task.save(update_fields=["title", "reason", "due_on", "sort_on"])
    return task


def close_tasks(
    *,
    dossier: Dossier,
    at: datetime,
    step_ids: Sequence[str] | None = None,
    state: str = Task.State.DONE,
) -> int:
    """Take the dossier's open to-dos (or those of some steps) off the lists; returns how many."""
    tasks = Task.objects.filter(dossier=dossier, state=Task.State.OPEN)
    if step_ids is not None:
        tasks = tasks.filter(step_id__in=step_ids)
    return tasks.update(state=state, done_at=at)


def assign_task(*, task: Task, assignee_id: int | None) -> Task:
    """Give a to-do to a person, or back to everyone with the role."""
    task.assignee_id = assignee_id
    task.save(update_fields=["assignee"])
    return task
