"""Evidence on its way to another dossier: taken once, the same file, never collected again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhiheng.evidence.locks import refuse_locked
from zhiheng.evidence.models import Carried, EvidenceItem
from zhiheng.kernel import files
from zhiheng.ledger import api as ledger

if TYPE_CHECKING:
    from zhiheng.people.api import Actor

KEPT = ("kind", "title", "description", "proves", "file_sha256", "sm3", "size", "mime", "name",
        "collectors", "collected_at", "device_at", "place", "source")  # fmt: skip


@transaction.atomic
def carry_over(
    *, items: Iterable[EvidenceItem], dossier: ledger.Dossier, actor: Actor, at: datetime
) -> list[EvidenceItem]:
    """Take pieces of another dossier into this one; the same piece a second time is the first.

    Each stored file is checked against its digest before it is taken over. Who took it, when and
    where stay as they were; it has to be verified for the new matter.

    Raises:
        StorageError: a stored file no longer has its digest.
        NotAllowed: the dossier takes no more evidence, or not from this person.

    Law: 行政处罚法第二十七条第二款、第四十六条第二款.
    """
    wanted = list(items)
    known = Carried.objects.filter(item__in=wanted).select_related("origin")
    first = {each.item_id: each.origin for each in known}
    return [_carried(first.get(one.pk, one), dossier=dossier, actor=actor, at=at) for one in wanted]


def _carried(
    origin: EvidenceItem, *, dossier: ledger.Dossier, actor: Actor, at: datetime
) -> EvidenceItem:
    key = f"carry/{dossier.pk}/{origin.pk}"
    if found := EvidenceItem.objects.filter(idempotency_key=key).first():
        return found
    refuse_locked(dossier=dossier, actor=actor)
    files.verify(origin.file_sha256)
    item = EvidenceItem.objects.create(
        dossier=dossier, region_code=dossier.region_code, agency_code=dossier.agency_code,
        idempotency_key=key, created_by=actor.name, created_by_id=actor.account_id, created_at=at,
        **{name: getattr(origin, name) for name in KEPT},
    )  # fmt: skip
    Carried.objects.create(item=item, origin=origin)
    item.act = ledger.record_act(
        dossier=dossier, kind="evidence.carry", title=f"接收移送的证据：{item.title}", actor=actor,
        occurred_at=at, payload={"evidence": item.pk, "origin": origin.pk, "sm3": item.sm3},
        evidence_digests=[item.file_sha256], idempotency_key=f"evidence/{key}",
    )  # fmt: skip
    item.save(update_fields=["act"])
    return item


def origin_of(item: EvidenceItem) -> EvidenceItem | None:
    """The piece that this one was handed on from, where it was."""
    found = Carried.objects.filter(pk=item.pk).select_related("origin__dossier").first()
    return found.origin if found else None
