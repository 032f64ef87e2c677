"""Serving documents (送达): one record per attempt, its conditions, and the receipt F-43."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from zhiheng.documents import delivery, privacy
from zhiheng.documents.models import Document, Service
from zhiheng.documents.selectors import documents_root
from zhiheng.documents.services import prepare_document
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid

if TYPE_CHECKING:
    from zhiheng.ledger.api import Act
    from zhiheng.people.api import Actor

RECEIPT = "F-43"
LONGEST_PLACE, LONGEST_NAME = 200, 64
ADDRESS_CONFIRMATION = "F-42"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How one service was done, as the officer entered it.

    mode: Service.Mode; receiver: 受送达人; place: 地点、地址或者电子渠道; sent_at: 送出时间;
    served_on: 签收、留置、到达或者回执上的日期; signed_by and relation: 签收人及其身份;
    present: 当事人在场; refusal: 拒收事由; failure: 未能送达的原因（有则本次未成）;
    witnesses: [{name, unit}]; officers: [{name, certificate_no}]; proofs: 证明材料的 SHA-256;
    difficulty: 直接送达的困难; unknown_whereabouts: 下落不明的证明; published_on, published_at:
    公告日期和处所.
    """

    mode: str
    receiver: str
    place: str
    sent_at: datetime
    served_on: date | None = None
    signed_by: str = ""
    relation: str = ""
    present: bool = False
    refusal: str = ""
    failure: str = ""
    witnesses: Sequence[Mapping[str, str]] = ()
    officers: Sequence[Mapping[str, str]] = ()
    proofs: Sequence[str] = ()
    difficulty: str = ""
    unknown_whereabouts: str = ""
    published_on: date | None = None
    published_at: str = ""
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def mode_rules() -> dict[str, delivery.ModeRule]:
    """The conditions of every way of service, for screens and guards."""
    return delivery.mode_rules(root=documents_root())


def service_problems(*, document: Document, how: Delivery) -> list[str]:
    """What stands against serving this document this way; empty when it may be recorded."""
    rule = mode_rules().get(how.mode)
    if rule is None:
        return [f"没有“{how.mode}”这种送达方式。"]
    problems = _basic_problems(how=how, rule=rule)
    if how.failure:
        return problems
    situation = _situation(document=document, how=how)
    return problems + delivery.unmet_needs(rule=rule, situation=situation)


def _basic_problems(*, how: Delivery, rule: delivery.ModeRule) -> list[str]:
    problems = []
    if not how.receiver.strip():
        problems.append("请填写受送达人。")
    if not how.place.strip():
        problems.append("请填写送达地点、地址或者电子渠道。")
    if len(how.place.strip()) > LONGEST_PLACE:
        problems.append(f"送达地点最多 {LONGEST_PLACE} 个字。")
    if len(how.signed_by.strip()) > LONGEST_NAME:
        problems.append(f"签收人只写姓名或者单位名称，最多 {LONGEST_NAME} 个字。")
    if not how.officers:
        problems.append("请登记送达人（持证执法人员）。")
    if how.failure:
        return problems
    if rule.days and how.published_on is None:
        problems.append("请填写公告发布日期。")
    if not rule.days and how.served_on is None:
        problems.append("请填写签收（留置、到达、回执）日期。")
    if how.served_on and how.served_on < local_date(how.sent_at):
        problems.append("送达日期早于送出日期，请核对。")
    return problems


def _situation(*, document: Document, how: Delivery) -> delivery.Situation:
    failed = Service.objects.filter(document=document, state=Service.State.FAILED)
    confirmed = _confirmation(document=document)
    return delivery.Situation(
        party_present=how.present,
        signed=bool(how.signed_by.strip()),
        refusal_noted=bool(how.refusal.strip()),
        relation_allowed=delivery.allowed_relation(relation=how.relation),
        witnessed=bool(how.witnesses),
        filmed=bool(how.proofs),
        electronic_consent=bool(confirmed and confirmed.facts.get("electronic")),
        address_confirmed=confirmed is not None,
        direct_is_difficult=bool(how.difficulty.strip())
        or failed.filter(mode=Service.Mode.DIRECT).exists(),
        direct_and_post_failed=delivery.attempts_failed(
            modes=list(failed.values_list("mode", flat=True))
        ),
        whereabouts_unknown=bool(how.unknown_whereabouts.strip()),
    )


def _confirmation(*, document: Document) -> Document | None:
    """The signed address confirmation of the dossier, if there is one."""
    return (
        Document.objects.filter(
            dossier=document.dossier_id,
            code=ADDRESS_CONFIRMATION,
            state=Document.State.ISSUED,
        )
        .order_by("-version")
        .first()
    )


