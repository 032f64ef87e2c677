"""Opening an entrustment with its first step, and finding one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from zhiheng.cases.entrusting.matters import KIND, PERMISSION, PROCEDURE, EntrustMatter
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook


def entrustments(actor: Actor) -> QuerySet[ledger.Dossier]:
    """The organ's entrustments, for whoever may sign them."""
    within = people.within(people.scope(actor, PERMISSION))
    return ledger.Dossier.objects.filter(within, kind=KIND).select_related("run")


def access_entrustment(*, actor: Actor, dossier_id: int) -> EntrustMatter:
    """One entrustment; absent and forbidden answer alike.

    Raises:
        NotFound: no such entrustment, or not this organ's.
    """
    found = entrustments(actor).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound("没有找到这件委托，或者不在您的范围内。", next_step="请回到列表查看。")
    found.run.dossier = found
    return EntrustMatter(found.run)


def draft(*, actor: Actor, at: datetime) -> EntrustMatter:
    """What the form of the first step reads before anything is kept."""
    dossier = ledger.Dossier(
        kind=KIND, region_code=actor.region_code, agency_code=actor.agency_code,
        procedure_id=PROCEDURE, procedure_version=_procedure().version,
        state=_procedure().initial,
    )  # fmt: skip
    run = procedures.Run(
        dossier=dossier, procedure_id=PROCEDURE, procedure_version=_procedure().version,
        domain="base", facts={}, updated_at=at,
    )  # fmt: skip
    return EntrustMatter(run)


def _procedure() -> rulebook.Procedure:
    return rulebook.current().procedure(PROCEDURE)


@transaction.atomic
def sign(
    *, actor: Actor, values: Mapping[str, Any], at: datetime, idempotency_key: str,
    reason: str = "",
) -> int:  # fmt: skip
    """Sign a letter of entrustment; the same key again gives the same one back.

    Raises:
        StepBlocked: the organisation does not meet the conditions.
        Invalid: an item is not the organ's to give, or the period cannot be.
    """
    if earlier := ledger.hold_key(idempotency_key):
        return earlier.dossier_id
    on, procedure = local_date(at), _procedure()
    sequence = ledger.next_number(series="委托", owner=actor.agency_code, year=on.year)
    dossier = ledger.open_dossier(
        kind=KIND, number=f"WT-{actor.agency_code}-{on.year}-{sequence:04d}",
        region_code=actor.region_code, agency_code=actor.agency_code, title="委托实施行政处罚",
        procedure_id=procedure.id, procedure_version=procedure.version, state=procedure.initial,
        at=at, actor=actor,
    )  # fmt: skip
    dossier.run = procedures.start_run(dossier=dossier, domain="base", facts={}, at=at)
    procedures.take_step(
        EntrustMatter(dossier.run), step_id="sign", actor=actor, values=values, at=at,
        idempotency_key=idempotency_key, reason=reason,
    )  # fmt: skip
    return dossier.pk
