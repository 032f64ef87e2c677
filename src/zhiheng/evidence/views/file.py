"""The files themselves: as download or as a small picture, never as a page of ours."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhiheng.evidence.pictures import harmless, thumb_of
from zhiheng.evidence.selectors import access_evidence_by_id, open_file
from zhiheng.people import api as people


@require_safe
@people.requires("evidence.view")  # type: ignore[arg-type]
def evidence_file(request: HttpRequest, evidence_id: int) -> FileResponse:
    """The untouched original, always as a download."""
    actor = request.actor  # type: ignore[attr-defined]
    item = access_evidence_by_id(evidence_id=evidence_id, actor=actor)
    response = FileResponse(open_file(item), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, item.name) or "attachment"
    response["Digest"] = f"sha-256={item.file_sha256}"
    return harmless(response)


@require_safe
@people.requires("evidence.view")
def evidence_thumb(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """A small picture made afresh from the original, without its metadata."""
    actor = request.actor  # type: ignore[attr-defined]
    item = access_evidence_by_id(evidence_id=evidence_id, actor=actor)
    return thumb_of(item)
