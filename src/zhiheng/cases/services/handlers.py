"""Handing a case over and handling it together; each change is an act."""

from datetime import datetime

from django.db import transaction

from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case, Handler
from zhiheng.cases.sides.pending import must_stand_aside
from zhiheng.cases.sides.selectors import sides_of
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid, NotAllowed
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures


def may_change_handlers(*, case: Case, actor: Actor) -> bool:
    """The lead, or the head of the unit, says who handles the case."""
    return actor.account_id == case.lead_id or "unit_head" in actor.roles


def _refuse_wrong(case: Case, *, to_id: int, actor: Actor, reason: str, at: datetime) -> None:
    """Refuse who may not say so, whom it cannot be given to, and cases that are over."""
    if strange := CaseMatter(case).outside(actor):
        raise NotAllowed(strange, next_step="请由办案机关的人员办理。")
    if not may_change_handlers(case=case, actor=actor):
        raise NotAllowed(
            "只有主办人或办案机构负责人可以调整办案人员。", next_step="请联系他们办理。"
        )
    if case.dossier.closed_at is not None:
        raise NotAllowed("案件已经办结，办案人员不再调整。", next_step="请回到卷宗页查看结果。")
    if not reason.strip():
        raise Invalid(
            "请写明调整的原因。", fields={"reason": "例如：主办人调离、需要专业人员协办。"}
        )
    officers = people.accounts_with_role("officer", case.agency_code, local_date(at))
    if to_id not in {each.pk for each in officers}:
        raise Invalid("此人不是本机关的执法人员。", fields={"to": "请从名单里选择。"})
    if why := elements.unfit(account_ids=[to_id], on=local_date(at)):
        raise Invalid("此人今天不能办案。", fields={"to": why[to_id]})


@transaction.atomic
def hand_over(
    *, case: Case, to_id: int, reason: str, actor: Actor, at: datetime, idempotency_key: str
) -> ledger.Act:
    """Give the lead to another officer; the former lead stays beside for a clean hand-over.

    One who has to stand aside (回避) does not stay.

    Raises:
        NotAllowed: neither lead nor head of unit, of another agency, or the case is over.
        Invalid: no reason, the same person, no officer of the agency, or one without a
            certificate that stands on the day.
    """
    ledger.lock_dossier(case.pk)
    if earlier := ledger.find_act_by_key(idempotency_key):
        return earlier
    case.refresh_from_db(fields=["lead", "dossier"])
    _refuse_wrong(case, to_id=to_id, actor=actor, reason=reason, at=at)
    if to_id == case.lead_id:
        raise Invalid("此人已是主办人。", fields={"to": "请选择另一名执法人员。"})
    now = Handler.objects.filter(case=case, until=None)
    now.filter(account_id__in=[case.lead_id, to_id]).update(until=at)
    former = case.lead_id
    if former not in must_stand_aside(sides_of(case)):
        Handler.objects.create(case=case, account_id=former, part=Handler.Part.CO, since=at)
    Handler.objects.create(case=case, account_id=to_id, part=Handler.Part.LEAD, since=at)
    case.lead_id = to_id
    case.save(update_fields=["lead"])
    act = ledger.record_act(
        dossier=case.dossier, kind="case.hand_over", title="移交主办", actor=actor, occurred_at=at,
        role="unit_head" if "unit_head" in actor.roles else "officer",
        payload={"from": former, "to": to_id, "reason": reason.strip()},
        idempotency_key=idempotency_key,
    )  # fmt: skip
    for task in ledger.open_tasks_of(case.pk):
        if task.role == "officer":
            ledger.assign_task(task=task, assignee_id=to_id)
    return act


@transaction.atomic
def add_co_handler(
    *, case: Case, account_id: int, reason: str, actor: Actor, at: datetime, idempotency_key: str
) -> ledger.Act:
    """Let another officer handle the case beside the lead (协办).

    Raises: as `hand_over`.
    """
    ledger.lock_dossier(case.pk)
    if earlier := ledger.find_act_by_key(idempotency_key):
        return earlier
    case.refresh_from_db(fields=["lead", "dossier"])
    _refuse_wrong(case, to_id=account_id, actor=actor, reason=reason, at=at)
    if Handler.objects.filter(case=case, account_id=account_id, until=None).exists():
        raise Invalid("此人已在办案人员中。", fields={"to": "请选择另一名执法人员。"})
    Handler.objects.create(case=case, account_id=account_id, part=Handler.Part.CO, since=at)
    act = ledger.record_act(
        dossier=case.dossier, kind="case.co_handle", title="增加协办人员", actor=actor,
        occurred_at=at, role="unit_head" if "unit_head" in actor.roles else "officer",
        payload={"account": account_id, "reason": reason.strip()}, idempotency_key=idempotency_key,
    )  # fmt: skip
    procedures.refresh_tasks(CaseMatter(case), at=at)
    return act
