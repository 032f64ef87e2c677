"""Opening a side proceeding and taking its steps; the case is held first, always."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides import asking
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
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
        Conflict: the case stands where it may not begin, or one is running already.
        StepBlocked: a guard forbids the first step.
        NotAllowed: it is not this person's step.
    """
    case.dossier = _hold(case)
    if earlier := ledger.find_act_by_key(idempotency_key):
        return Side.objects.select_related("case").get(pk=earlier.dossier_id)
    procedure = _may_begin(case, procedure_id)
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
    side = Side.objects.create(
        dossier=dossier, case=case, number=number, procedure_id=procedure.id,
        state=procedure.initial, opened_on=local_date(at),
    )  # fmt: skip
    assert procedure.attaches is not None  # noqa: S101 - `_may_begin` has looked
    procedures.take_step(
        SideMatter(side), step_id=procedure.attaches.opens, actor=actor, values=values, at=at,
        idempotency_key=idempotency_key, reason=reason, extra=extra,
        evidence_digests=evidence_digests,
    )  # fmt: skip
    return side


def _hold(case: Case) -> ledger.Dossier:
    run = procedures.Run.objects.select_related("dossier").get(pk=case.pk)
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
    idempotency_key: str, **more: Any,
) -> procedures.Performed:  # fmt: skip
    """Take a step of a side proceeding; the case is held, and read afresh, for its duration.

    Raises:
        As `procedures.take_step`.
    """
    case = matter.case
    ledger.lock_dossier(case.pk)
    fresh = SideMatter(side_by_number(case=case, number=matter.side.number))
    return procedures.take_step(
        fresh, step_id=step_id, actor=actor, values=values, at=at,
        idempotency_key=idempotency_key, **more,
    )  # fmt: skip
