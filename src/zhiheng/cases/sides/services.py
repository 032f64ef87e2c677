"""Opening a side proceeding and taking its steps; the case is held first, always."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides import asking
from zhiheng.cases.sides.matters import PLATFORM, SideMatter
from zhiheng.cases.sides.selectors import side_by_number, side_of_dossier
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook


@transaction.atomic
def open_side(
    *, case: Case, procedure_id: str, actor: Actor, values: Mapping[str, Any], at: datetime,
    idempotency_key: str, reason: str = "", extra: Mapping[str, Any] | None = None,
    evidence_digests: tuple[str, ...] = (),
) -> Side:  # fmt: skip
    """Begin a side proceeding with its first step; the same key again gives the same one back.

    Raises:
        Invalid: there is no such procedure beside this case.
        Conflict: the case stands where it may not begin, one is running already, or the key was
            used for something else.
        StepBlocked: a guard forbids the first step.
        NotAllowed: it is not this person's step.
    """
    case.dossier = _hold(case)
    if earlier := ledger.find_act_by_key(idempotency_key):
        return _opened_before(earlier, case, procedure_id)
    procedure = _may_begin(case, procedure_id)
    side = _new_side(case, procedure, actor=actor, at=at)
    assert procedure.attaches is not None  # noqa: S101 - `_may_begin` has looked
    matter = SideMatter(side, at=at)
    procedures.take_step(
        matter, step_id=procedure.attaches.opens, actor=actor, values=values, at=at,
        idempotency_key=idempotency_key, reason=reason, extra=extra,
        evidence_digests=(*evidence_digests, *matter.hooks.digests(values)),
    )  # fmt: skip
    return side


def _opened_before(earlier: ledger.Act, case: Case, procedure_id: str) -> Side:
    """What the same form has opened already; a form that did something else opens nothing."""
    found = Side.objects.select_related("case").filter(pk=earlier.dossier_id, case=case)
    side = found.filter(procedure_id=procedure_id).first()
    if side is None:
        raise Conflict("这张表单已经用在另一件事上。", next_step="请重新打开本步骤再填。")
    return side


def prepare_side(*, case: Case, procedure_id: str, actor: Actor, at: datetime) -> Side:
    """Open a side proceeding that a decision leads to; its first step waits for the officers.

    Call it in the transaction of that decision, which holds the case.
    """
    procedure = rulebook.current().procedure(procedure_id)
    side = _new_side(case, procedure, actor=actor, at=at)
    procedures.refresh_tasks(SideMatter(side, at=at), at=at)
    return side


def _new_side(case: Case, procedure: rulebook.Procedure, *, actor: Actor, at: datetime) -> Side:
    number = Side.objects.filter(case=case).count() + 1
    dossier = ledger.open_dossier(
        kind="SIDE", number=f"{case.number}-{number}", region_code=case.region_code,
        agency_code=case.agency_code, title=asking.title_of(case, procedure),
        procedure_id=procedure.id, procedure_version=procedure.version, state=procedure.initial,
        at=at, actor=actor, parent=case.dossier,
    )  # fmt: skip
    dossier.run = procedures.start_run(
        dossier=dossier, domain=case.dossier.run.domain, facts={}, at=at
    )
    return Side.objects.create(
        dossier=dossier, case=case, number=number, procedure_id=procedure.id,
        state=procedure.initial, opened_on=local_date(at),
    )  # fmt: skip


def _hold(case: Case) -> ledger.Dossier:
    run = procedures.Run.objects.select_for_update().get(pk=case.pk)  # as every step does, first
    dossier = ledger.lock_dossier(case.pk)
    run.dossier, dossier.run = dossier, run
    return dossier


def _may_begin(case: Case, procedure_id: str) -> rulebook.Procedure:
    book, dossier = rulebook.current(), case.dossier
    found = {
        each.id: each
        for each in rulebook.attachable(
            book, procedure=dossier.run.procedure_id, state=dossier.state
        )
    }
    if procedure_id not in book.procedures or not book.procedure(procedure_id).attaches:
        raise Invalid("没有这种附属程序。", next_step="请回到卷宗页选择。")
    if procedure_id not in found:
        title = procedures.procedure_of(dossier.run).states[dossier.state].title
        raise Conflict(
            f"案件现在是“{title}”，不能开始“{book.procedure(procedure_id).title}”。",
            next_step="请回到卷宗页查看最新进展。",
        )
    procedure = found[procedure_id]
    running = Side.objects.filter(case=case, procedure_id=procedure_id, closed_on=None)
    if procedure.attaches and not procedure.attaches.many and running.exists():
        raise Conflict(
            f"“{procedure.title}”已经在办，不用再开一件。", next_step="请到那一件里继续办。"
        )
    return procedure


@transaction.atomic
def take_side_step(
    matter: SideMatter, *, step_id: str, actor: Actor, values: Mapping[str, Any], at: datetime,
    idempotency_key: str, evidence_digests: tuple[str, ...] = (), **more: Any,
) -> procedures.Performed:  # fmt: skip
    """Take a step of a side proceeding; the case is held, and read afresh, for its duration.

    Raises:
        As `procedures.take_step`.
    """
    case = matter.case
    _hold(case)
    fresh = SideMatter(side_by_number(case=case, number=matter.side.number), at=at)
    return procedures.take_step(
        fresh, step_id=step_id, actor=actor, values=values, at=at,
        idempotency_key=idempotency_key,
        evidence_digests=(*evidence_digests, *fresh.hooks.digests(values)), **more,
    )  # fmt: skip


def let_happen(side: Side, ended: ledger.Act, *, at: datetime) -> procedures.Performed | None:
    """What takes effect by law once a period is over: the platform takes the step, once.

    Args:
        side: what the period belongs to.
        ended: the act that says which periods are over.
        at: now.
    """
    if ended.kind != "deadline.missed":
        return None
    matter = SideMatter(side, at=at)
    over = [c for c in ledger.deadlines_of(side.dossier, running=True) if c.state == c.State.MISSED]
    for clock in over:
        step_id = matter.hooks.by_platform.get(clock.rule_id, "")
        step = procedures.procedure_of(matter.run).steps.get(step_id)
        if step is not None and side.dossier.state in step.from_:
            return take_side_step(
                matter, step_id=step_id, actor=PLATFORM, values={}, at=at,
                idempotency_key=f"platform/{side.pk}/{clock.pk}",
            )  # fmt: skip
    return None


def look_again(case: Case, *, at: datetime, but: int | None = None) -> None:
    """Something in the case has changed that its side proceedings wait for: renew their to-dos.

    `but` leaves out the one that is just changing itself.
    """
    running = Side.objects.filter(case=case, closed_on=None).exclude(pk=but)
    for number in running.values_list("number", flat=True):
        procedures.refresh_tasks(SideMatter(side_by_number(case=case, number=number)), at=at)


def renew(dossier_id: int, *, at: datetime) -> None:
    """What a side proceeding waited for has come: renew its to-dos."""
    side = side_of_dossier(dossier_id)
    if side is not None and side.closed_on is None:
        procedures.refresh_tasks(SideMatter(side), at=at)
