"""The files themselves: as download or as a small picture, never as a page of ours."""

from typing import TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhiheng.evidence.models import EvidenceItem
from zhiheng.evidence.selectors import access_evidence_by_id, open_file
from zhiheng.kernel import pictures
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.people import api as people

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
THUMB_SIDE = 640
R = TypeVar("R", bound=HttpResponseBase)


def _harmless(response: R) -> R:
    """No sniffing, no scripts, no framing, no sharing with caches in between."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, max_age=3600)
    return response


@require_safe
@people.requires("evidence.view")  # type: ignore[arg-type]
def evidence_file(request: HttpRequest, evidence_id: int) -> FileResponse:
    """The untouched original, always as a download."""
    actor = request.actor  # type: ignore[attr-defined]
    item = access_evidence_by_id(evidence_id=evidence_id, actor=actor)
    response = FileResponse(open_file(item), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, item.name) or "attachment"
    response["Digest"] = f"sha-256={item.file_sha256}"
    return _harmless(response)


@require_safe
@people.requires("evidence.view")
def evidence_thumb(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """A small picture made afresh from the original, without its metadata."""
    actor = request.actor  # type: ignore[attr-defined]
    item = access_evidence_by_id(evidence_id=evidence_id, actor=actor)
    return thumb_of(item)


def thumb_of(item: EvidenceItem) -> HttpResponse:
    """The small picture of a piece that the caller may see.

    Raises:
        NotFound: it is no picture, or none that can be read.
    """
    if not item.is_image:
        raise NotFound("这件证据没有缩略图。", next_step="请下载原件查看。")
    try:
        with open_file(item) as stream:
            small = pictures.shrink(stream, side=THUMB_SIDE)
    except Invalid as error:
        raise NotFound(error.message, next_step=error.next_step) from error
    response = HttpResponse(small, content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return _harmless(response)
