"""Reminders: three days before, one day before, on the day, and when a period was missed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from zhiheng.kernel.clock import local_date
from zhiheng.ledger.models import Deadline, Dossier, Reminder, Task
from zhiheng.ledger.policies import reminder_kind, reminder_text
from zhiheng.ledger.services.acts import record_act
from zhiheng.ledger.services.clock import is_late
from zhiheng.rulebook import api as rulebook

AHEAD = timedelta(days=3)
FALLBACK_ROLE = "unit_head"
RIGHT = "right"


def remind(*, at: datetime) -> int:
    """Give the reminders that are due and mark what was missed; returns how many were given.

    Each person or role gets each kind once for a period, however often this runs. A missed
    period is also recorded as an act of the system (`deadline.missed`); a right of the party
    that has run out is no delay of anybody (`deadline.ended`).
    """
    due = (
        Deadline.objects.filter(state=Deadline.State.RUNNING, due_on__lte=local_date(at) + AHEAD)
        .order_by("due_on", "id")
        .values_list("id", "dossier_id")
    )
    return sum(
        _remind_of(deadline_id=deadline_id, dossier_id=dossier_id, at=at)
        for deadline_id, dossier_id in due.iterator(chunk_size=1000)
    )


@transaction.atomic
def _remind_of(*, deadline_id: int, dossier_id: int, at: datetime) -> int:
    """The dossier first, then the deadline: the same order as in casework."""
    late_kind = Reminder.Kind.OVERDUE
    deadline = Deadline.objects.select_related("dossier").get(pk=deadline_id)
    late = is_late(deadline=deadline, at=at)
    kind = late_kind if late else reminder_kind(due_on=deadline.due_on, on=local_date(at))
    whose = _whose(deadline)
    if kind is None or (whose == RIGHT and not late):
        return 0
    if deadline.reminders.filter(kind=kind).exists():
        return 0
    if late:
        Dossier.objects.select_for_update().get(pk=dossier_id)
        deadline = Deadline.objects.select_related("dossier").get(pk=deadline_id)
        if deadline.state != Deadline.State.RUNNING or not is_late(deadline=deadline, at=at):
            return 0
        deadline.state = Deadline.State.MISSED
    text = reminder_text(
        kind=kind,
        title=deadline.title,
        number=deadline.dossier.number,
        due_on=deadline.due_on,
        whose=whose,
    )
    given = Reminder.objects.bulk_create(
        [
            Reminder(
                deadline=deadline,
                kind=kind,
                account_id=account_id,
                role=role,
                agency_code=agency_code,
                text=text,
                created_at=at,
            )
            for account_id, role, agency_code in _recipients(deadline=deadline)
        ],
        ignore_conflicts=True,
    )
    deadline.reminded_at = at
    deadline.save(update_fields=["reminded_at", *(["state"] if late else [])])
    if late:
        record_act(
            dossier=deadline.dossier,
            kind="deadline.ended" if whose == RIGHT else "deadline.missed",
            title=f"{deadline.title}{'届满' if whose == RIGHT else '逾期'}",
            actor=None,
            occurred_at=at,
            rule_id=deadline.rule_id,
            payload={"due_on": deadline.due_on, "note": deadline.note},
        )
    return len(given)


def _whose(deadline: Deadline) -> str:
    """Whose period it is by the rulebook: the agency's or the party's duty, or a right."""
    known = rulebook.current().parameters.get(deadline.rule_id)
    return known.whose if known else "agency"


def _recipients(*, deadline: Deadline) -> Iterable[tuple[int | None, str, str]]:
    """Who holds the dossier's open to-dos; the head of the unit where nobody does."""
    open_tasks = Task.objects.filter(dossier=deadline.dossier, state=Task.State.OPEN)
    found = {
        (task.assignee_id, "" if task.assignee_id else task.role, task.agency_code)
        for task in open_tasks
    }
    return sorted(found, key=str) or [(None, FALLBACK_ROLE, deadline.dossier.agency_code)]


def mark_seen(*, reminder_ids: Iterable[int], at: datetime) -> int:
    """Note that reminders were read; returns how many."""
    return Reminder.objects.filter(pk__in=list(reminder_ids), seen_at=None).update(seen_at=at)
