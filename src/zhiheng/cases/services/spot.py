"""A case on the spot: opened by an officer without anybody's approval, taken through in one go.

Each tap on the phone may take several steps; each is an act of its own with its own guards, all
of them or none. The key of the form makes a second tap, or a form sent again, the same acts.

Law: 行政处罚法第五十一条至第五十三条.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case
from zhiheng.cases.services.collect import collect
from zhiheng.cases.services.propose import BEGUN, open_case, unready
from zhiheng.cases.spot.facts import SUMMARY
from zhiheng.clues import api as clues
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures


@dataclass(frozen=True)
class Step:
    """One step to take: the answers, a picture to keep first, what else its papers need.

    `all_evidence`: the step is about every piece that waits to be verified by then.
    """

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    upload: Mapping[str, Any] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    digests: tuple[str, ...] = ()
    all_evidence: bool = False


@transaction.atomic
def open_on_the_spot(
    *,
    item: elements.Item,
    subject: elements.Subject,
    place: str,
    actor: Actor,
    co_handlers: Sequence[int],
    at: datetime,
    idempotency_key: str,
    clue: clues.Clue | None = None,
) -> Case:
    """Open a case on the spot: two officers, an item, a party; no approval, no clue needed.

    The same key again gives the same case back.

    Raises:
        Invalid: nobody beside the lead, a certificate that does not stand, no place.
    """
    _hold(idempotency_key)
    if earlier := ledger.find_act_by_key(idempotency_key):
        return Case.objects.select_related("dossier__run").get(pk=earlier.dossier_id)
    fields = unready(co_handlers, lead_id=actor.account_id, on=local_date(at))
    if not place.strip():
        fields["place"] = "请写明在哪里，例如：城东街道渡口街174号门前。"
    if fields:
        raise Invalid("还不能开始。", next_step="请补齐后再点一次。", fields=fields)
    return open_case(
        item=item, subject=subject, place=place.strip(), actor=actor, clue=clue,
        agency_code=actor.agency_code, co_handlers=co_handlers, at=at,
        idempotency_key=idempotency_key, parent=clue.dossier if clue else None,
        procedure_id=SUMMARY, domain=str(item.domain), **BEGUN[SUMMARY],
    )  # fmt: skip


def _hold(key: str) -> None:
    """Let only one request at a time work with a key: the second tap waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"spot|{key}"])


@transaction.atomic
def take(
    matter: CaseMatter, steps: Sequence[Step], *, actor: Actor, at: datetime, idempotency_key: str,
    reason: str = "",
) -> list[procedures.Performed]:  # fmt: skip
    """Take steps one after the other: all of them, or none when one is refused.

    Raises: as `procedures.take_step`.
    """
    ledger.lock_dossier(matter.case.pk)
    done = []
    for step in steps:
        key = f"{idempotency_key}/{step.id}"
        if step.upload:
            done.append(collect(
                matter, step_id=step.id, upload=step.upload, actor=actor, values=step.values, at=at,
                idempotency_key=key, reason=reason,
            ))  # fmt: skip
        else:
            extra = _with_evidence(matter) if step.all_evidence else step.extra
            done.append(procedures.take_step(
                matter, step_id=step.id, actor=actor, values=step.values, at=at, reason=reason,
                idempotency_key=key, extra=extra, evidence_digests=step.digests,
            ))  # fmt: skip
    return done


def _with_evidence(matter: CaseMatter) -> dict[str, Any]:
    items = evidence.evidence_of(matter.case.dossier)
    return {"evidence_ids": [each.pk for each in items if each.status == "COLLECTED"]}


@transaction.atomic
def begin(
    *, subject: elements.Subject, actor: Actor, at: datetime, idempotency_key: str, **more: Any
) -> Case:
    """Open a case on the spot and show one's certificate: the first tap.

    Raises: as `open_on_the_spot` and `procedures.take_step`.
    """
    case = open_on_the_spot(
        subject=subject, actor=actor, at=at, idempotency_key=idempotency_key, **more
    )
    shown = Step("show_id", {"id_shown_to": subject.name})
    take(CaseMatter(case), [shown], actor=actor, at=at, idempotency_key=idempotency_key)
    return case