@transaction.atomic
def record_service(
    *, document: Document, how: Delivery, actor: Actor | None, at: datetime, act: Act | None = None
) -> Service:
    """Record one attempt to serve a document, and make the receipt F-43 when it succeeded.

    A failed attempt (`how.failure`) is recorded too: announcements rest on failed attempts.
    An announcement stays "送达中" until its period is over (`complete_announcements`).

    Raises:
        Invalid: a condition of the way of service is not met; says which and what to do.
        Conflict: the document is not issued, or is void.
    """
    if document.state != Document.State.ISSUED:
        raise Conflict("只有已签发的文书才能送达。", next_step="请先签发文书。")
    problems = service_problems(document=document, how=how)
    if problems:
        raise Invalid("送达不能登记：" + "".join(problems), next_step="请补充后再登记。")
    rule = mode_rules()[how.mode]
    day = delivery.served_on(rule=rule, handed_on=how.served_on, published_on=how.published_on)
    service = Service.objects.create(
        document=document,
        dossier_id=document.dossier_id,
        act=act,
        region_code=document.region_code,
        mode=how.mode,
        state=_state(how=how, day=day, on=local_date(at)),
        receiver=how.receiver,
        signed_by=how.signed_by,
        relation=how.relation,
        place=how.place,
        sent_at=how.sent_at,
        published_on=how.published_on,
        served_on=None if how.failure else day,
        witnesses=[dict(w) for w in how.witnesses],
        officers=[dict(o) for o in how.officers],
        proofs=list(how.proofs),
        detail=_detail(how=how),
        note=how.note,
        created_at=at,
        created_by=actor.name if actor else "系统",
    )
    if service.state == Service.State.SERVED:
        _make_receipt(service=service, actor=actor, at=at, act=act)
    return service


def _state(*, how: Delivery, day: date | None, on: date) -> str:
    if how.failure:
        return Service.State.FAILED
    return Service.State.SERVED if day and day <= on else Service.State.SENT


def _detail(*, how: Delivery) -> dict[str, Any]:
    kept = {
        "refusal": how.refusal,
        "failure": how.failure,
        "difficulty": how.difficulty,
        "unknown_whereabouts": how.unknown_whereabouts,
        "published_at": how.published_at,
        "present": how.present,
    }
    return {key: value for key, value in kept.items() if value} | dict(how.detail)


def _make_receipt(*, service: Service, actor: Actor | None, at: datetime, act: Act | None) -> None:
    """Make the receipt of a service that succeeded, with earlier failed attempts told."""
    service.receipt = prepare_document(
        dossier=service.dossier,
        code=RECEIPT,
        facts=receipt_facts(service=service),
        actor=actor,
        at=at,
        act=act,
    )
    service.save(update_fields=["receipt"])


def receipt_facts(*, service: Service) -> dict[str, Any]:
    """The facts of F-43 that follow from a service record and the document served."""
    document = service.document
    facts = privacy.open_facts(facts=document.facts)
    failed = Service.objects.filter(document=document, state=Service.State.FAILED).order_by("id")
    attempts = [
        {
            "date": local_date(one.sent_at).isoformat(),
            "mode": one.get_mode_display(),
            "result": one.detail.get("failure", ""),
        }
        for one in failed
    ]
    notes = [service.detail.get("refusal", ""), service.detail.get("difficulty", ""), service.note]
    return {
        "organ": facts["organ"],
        "case_no": facts.get("case_no", ""),
        "item_name": facts.get("item_name", ""),
        "date": (service.served_on or local_date(service.created_at)).isoformat(),
        "receiver": service.receiver,
        "document_title": document.title,
        "document_number": document.number or "",
        "mode": service.get_mode_display(),
        "place": service.place,
        "sent_at": service.sent_at.isoformat(),
        "served_on": service.served_on.isoformat() if service.served_on else "",
        "signed_by": service.signed_by,
        "relation": service.relation,
        "published_on": service.published_on.isoformat() if service.published_on else "",
        "published_at": service.detail.get("published_at", ""),
        "witnesses": "、".join(w.get("name", "") for w in service.witnesses),
        "officers": service.officers,
        "proofs": service.proofs,
        "attempts": attempts,
        "note": "；".join(n for n in notes if n),
    }


def complete_announcements(*, at: datetime) -> int:
    """Mark announcements served whose period is over, and make their receipts; how many."""
    due = Service.objects.filter(
        state=Service.State.SENT,
        mode=Service.Mode.ANNOUNCEMENT,
        served_on__lte=local_date(at),
    ).values_list("pk", flat=True)
    return sum(_complete(service_id=pk, at=at) for pk in list(due))


@transaction.atomic
def _complete(*, service_id: int, at: datetime) -> int:
    service = Service.objects.select_for_update().get(pk=service_id)
    if service.state != Service.State.SENT:
        return 0
    service.state = Service.State.SERVED
    service.save(update_fields=["state"])
    _make_receipt(service=service, actor=None, at=at, act=service.act)
    return 1
