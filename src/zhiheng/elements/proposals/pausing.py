"""停用与恢复: an element out of use for a time, and back in use; its versions stay what they say."""

from datetime import datetime

from zhiheng.elements import services
from zhiheng.elements.history import Change
from zhiheng.elements.models import ElementRecord, Proposal, Status
from zhiheng.elements.models.header import UNPUBLISHED
from zhiheng.web import words

Kind = Proposal.Kind
KINDS = (Kind.SUSPEND, Kind.RESUME)


def faults(*, proposal: Proposal, base: ElementRecord) -> dict[str, str]:
    """Why an element cannot be put out of use, or back, on that day; by field."""
    on = proposal.valid_from
    if on < base.valid_from:
        return {"valid_from": f"这个版本自 {words.day(base.valid_from)} 起有效，不能早于这一天。"}
    if not base.ends_after(on):
        return {"valid_from": f"它到 {words.day(base.valid_until)} 为止，请填这天以前的日子。"}
    if proposal.kind == Kind.RESUME:
        stopped = base.status == Status.SUSPENDED
        return {} if stopped else {"valid_from": "那一天它没有停用，不用恢复。请核对日子。"}
    if base.status != Status.ACTIVE:
        return {"valid_from": f"那一天它已经是“{base.get_status_display()}”，不用再停用。"}
    until = proposal.valid_until
    if until is not None and until <= on:
        return {"valid_until": "恢复的日子应晚于停用的日子。不知道何时恢复，就空着。"}
    return {}


def put(*, proposal: Proposal, base: ElementRecord, at: datetime, approved_by: str) -> None:
    """Write the stretches that are out of use, or in use again; the proposal has been checked."""
    stop = proposal.kind == Kind.SUSPEND
    status = Status.SUSPENDED if stop else Status.ACTIVE
    for row in _stretches(proposal, base):
        services.amend(
            row=row, changes={"status": status}, valid_from=proposal.valid_from,
            valid_until=proposal.valid_until if stop else None, at=at, approved_by=approved_by,
            approve_doc=proposal.approve_doc,
        )  # fmt: skip


def _stretches(proposal: Proposal, base: ElementRecord) -> list[ElementRecord]:
    """What is known from the day on: all that is in use, or the one suspension of that day."""
    known = type(base).objects.known().exclude(status__in=UNPUBLISHED).filter(uid=base.uid)
    rows = [one for one in known.order_by("valid_from") if one.ends_after(proposal.valid_from)]
    if proposal.kind == Kind.SUSPEND:
        until = proposal.valid_until
        return [
            one
            for one in rows
            if one.status == Status.ACTIVE and (until is None or one.valid_from < until)
        ]
    together = []
    for one in rows:
        if one.status != Status.SUSPENDED:
            break
        together.append(one)
    return together


def diff(*, proposal: Proposal) -> tuple[Change, ...]:
    """What publication changes, in words."""
    active, stopped = Status.ACTIVE.label, Status.SUSPENDED.label
    if proposal.kind == Kind.RESUME:
        return (Change("状态", stopped, active),)
    until = words.day(proposal.valid_until) or "另行恢复"
    return (Change("状态", active, stopped), Change("停用到哪天", "—", until))
