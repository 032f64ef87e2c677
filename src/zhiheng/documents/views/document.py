"""One document and its file."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhiheng.documents import sealcheck, sealing
from zhiheng.documents.models import Document
from zhiheng.documents.pages import TONES, DocumentPage, facts_of, service_facts
from zhiheng.documents.production import stored_file
from zhiheng.documents.selectors import access_document_by_id
from zhiheng.documents.services import document_pdf
from zhiheng.kernel import clock
from zhiheng.people import api as people
from zhiheng.web.pages import render_page

INLINE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@require_safe
@people.requires("document.view")
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """What a document is, with its file, its seal and its service."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access_document_by_id(document_id=document_id, actor=actor)
    pdf_href = reverse("document_pdf", args=[found.pk])
    page = DocumentPage(
        document=found,
        facts=facts_of(found),
        tone=TONES[found.state],
        pdf_href=pdf_href,
        download_href=f"{pdf_href}?download=1",
        check_href=reverse("check_code", args=[found.check_code]) if found.issued_at else "",
        seal=_seal(found=found),
        simulated=sealing.seal_port().simulated,
        services=[service_facts(one) for one in found.services.all()],
    )
    return render_page(request, "documents/document.html", page)


def _seal(*, found: Document) -> sealcheck.SealReading | None:
    if not found.is_ready or not found.sealed:
        return None
    return sealcheck.read_kept_seal(
        sha256=found.file_sha256, pdf_of=lambda: stored_file(document=found)
    )


@require_safe
@people.requires("document.view")
def document_file(request: HttpRequest, document_id: int) -> HttpResponse:
    """The PDF, shown in the browser or as a download; made now if the worker is behind."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access_document_by_id(document_id=document_id, actor=actor)
    pdf = document_pdf(found, at=clock.now())
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{found.title}{found.number or ''}.pdf"
    download = request.GET.get("download") == "1"
    response["Content-Disposition"] = content_disposition_header(download, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = INLINE
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, max-age=60"
    return response
