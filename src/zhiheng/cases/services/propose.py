"""Proposing a case: the clue's last step and the case's first, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case, Handler
from zhiheng.cases.policies import case_code, search_terms
from zhiheng.clues import api as clues
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

PROCEDURE = "penalty.ordinary"
# How a case on the spot is numbered and how its first act is called.
BEGUN: dict[str, dict[str, Any]] = {
    "penalty.summary": {"word": "当场", "begun": ("case.found", "当场发现")},
}


@transaction.atomic
def propose_from_clue(
    *,
    clue: clues.Clue,
    values: Mapping[str, Any],
    actor: Actor,
    co_handlers: Sequence[int],
    at: datetime,
    idempotency_key: str,
    procedure_id: str = PROCEDURE,
) -> Case:
    """Take the clue's `propose_filing` and open the case that it becomes; once per key.

    Raises:
        Invalid: the clue has no item or no party yet, nobody beside the lead handles it, or one
            of them has no certificate that stands on the day.
        StepBlocked: the clue may not be filed.
    """
    ledger.lock_dossier(clue.pk)
    if earlier := Case.objects.filter(clue=clue).select_related("dossier__run").first():
        return earlier
    _refuse_unready(clue, co_handlers, lead_id=actor.account_id, on=local_date(at))
    procedures.take_step(
        clues.ClueMatter(clue), step_id="propose_filing", actor=actor, values=values, at=at,
        idempotency_key=f"{idempotency_key}/clue",
    )  # fmt: skip
    return open_case(
        clue=clue, item=clue.item, subject=clue.subject, place=clue.place, actor=actor,
        agency_code=clue.agency_code, co_handlers=co_handlers, at=at,
        idempotency_key=idempotency_key, parent=clue.dossier, procedure_id=procedure_id,
        **BEGUN.get(procedure_id, {}),
    )  # fmt: skip


def _refuse_unready(
    clue: clues.Clue, co_handlers: Sequence[int], *, lead_id: int, on: date
) -> None:
    fields = {}
    if clue.item is None:
        fields["item"] = "线索还没有匹配执法事项，请先在线索页匹配。"
    if clue.subject is None:
        fields["subject"] = "还没有确定当事人，请先在线索页登记当事人。"
    if fields := fields | unready(co_handlers, lead_id=lead_id, on=on):
        raise Invalid("还不能提请立案。", next_step="请补齐后再提交。", fields=fields)


def unready(co_handlers: Sequence[int], *, lead_id: int, on: date) -> dict[str, str]:
    """What is wrong with who would handle the case, by field; empty when they may."""
    if not co_handlers:
        return {"co_handlers": "执法不得少于两人，请至少选择一名协办人员。"}
    if unfit := elements.unfit(account_ids=[lead_id, *co_handlers], on=on):
        why = " ".join(_unfit(number, why) for number, why in unfit.items())
        return {"co_handlers": why}
    return {}


def _unfit(account_id: int, why: str) -> str:
    """Whose certificate it is, and what is wrong with it."""
    return f"{people.Account.objects.get(pk=account_id).name}：{why}"


@transaction.atomic
def open_case(
    *,
    item: Any,
    subject: Any,
    place: str,
    actor: Actor,
    agency_code: str,
    co_handlers: Sequence[int],
    at: datetime,
    idempotency_key: str,
    clue: clues.Clue | None = None,
    parent: ledger.Dossier | None = None,
    domain: str = "",
    procedure_id: str = PROCEDURE,
    word: str = "罚立",
    begun: tuple[str, str] = ("case.propose", "提请立案"),
) -> Case:
    """Open a case in its procedure's first state with its dossier, handlers, competence and to-dos.

    The grant in force today is kept with the case (law.md D.2). Periods are those of the organ's
    own line (law.md A.2-T) unless `domain` names another.

    Raises:
        Invalid: the item is one of inspection or coercion.
    """
    if item.kind != elements.Item.Kind.PENALTY:
        raise Invalid(
            f"“{item.name}”是{item.get_kind_display()}事项，不能立行政处罚案件。",
            next_step="请在线索页改选一个行政处罚事项。",
        )
    on = local_date(at)
    body = elements.get_body(agency_code, on)
    procedure = rulebook.current().procedure(procedure_id)
    number, code = _numbers(body=body, region_code=actor.region_code, on=on, word=word)
    title = f"{subject.name}涉嫌{item.name}案"[:200]
    dossier = ledger.open_dossier(
        kind="CASE", number=number, region_code=actor.region_code, agency_code=agency_code,
        title=title, procedure_id=procedure.id, procedure_version=procedure.version,
        state=procedure.initial, at=at, actor=actor, parent=parent,
    )  # fmt: skip
    dossier.run = procedures.start_run(
        dossier=dossier, domain=domain or line_of(body), facts={}, at=at
    )
    case = Case.objects.create(
        dossier=dossier, code=code, number=number, title=title, region_code=dossier.region_code,
        agency_code=agency_code, clue=clue, item=item, subject=subject, party_name=subject.name,
        item_name=item.name, place=place, lead_id=actor.account_id, state=procedure.initial,
        proposed_on=on, grant_id=elements.may_body_do_item(
            agency_code, item.code, dossier.region_code, on).grant_id,
        terms=search_terms(number, subject.name, item.name, place),
    )  # fmt: skip
    _assign(case, lead_id=actor.account_id, co_handlers=co_handlers, at=at)
    ledger.record_act(
        dossier=dossier, kind=begun[0], title=begun[1], actor=actor, role="officer",
        occurred_at=at, rule_id=procedure.id, rule_version=procedure.version,
        payload={"item": item.code, "code": code}, idempotency_key=idempotency_key,
    )  # fmt: skip
    if clue is not None:
        handed = evidence.evidence_of(clue.dossier).exclude(status="EXCLUDED")
        evidence.carry_over(items=handed, dossier=dossier, actor=actor, at=at)
    procedures.refresh_tasks(CaseMatter(case), at=at)
    return case


def line_of(body: Any) -> str:
    """The line whose procedural rules an organ follows: the first it is registered for."""
    return str(body.domains[0]) if body.domains else "base"


def _numbers(*, body: Any, region_code: str, on: date, word: str) -> tuple[str, str]:
    sequence = ledger.next_number(series="立案", owner=body.code, year=on.year)
    prefix = body.doc_prefix or body.short_name or body.code
    number = f"{prefix}{word}〔{on.year}〕{sequence:06d}号"
    serial = int(body.serial) if body.serial.isdigit() else 0
    return number, case_code(region_code=region_code, body_no=serial, on=on, sequence=sequence)


def _assign(case: Case, *, lead_id: int, co_handlers: Sequence[int], at: datetime) -> None:
    Handler.objects.create(case=case, account_id=lead_id, part=Handler.Part.LEAD, since=at)
    for account_id in dict.fromkeys(co_handlers):
        if account_id != lead_id:
            Handler.objects.create(case=case, account_id=account_id, part=Handler.Part.CO, since=at)
