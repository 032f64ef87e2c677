"""Taking evidence: the file, its digest, the act and the extraction sheet in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any

from django.db import transaction

from zhiheng.cases.matters import CaseMatter
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel import files
from zhiheng.kernel.clock import local_date
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures

PROOF_LIMIT = 20 * 1024 * 1024
PROOF_TYPES = ("image/jpeg", "image/png", "image/webp", "application/pdf")


@transaction.atomic
def collect(
    matter: CaseMatter,
    *,
    step_id: str,
    upload: Mapping[str, Any],
    actor: Actor,
    values: Mapping[str, Any],
    at: datetime,
    idempotency_key: str,
    reason: str = "",
) -> procedures.Performed:
    """Keep an uploaded file as evidence and take the step that it belongs to.

    Args:
        matter: the case.
        step_id: a step that takes evidence: `add_photo`, or one of `captures.CAPTURES`.
        upload: file, evidence_title, evidence_kind, evidence_source, proves.
        actor: who uploads; all who handle the case now are named as collectors.
        values: the facts the step asks for.
        at: now.
        idempotency_key: one per form shown.
        reason: why a warning is passed over.

    Raises:
        Invalid: the file is empty, too large, or of a kind that is not taken.
    """
    item = evidence.add_evidence(
        dossier=matter.case.dossier, kind=upload["evidence_kind"], title=upload["evidence_title"],
        file=upload["file"], collectors=collectors_of(matter, at=at), collected_at=at,
        place=values.get("photo_place", "") or matter.case.place, source=upload["evidence_source"],
        proves=upload["proves"], description=values.get("photo_note", ""), actor=actor, at=at,
        idempotency_key=f"{idempotency_key}/file",
    )  # fmt: skip
    return procedures.take_step(
        matter, step_id=step_id, actor=actor, values=values, at=at, reason=reason,
        idempotency_key=idempotency_key, evidence_digests=(item.file_sha256,),
        extra={"evidence": item},
    )  # fmt: skip


def collectors_of(matter: CaseMatter, *, at: datetime) -> list[dict[str, Any]]:
    """The officers who handle the case, as they stand on a document."""
    rows = matter.case.handlers.filter(until=None).select_related("account").order_by("-part")
    found = []
    for row in rows:
        standing = elements.officer_standing(row.account_id, local_date(at))
        found.append({
            "name": row.account.name, "certificate_no": standing.certificate_no,
            "account_id": row.account_id,
        })  # fmt: skip
    return found


def keep_proof(file: IO[bytes] | None) -> tuple[str, ...]:
    """Keep the picture of a receipt or a screenshot; its digest goes with the service.

    Raises:
        Invalid: empty, too large, or neither a picture nor a PDF.
    """
    if file is None:
        return ()
    stored = files.store(file, area="service", limit=PROOF_LIMIT, accepted=PROOF_TYPES)
    return (stored.sha256,)
