"""From a document's facts to its stored, sealed file; and the preview of what is not issued."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pypdf import PdfReader

from zhiheng.documents import archiving, pagedata, pictures, privacy, sealing, typesetting
from zhiheng.documents.models import Document
from zhiheng.documents.selectors import documents_root, paper_of
from zhiheng.kernel import files

AREA = "documents"
ARCHIVE = "F-55"
PICTURED = frozenset({"F-10", "F-15"})


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """A file that lies in the store."""

    sha256: str
    sm3: str
    size: int
    pages: int
    seal_name: str


def data_of(*, document: Document, mark: str = "") -> dict[str, Any]:
    """What the template of a document reads."""
    template = paper_of(document=document)
    facts = privacy.open_facts(facts=document.facts)
    return pagedata.page_data(
        template=template,
        facts=facts,
        title=document.title,
        number=document.number or "",
        check_code="" if mark == "DRAFT" else document.check_code,
        mark=mark,
        simulated=template.seal and sealing.seal_port().simulated,
        extra=_picture(document=document, facts=facts),
    )


def _picture(*, document: Document, facts: dict[str, Any]) -> dict[str, Any]:
    """The photo or drawing that a sheet shows; the code that a payment slip is paid by."""
    if address := facts.get("payment_url"):
        return {"picture": typesetting.qr_svg(text=address)}
    if document.code not in PICTURED:
        return {}
    svg = pictures.picture_svg(sha256=facts.get("file_sha256", ""), mime=facts.get("file_mime", ""))
    return {"picture": svg or None}


def render(document: Document, *, mark: str = "") -> bytes:
    """The document as PDF before sealing: the same facts give the same bytes."""
    template = paper_of(document=document)
    pdf: bytes = typesetting.typeset(
        root=documents_root(),
        source=template.source,
        data=data_of(document=document, mark=mark),
        on=document.dated_on,
    )
    return pdf


def preview(*, document: Document) -> bytes:
    """A draft or voided document for viewing, marked across the page and never sealed."""
    return render(document=document, mark=document.state)


def make_file(*, document: Document, at: datetime, file_of: archiving.FileOf) -> MadeFile:
    """Render, seal where the template asks for it, and store durably."""
    template = paper_of(document=document)
    if document.code == ARCHIVE:
        pdf, pages = archiving.build(document=document, file_of=file_of)
    else:
        pdf = render(document=document)
        pages = len(PdfReader(io.BytesIO(pdf)).pages)
    seal_name = ""
    if template.seal:
        port = sealing.seal_port()
        pdf = port.seal(pdf=pdf, organ=document.organ_name, at=at)
        seal_name = f"{document.organ_name}（{port.name}）" if port.simulated else port.name
    stored = files.store(io.BytesIO(pdf), area=AREA, accepted={"application/pdf"})
    return MadeFile(
        sha256=stored.sha256,
        sm3=stored.sm3,
        size=stored.size,
        pages=pages,
        seal_name=seal_name,
    )


def stored_file(*, document: Document) -> bytes:
    """The stored file, checked against the digest in the row."""
    return files.read(document.file_sha256, area=AREA)
