"""Collecting, verifying and excluding evidence: one function per legal act, each in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction

from zhiheng.evidence import policies
from zhiheng.evidence.locks import refuse_locked
from zhiheng.evidence.models import EvidenceItem
from zhiheng.kernel import files, pictures
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.ledger import api as ledger

if TYPE_CHECKING:
    from zhiheng.people.api import Actor

LIMIT = 200 * 1024 * 1024
PROBE_SIDE = 64


def add_evidence(
    *,
    dossier: ledger.Dossier,
    kind: str,
    title: str,
    file: IO[bytes],
    collectors: Sequence[Mapping[str, Any]],
    collected_at: datetime,
    place: str,
    source: str,
    actor: Actor | None,
    at: datetime,
    idempotency_key: str | None = None,
    name: str = "",
    description: str = "",
    proves: str = "",
    device_at: datetime | None = None,
    lon: float | None = None,
    lat: float | None = None,
) -> EvidenceItem:
    """Take a file in as evidence; its digests are in the ledger before anyone else sees it.

    The type is read from the content, the size is limited, SHA-256 and SM3 are taken while the
    file streams to the store. With the same idempotency key the earlier piece comes back: a phone
    without signal may send twice.

    Args:
        dossier: the matter.
        kind: EvidenceItem.Kind, one of the eight kinds of the law.
        title: what it is called.
        file: the content, read from where it stands.
        collectors: [{name, certificate_no, account_id}] of those who took it.
        collected_at: when it was taken, aware.
        place: where it was taken.
        source: who gave it, or who made it with what.
        actor: who uploads.
        at: the instant of the upload.
        idempotency_key: makes a repeated upload harmless.
        name: the file's name as the person knows it; never becomes a path.
        description: anything worth saying.
        proves: what it is to prove.
        device_at: the time that the device showed.
        lon: longitude (WGS 84).
        lat: latitude.

    Raises:
        Invalid: empty, too large, of a type that is not taken, damaged, or facts are missing.
        Conflict: the key was used for another dossier.

    Law: 行政处罚法第四十六条、第四十七条.
    """
    if found := _by_key(key=idempotency_key, dossier=dossier):
        return found
    refuse_locked(dossier=dossier, actor=actor)
    _refuse_incomplete(kind=kind, title=title, place=place, source=source,
                       collectors=collectors, collected_at=collected_at, at=at)  # fmt: skip
    stored = _take(file=file)
    mime = stored.mime or ""
    item = EvidenceItem(
        dossier=dossier,
        region_code=dossier.region_code,
        agency_code=dossier.agency_code,
        kind=kind,
        title=title.strip(),
        description=description,
        proves=proves,
        file_sha256=stored.sha256,
        sm3=stored.sm3,
        size=stored.size,
        mime=mime,
        name=policies.safe_name(name=name or title, mime=mime),
        collectors=[dict(one) for one in collectors],
        collected_at=collected_at,
        device_at=device_at,
        place=place.strip(),
        source=source.strip(),
        idempotency_key=idempotency_key or None,
        created_by=actor.name if actor else "系统",
        created_by_id=actor.account_id if actor else None,
        created_at=at,
    )
    try:
        return _record(item=item, actor=actor, lon=lon, lat=lat)
    except IntegrityError:
        if found := _by_key(key=idempotency_key, dossier=dossier):
            return found
        raise


def _by_key(*, key: str | None, dossier: ledger.Dossier) -> EvidenceItem | None:
    found = EvidenceItem.objects.filter(idempotency_key=key).first() if key else None
    if found and found.dossier_id != dossier.pk:
        raise Conflict("这次上传已经登记在另一个卷宗。", next_step="请刷新页面后重新上传。")
    return found


def _refuse_incomplete(*, kind: str, **facts: Any) -> None:
    errors = policies.problems_of(**facts)
    if kind not in EvidenceItem.Kind.values:
        errors["kind"] = "请选择证据种类。"
    if errors:
        raise Invalid("证据没有保存：" + "".join(errors.values()), fields=errors)


def _take(*, file: IO[bytes]) -> files.Stored:
    """Store the file; a picture that cannot be opened is refused before it gets there."""
    head = file.read(files.HEAD) if file.seekable() else b""
    if head:
        file.seek(0)
        if files.sniff(head) in policies.PICTURES:
            pictures.shrink(file, side=PROBE_SIDE)
            file.seek(0)
    limit = int(getattr(settings, "EVIDENCE_LIMIT", LIMIT))
    return files.store(file, limit=limit, accepted=policies.ACCEPTED)


@transaction.atomic
def _record(
    *, item: EvidenceItem, actor: Actor | None, lon: float | None, lat: float | None
) -> EvidenceItem:
    key = f"evidence/{item.idempotency_key}" if item.idempotency_key else None
    item.save()
    item.act = ledger.record_act(
        dossier=item.dossier,
        kind="evidence.add",
        title=f"收集证据：{item.title}",
        actor=actor,
        occurred_at=item.collected_at,
        payload={
            "evidence": item.pk,
            "kind": item.kind,
            "mime": item.mime,
            "size": item.size,
            "sm3": item.sm3,
            "collectors": [one.get("name", "") for one in item.collectors],
        },
        evidence_digests=[item.file_sha256],
        place=item.place,
        lon=lon,
        lat=lat,
        device_at=item.device_at,
        idempotency_key=key,
    )
    item.save(update_fields=["act"])
    return item


def verify_item(
    *, item: EvidenceItem, actor: Actor | None, at: datetime, note: str = ""
) -> EvidenceItem:
    """Record that a piece of evidence was verified (查证属实); the file's digest is checked first.

    Raises:
        StorageError: the stored file no longer has its digest.
        Conflict: it was excluded before.

    Law: 行政处罚法第四十六条第二款.
    """
    files.verify(item.file_sha256)
    return _decide(
        item=item, status=EvidenceItem.Status.VERIFIED, reason=note, actor=actor, at=at,
        kind="evidence.verify", title=f"核实证据：{item.title}",
    )  # fmt: skip


def exclude_item(
    *, item: EvidenceItem, reason: str, actor: Actor | None, at: datetime, ground: str = ""
) -> EvidenceItem:
    """Exclude a piece of evidence with a reason; the file stays, no document lists it any more.

    Args:
        item: the piece.
        reason: why, in words; required.
        actor: who excludes.
        at: the instant.
        ground: one of policies.EXCLUSIONS.

    Law: 行政处罚法第四十六条第三款.
    """
    label = policies.EXCLUSIONS.get(ground, "")
    words = "：".join(part for part in (label, reason.strip()) if part)
    if not reason.strip():
        raise Invalid("排除证据要写明理由。", fields={"reason": "请填写排除的理由。"})
    return _decide(
        item=item, status=EvidenceItem.Status.EXCLUDED, reason=words, actor=actor, at=at,
        kind="evidence.exclude", title=f"排除证据：{item.title}",
    )  # fmt: skip


@transaction.atomic
def _decide(
    *,
    item: EvidenceItem,
    status: str,
    reason: str,
    actor: Actor | None,
    at: datetime,
    kind: str,
    title: str,
) -> EvidenceItem:
    locked = EvidenceItem.objects.select_for_update().select_related("dossier").get(pk=item.pk)
    if locked.status == status:
        return locked
    refuse_locked(dossier=locked.dossier, actor=actor)
    if locked.status == EvidenceItem.Status.EXCLUDED:
        raise Conflict("该证据已被排除，不能再核实。", next_step="如需使用，请重新依法收集。")
    locked.status = status
    locked.status_reason = reason[:300]
    locked.status_by = actor.name if actor else "系统"
    locked.status_at = at
    locked.save(update_fields=["status", "status_reason", "status_by", "status_at"])
    ledger.record_act(
        dossier=locked.dossier,
        kind=kind,
        title=title,
        actor=actor,
        occurred_at=at,
        payload={"evidence": locked.pk, "reason": locked.status_reason},
        evidence_digests=[locked.file_sha256],
    )
    return locked
