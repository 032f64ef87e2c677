"""Deadlines: begin, end, stand still, go on, and be counted again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction

from zhiheng.kernel import deadlines as counting
from zhiheng.kernel.calendar import WorkCalendar
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, NotAllowed, NotFound
from zhiheng.kernel.terms import Roll, Unit
from zhiheng.ledger.models import Deadline, Dossier, Suspension
from zhiheng.ledger.policies import Actor
from zhiheng.ledger.services.acts import record_act
from zhiheng.ledger.services.calendars import current_calendar

OPEN = [Deadline.State.RUNNING, Deadline.State.SUSPENDED]


class DeadlineTerms(Protocol):
    """A period as the rulebook gives it, at the day and in the domain of the matter."""

    id: str
    title: str
    amount: int
    unit: Unit
    roll: Roll
    excludes: Sequence[str]
    basis: str


def start_deadline(
    *,
    dossier: Dossier,
    rule: DeadlineTerms,
    start_on: date | datetime,
    at: datetime,
    calendar: WorkCalendar | None = None,
) -> Deadline:
    """Let a period begin; the day (hour) of the event itself is not counted.

    The same period begun again replaces the one that runs (a fresh notice opens a fresh
    window); begun again on the same day under the same terms it stays as it is.

    Law: 行政处罚法第八十五条, 民事诉讼法第八十五条; the rule's own basis.
    """
    terms = counting.DeadlineRule(
        amount=rule.amount,
        unit=rule.unit,
        roll=rule.roll,
        excludes=tuple(rule.excludes),
        rule_id=rule.id,
        title=rule.title,
    )
    due = counting.compute(terms, start=start_on, calendar=calendar or current_calendar())
    running = Deadline.objects.filter(dossier=dossier, rule_id=rule.id, state__in=OPEN).first()
    if running:
        stored = running.computed
        if (stored["rule"], stored["start"]) == (due.as_json()["rule"], due.as_json()["start"]):
            return running
        cancel_deadlines(dossier=dossier, rule_ids=[rule.id], at=at)
    moment = start_on if isinstance(start_on, datetime) else None
    deadline = Deadline(
        dossier=dossier,
        rule_id=rule.id,
        title=rule.title,
        basis=rule.basis,
        started_on=local_date(moment) if moment else start_on,
        started_at=moment,
        created_at=at,
    )
    _apply(deadline=deadline, due=due)
    deadline.save()
    return deadline


def meet_deadline(*, dossier: Dossier, rule_id: str, at: datetime) -> Deadline | None:
    """What the period asked for was done at this moment: met, or missed if it was too late.

    Returns the deadline, or None where none was running. One already missed stays so.
    """
    deadline = (
        Deadline.objects.filter(dossier=dossier, rule_id=rule_id, ended_at=None)
        .exclude(state=Deadline.State.CANCELLED)
        .order_by("-id")
        .first()
    )
    if deadline is None:
        return None
    late = is_late(deadline=deadline, at=at)
    deadline.state = Deadline.State.MISSED if late else Deadline.State.MET
    deadline.ended_at = at
    deadline.save(update_fields=["state", "ended_at"])
    return deadline


def is_late(*, deadline: Deadline, at: datetime) -> bool:
    """Whether the moment lies after the end; a period without a known end is never late."""
    if deadline.due_at:
        return at > deadline.due_at
    return deadline.due_on is not None and local_date(at) > deadline.due_on


def cancel_deadlines(
    *, dossier: Dossier, at: datetime, rule_ids: Sequence[str] | None = None
) -> int:
    """Stop open periods that have lost their object (withdrawn, replaced); returns how many."""
    found = Deadline.objects.filter(dossier=dossier, state__in=OPEN)
    if rule_ids is not None:
        found = found.filter(rule_id__in=rule_ids)
    return found.update(state=Deadline.State.CANCELLED, ended_at=at)


@transaction.atomic
def suspend(
    *,
    dossier: Dossier,
    reason_code: str,
    from_on: date,
    actor: Actor | None,
    at: datetime,
    until_on: date | None = None,
    document_ref: str = "",
    calendar: WorkCalendar | None = None,
) -> list[Deadline]:
    """Let every period that admits this reason stand still, both days included; recorded.

    Without `until_on` the clock stands until `resume`.

    Raises:
        NotAllowed: no open period of the dossier admits the reason.
        Conflict: they stand still already.
    """
    admitting = [
        each
        for each in open_of(dossier)
        if reason_code in each.computed["rule"]["excludes"] and each.due_at is None
    ]
    if not admitting:
        raise NotAllowed(
            "本卷宗没有依法可以因此事由扣除的期限。",
            next_step="请核对中止事由，或先核对期限所依据的规则。",
        )
    for deadline in admitting:
        if deadline.suspensions.filter(until_on=None).exists():
            raise Conflict(
                f"“{deadline.title}”已在中止中。", next_step="请先恢复计算，再另行中止。"
            )
        Suspension.objects.create(
            deadline=deadline,
            reason_code=reason_code,
            from_on=from_on,
            until_on=until_on,
            document_ref=document_ref,
            created_at=at,
        )
        count_again(deadline=deadline, calendar=calendar)
    tell(dossier, "deadline.suspend", "期限中止计算", actor, at, admitting, reason=reason_code)
    return admitting


@transaction.atomic
def resume(
    *,
    dossier: Dossier,
    reason_code: str,
    until_on: date,
    actor: Actor | None,
    at: datetime,
    calendar: WorkCalendar | None = None,
) -> list[Deadline]:
    """Let the periods that stood still for this reason go on; `until_on` is the last day still.

    Raises:
        NotFound: nothing stands still for this reason.
    """
    standing = Suspension.objects.filter(
        deadline__in=open_of(dossier), reason_code=reason_code, until_on=None
    ).select_related("deadline")
    resumed = []
    for suspension in standing:
        suspension.until_on = max(until_on, suspension.from_on)
        suspension.save(update_fields=["until_on"])
        count_again(deadline=suspension.deadline, calendar=calendar)
        resumed.append(suspension.deadline)
    if not resumed:
        raise NotFound("本卷宗没有因此事由中止的期限。", next_step="请核对中止事由。")
    tell(dossier, "deadline.resume", "期限恢复计算", actor, at, resumed, reason=reason_code)
    return resumed


@transaction.atomic
def extend_deadline(
    *, dossier: Dossier, rule_id: str, amount: int, actor: Actor | None, at: datetime
) -> Deadline:
    """Let a running period go on for `amount` more of its own unit (延期), as it was counted.

    Raises:
        NotFound: no such period runs.
    """
    running = [each for each in open_of(dossier) if each.rule_id == rule_id]
    if not running:
        raise NotFound("没有正在计算的这个期限，不能延长。", next_step="请核对案件进展。")
    deadline = running[0]
    rule = dict(deadline.computed["rule"])
    rule["amount"] = int(rule["amount"]) + amount
    deadline.computed = {**deadline.computed, "rule": rule}
    count_again(deadline=deadline, calendar=None)
    tell(dossier, "deadline.extend", "期限延长", actor, at, [deadline], amount=amount)
    return deadline


def recompute_provisional(
    *, calendar: WorkCalendar, at: datetime, year: int | None = None
) -> list[Deadline]:
    """Count again what a new or changed calendar touches; what has passed stays as it is.

    Args:
        calendar: the calendar with the year that has arrived.
        at: now; recorded with each change.
        year: only periods that waited for this year; all open ones that it touches otherwise.
    """
    waiting = Deadline.objects.filter(state__in=OPEN).select_related("dossier").order_by("id")
    if year is not None:
        waiting = waiting.filter(provisional=True, needs_year=year)
    changed = []
    for deadline in waiting.iterator(chunk_size=500):
        if not counting.is_affected(deadline.computed, calendar=calendar, on=local_date(at)):
            continue
        with transaction.atomic():
            before = deadline.due_on
            count_again(deadline=deadline, calendar=calendar)
            if deadline.due_on != before:
                tell(deadline.dossier, "deadline.recount", "期限重新计算", None, at, [deadline])
                changed.append(deadline)
    return changed


def open_of(dossier: Dossier) -> list[Deadline]:
    """Open periods of a dossier, locked, in order."""
    return list(
        Deadline.objects.select_for_update().filter(dossier=dossier, state__in=OPEN).order_by("id")
    )


def count_again(*, deadline: Deadline, calendar: WorkCalendar | None) -> None:
    """Count a period anew with its standstills as they are now."""
    stored = {
        **deadline.computed,
        "suspensions": [
            {
                "start": each.from_on.isoformat(),
                "end": each.until_on and each.until_on.isoformat(),
                "reason": each.reason_code,
                "label": "",
            }
            for each in deadline.suspensions.order_by("from_on", "id")
        ],
    }
    due = counting.recompute(stored, calendar=calendar or current_calendar())
    _apply(deadline=deadline, due=due)
    deadline.save()


def _apply(*, deadline: Deadline, due: counting.Due) -> None:
    deadline.due_on = due.due_on
    deadline.due_at = due.due_at
    deadline.provisional = due.provisional
    deadline.needs_year = due.needs_year
    deadline.state = Deadline.State.SUSPENDED if due.suspended else Deadline.State.RUNNING
    deadline.computed = due.as_json()


def tell(
    dossier: Dossier,
    kind: str,
    title: str,
    actor: Actor | None,
    at: datetime,
    deadlines: Sequence[Deadline],
    **more: Any,
) -> None:
    """Record what happened to the clocks."""
    record_act(
        dossier=dossier,
        kind=kind,
        title=title,
        actor=actor,
        occurred_at=at,
        payload={
            "deadlines": [
                {"rule": each.rule_id, "due_on": each.due_on, "note": each.note}
                for each in deadlines
            ],
            **more,
        },
    )
