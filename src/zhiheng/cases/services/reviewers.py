"""Who reviews a case: the organ names one; a change of hands is an act like any other.

Law: 行政处罚法 58 (法制审核), 43 (回避); nobody reviews a case of their own.
"""

from datetime import date, datetime

from django.db import transaction

from zhiheng.cases.matters import REVIEWER, CaseMatter
from zhiheng.cases.models import Case
from zhiheng.cases.sides.pending import must_stand_aside
from zhiheng.cases.sides.selectors import sides_of
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid, NotAllowed
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures

ROLE = "legal_reviewer"
NAMES = ("agency_head", ROLE)
SUMMARY = "penalty.summary"  # has no review (行政处罚法 51, 58)


def may_name_reviewer(*, case: Case, actor: Actor) -> bool:
    """The head of the organ, or one of its reviewers, says who reviews, as long as it is open."""
    open_now = case.dossier.closed_at is None and case.decided_on is None
    return open_now and case.dossier.procedure_id != SUMMARY and bool(actor.roles & set(NAMES))


def reviewers_of(case: Case, *, on: date) -> list[tuple[people.Account, str, str]]:
    """Who might review a case: the account, what the register says of them, why they may not."""
    registered = {one.account_id: one for one in elements.reviewers_on(case.agency_code, on)}
    handle = set(
        case.handlers.filter(until=None).values_list("account_id", flat=True)
    ) | must_stand_aside(sides_of(case))
    found = []
    for account in people.accounts_with_role(ROLE, case.agency_code, on):
        entry = registered.get(account.pk)
        what = entry.get_kind_display() if entry else (account.unit or "本机关")
        why = "本案办案人员或者应当回避" if account.pk in handle else ""
        if not why and not elements.has_legal_qualification(account.pk, on):
            why = "没有登记法律职业资格"
        found.append((account, what, why))
    return sorted(found, key=lambda row: bool(row[2]))


@transaction.atomic
def name_reviewer(
    *, case: Case, to_id: int, reason: str, actor: Actor, at: datetime, idempotency_key: str
) -> ledger.Act:
    """Name who reviews the case, or hand the review on; what waits goes to that person's list.

    Raises:
        NotAllowed: not this person's to say, or the case is decided or over.
        Invalid: nobody who may review, the same person, or a change without its reason.
    """
    run = procedures.Run.objects.select_for_update().get(pk=case.pk)  # as every step does, first
    dossier = ledger.lock_dossier(case.pk)
    if earlier := ledger.find_act_by_key(idempotency_key):
        return earlier
    case.refresh_from_db(fields=["decided_on", "dossier"])
    _refuse_wrong(case, actor=actor)
    now = run.facts.get(REVIEWER)
    _refuse_unfit(case, to_id=to_id, now=now, reason=reason, on=local_date(at))
    run.facts[REVIEWER] = to_id
    run.save(update_fields=["facts"])
    act = ledger.record_act(
        dossier=dossier, kind="case.reviewer", title="移交法制审核" if now else "指定法制审核人",
        actor=actor, occurred_at=at, role=next(role for role in NAMES if role in actor.roles),
        payload={"from": now, "to": to_id, "reason": reason.strip()},
        idempotency_key=idempotency_key,
    )  # fmt: skip
    for task in ledger.open_tasks_of(case.pk):
        if task.role == ROLE:
            ledger.assign_task(task=task, assignee_id=to_id)
    return act


def _refuse_wrong(case: Case, *, actor: Actor) -> None:
    if strange := CaseMatter(case).outside(actor):
        raise NotAllowed(strange, next_step="请由办案机关的人员办理。")
    if not may_name_reviewer(case=case, actor=actor):
        raise NotAllowed(
            "现在不能指定法制审核人：只有负责人和法制审核人员可以指定，已作决定的不再改。",
            next_step="请回到卷宗页查看。",
        )


def _refuse_unfit(case: Case, *, to_id: int, now: int | None, reason: str, on: date) -> None:
    fit = {account.pk: why for account, _, why in reviewers_of(case, on=on)}
    if to_id not in fit:
        raise Invalid("此人不是本机关的法制审核人员。", fields={"to": "请从名单里选择。"})
    if fit[to_id]:
        raise Invalid("此人不能审核本案。", fields={"to": f"{fit[to_id]}，请另选一人。"})
    if to_id == now:
        raise Invalid("此人已是本案的审核人。", fields={"to": "请选择另一人。"})
    if now and not reason.strip():
        raise Invalid("请写明移交的原因。", fields={"reason": "例如：出差、与当事人有关系。"})
