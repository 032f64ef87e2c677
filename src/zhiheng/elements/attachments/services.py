"""Taking a file in as an attachment."""

import uuid
from datetime import datetime
from typing import IO

from django.db import IntegrityError, transaction

from zhiheng.elements.attachments.selectors import AREA
from zhiheng.elements.models import Attachment, Proposal
from zhiheng.kernel import files
from zhiheng.kernel.errors import NotAllowed
from zhiheng.people import api as people

LIMIT = 50 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
EXTENSIONS = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp",
    f"{_OFFICE}wordprocessingml.document": ".docx", f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
}  # fmt: skip


def attach(
    *,
    slug: str,
    element_uid: uuid.UUID,
    title: str,
    file: IO[bytes],
    name: str,
    actor: people.Actor,
    at: datetime,
    proposal: Proposal | None = None,
) -> Attachment:
    """Keep a file with an element, or with a proposal of its drafter.

    The type is read from the content; the same file sent twice is kept once.

    Raises:
        Invalid: empty, too large, or of a type that is not taken.
        NotAllowed: the proposal is somebody else's, or has been decided.
    """
    if proposal and (proposal.drafted_by_id != actor.account_id or not proposal.is_open):
        raise NotAllowed("只有起草人能给还没办完的变更单加附件。", next_step="请联系起草人。")
    stored = files.store(file, area=AREA, limit=LIMIT, accepted=EXTENSIONS)
    mime = stored.mime or ""
    try:
        with transaction.atomic():
            return Attachment.objects.create(
                slug=slug, element_uid=element_uid, proposal=proposal, title=title.strip(),
                name=_safe(name, EXTENSIONS[mime]), sha256=stored.sha256, sm3=stored.sm3,
                size=stored.size, mime=mime, uploaded_by_id=actor.account_id, uploaded_at=at,
            )  # fmt: skip
    except IntegrityError:
        return Attachment.objects.get(
            element_uid=element_uid, proposal=proposal, sha256=stored.sha256
        )


def _safe(name: str, extension: str) -> str:
    """A name for downloads: no path, no control characters, the extension of its real type."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in plain if c.isprintable() and c not in '"<>:|?*').strip(" .")
    return f"{plain.rsplit('.', 1)[0][:120] or '附件'}{extension}"
