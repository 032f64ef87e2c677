"""How the files of evidence leave us: harmless, as a download or as a small picture."""

from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from zhiheng.evidence.models import EvidenceItem
from zhiheng.evidence.selectors import open_file
from zhiheng.kernel import pictures
from zhiheng.kernel.errors import Invalid, NotFound

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
THUMB_SIDE = 640
R = TypeVar("R", bound=HttpResponseBase)


def harmless(response: R) -> R:
    """No sniffing, no scripts, no framing, no sharing with caches in between."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, max_age=3600)
    return response


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
    return harmless(response)
