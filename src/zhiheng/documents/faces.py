"""Documents as rows of a screen."""

from collections.abc import Iterable

from django.urls import reverse

from zhiheng.documents.models import Document
from zhiheng.web.faces import DocumentFace, Tone


def document_faces(rows: Iterable[Document]) -> list[DocumentFace]:
    """Documents of the dossier as rows."""
    faces = []
    for row in rows:
        ready = row.is_ready
        state = (
            row.get_state_display() if row.state == "VOID" else "已成文" if ready else "正在生成"
        )
        tone: Tone = "stop" if row.state == "VOID" else "ok" if ready else "warn"
        if ready and row.sealed:
            state = "已签章"
        faces.append(DocumentFace(
            title=row.title, number=row.number or "", state=state, tone=tone, when=row.dated_on,
            href=reverse("document", args=[row.pk]), note=row.last_error,
        ))  # fmt: skip
    return faces
