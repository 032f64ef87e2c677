"""Reading evidence: by dossier, by permission; and as rows for documents and the archive."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.db.models import QuerySet

from zhiheng.evidence import policies
from zhiheng.evidence.models import EvidenceItem
from zhiheng.kernel import files
from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people

if TYPE_CHECKING:
    from zhiheng.people.api import Actor

VIEW = "evidence.view"


def evidence_of(dossier: ledger.Dossier) -> QuerySet[EvidenceItem]:
    """The evidence of a dossier in the order it came in, excluded pieces included."""
    return EvidenceItem.objects.filter(dossier=dossier).order_by("id")


def access_evidence_by_id(
    *, evidence_id: int, actor: Actor | None, permission: str = VIEW
) -> EvidenceItem:
    """The only way to a piece of evidence for a person: absent and forbidden answer alike."""
    if people.may(actor, permission):
        scope = people.within(people.scope(actor, permission))
        found = EvidenceItem.objects.filter(scope, pk=evidence_id).select_related("dossier")
        if item := found.first():
            return item
    raise NotFound()


def access_dossier_by_id(
    *, dossier_id: int, actor: Actor | None, permission: str
) -> ledger.Dossier:
    """The dossier whose evidence a person may see or add to; absent and forbidden answer alike."""
    if people.may(actor, permission):
        scope = people.within(people.scope(actor, permission))
        if found := ledger.Dossier.objects.filter(scope, pk=dossier_id).first():
            return found
    raise NotFound()


def open_file(item: EvidenceItem) -> IO[bytes]:
    """The untouched original, checked to be whole in length."""
    return files.open_stored(item.file_sha256, size=item.size)


def evidence_rows(dossier: ledger.Dossier) -> list[dict[str, str]]:
    """Verified evidence as the rows that documents list: kind, title, proves, source."""
    verified = evidence_of(dossier).filter(status=EvidenceItem.Status.VERIFIED)
    return [
        {
            "kind": item.get_kind_display(),
            "title": item.title,
            "proves": item.proves,
            "source": item.source,
        }
        for item in verified
    ]


def _collectors(*, item: EvidenceItem) -> str:
    return "、".join(str(one.get("name", "")) for one in item.collectors)


def exhibits_of(dossier: ledger.Dossier) -> list[dict[str, Any]]:
    """All evidence as the rows of the archive (documents.api.archive, `exhibits`)."""
    return [
        {
            "title": item.title,
            "kind": item.get_kind_display(),
            "status": item.get_status_display(),
            "sha256": item.file_sha256,
            "sm3": item.sm3,
            "mime": item.mime,
            "collected_at": item.collected_at.isoformat(),
            "place": item.place,
            "source": item.source,
            "collectors": _collectors(item=item),
            "proves": item.proves,
        }
        for item in evidence_of(dossier)
    ]


def extraction_facts(item: EvidenceItem) -> dict[str, Any]:
    """The facts of the extraction sheet (F-15) that follow from a piece of evidence."""
    form = "PHOTO" if item.mime in policies.PICTURES else "EXTRACT"
    return {
        "kind": item.get_kind_display(),
        "evidence_title": item.title,
        "quantity": "1件",
        "form": form,
        "proves": item.proves,
        "collected_at": item.collected_at.isoformat(),
        "place": item.place,
        "holder": item.source,
        "same_as_original": "原始文件已上传平台并固定摘要，与原始文件一致",
        "file_sha256": item.file_sha256,
        "file_sm3": item.sm3,
        "file_mime": item.mime,
        "description": item.description,
        "officers": [
            {"name": str(c.get("name", "")), "certificate_no": str(c.get("certificate_no", ""))}
            for c in item.collectors
        ],
    }
