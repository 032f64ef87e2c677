"""Registering a clue: one door for whatever source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiheng.clues.matters import ClueMatter
from zhiheng.clues.models import Clue, Informant
from zhiheng.kernel import ciphers
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

PROCEDURE = "clue.intake"
SHORTEST_DESCRIPTION = 4
REGISTERED_BY = ("intake_clerk", "dispatcher", "officer", "agency_head")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody told us; `papers` are the facts of the letter that handed it to us."""

    source: str
    received_at: datetime
    place: str
    description: str
    happened: str = ""
    target: str = ""
    informant_name: str = ""
    informant_phone: str = ""
    wants_reply: bool = False
    papers: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def register_clue(
    *,
    report: Report,
    actor: Actor,
    at: datetime,
    idempotency_key: str,
    agency_code: str = "",
    domain: str = "base",
) -> Clue:
    """Register a report; the same key again gives the same clue.

    The informant is kept apart and encrypted; nothing of them goes into the record of acts.

    Raises:
        Invalid: place or description is missing.

    Law: 行政处罚法第五十四条.
    """
    if earlier := ledger.hold_key(idempotency_key):
        return Clue.objects.get(pk=earlier.dossier_id)
    _refuse_empty(report)
    on = local_date(at)
    procedure = rulebook.current().procedure(PROCEDURE)
    sequence = ledger.next_number(series="线索", owner=actor.region_code, year=on.year)
    number = f"QX{actor.region_code}-{on.year}-{sequence:06d}"
    dossier = ledger.open_dossier(
        kind="CLUE", number=number, region_code=actor.region_code,
        agency_code=agency_code or actor.agency_code, title=report.description[:60],
        procedure_id=procedure.id, procedure_version=procedure.version, state=procedure.initial,
        at=at, actor=actor,
    )  # fmt: skip
    run = procedures.start_run(
        dossier=dossier, domain=domain, facts={"clue_source": report.source, **report.papers}, at=at
    )
    clue = Clue.objects.create(
        dossier=dossier, number=number, region_code=dossier.region_code,
        agency_code=dossier.agency_code, source=report.source, received_at=report.received_at,
        happened=report.happened, place=report.place.strip(),
        description=report.description.strip(), target=report.target.strip(),
        state=procedure.initial, registered_by=actor.name,
    )  # fmt: skip
    _keep_informant(clue, report)
    ledger.record_act(
        dossier=dossier, kind="clue.register", title="登记线索", actor=actor, occurred_at=at,
        role=next((r for r in REGISTERED_BY if r in actor.roles), ""),
        rule_id=PROCEDURE, rule_version=procedure.version,
        payload={"source": report.source, "received_at": report.received_at.isoformat()},
        idempotency_key=idempotency_key,
    )  # fmt: skip
    clue.dossier.run = run
    procedures.refresh_tasks(ClueMatter(clue), at=at)
    return clue


def _refuse_empty(report: Report) -> None:
    fields = {}
    if not report.place.strip():
        fields["place"] = "请写明地点，例如“清波路 18 号旺味小炒店门口”。"
    if len(report.description.strip()) < SHORTEST_DESCRIPTION:
        fields["description"] = "请写明反映的是什么问题，至少一句话。"
    if fields:
        raise Invalid("线索还不完整。", next_step="请补全标红的内容后再提交。", fields=fields)


def _keep_informant(clue: Clue, report: Report) -> None:
    if not (report.informant_name or report.informant_phone):
        return
    Informant.objects.create(
        clue=clue,
        name_sealed=ciphers.seal_field(report.informant_name) if report.informant_name else "",
        phone_sealed=ciphers.seal_field(report.informant_phone) if report.informant_phone else "",
        wants_reply=report.wants_reply,
    )
