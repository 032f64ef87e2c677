"""Attachments of an element or a proposal, and opening one."""

import uuid
from collections.abc import Iterable
from typing import IO

from django.urls import reverse

from zhiheng.elements import registers
from zhiheng.elements.models import Attachment, Proposal
from zhiheng.kernel import files
from zhiheng.kernel.errors import NotFound
from zhiheng.people import api as people
from zhiheng.web import words
from zhiheng.web.faces import Cell, Table

AREA = "elements"
MOST = 100
_KB, _MB = 1024, 1024 * 1024


def of_element(*, uid: uuid.UUID) -> list[Attachment]:
    """Files of an element: its own, and those that came with published proposals."""
    rows = Attachment.objects.filter(element_uid=uid).exclude(
        proposal__isnull=False, proposal__state__in=("DRAFT", "IN_REVIEW", "REVIEWED", "WITHDRAWN")
    )
    return list(rows.select_related("uploaded_by").order_by("-id")[:MOST])


def of_proposal(*, proposal: Proposal) -> list[Attachment]:
    """Files that came with a proposal."""
    return list(proposal.attachments.select_related("uploaded_by").order_by("-id")[:MOST])


def access_attachment(
    *, attachment_id: int, actor: people.Actor, prefixes: tuple[str, ...]
) -> Attachment:
    """A file whose element or proposal this person may see; absent and forbidden answer alike.

    Files of registers with personal data are for those whose work needs it, and for editors.
    """
    missing = NotFound("没有这份附件，或者您无权查看。", next_step="请从要素页面重新打开。")
    found = Attachment.objects.select_related("proposal").filter(pk=attachment_id).first()
    if found is None:
        raise missing
    may_handle = any(
        people.may(actor, name) for name in ("element.edit", "element.review", "element.publish")
    )
    register = registers.get_register(slug=found.slug)
    if found.proposal is not None:
        inside = any(found.proposal.region_code.startswith(prefix) for prefix in prefixes)
        if (not may_handle and found.proposal.state != Proposal.State.PUBLISHED) or not inside:
            raise missing
    else:
        registers.get_versions(register=register, uid=found.element_uid, prefixes=prefixes)
    if register.personal and not (may_handle or people.may(actor, "element.personal")):
        raise missing
    return found


def open_file(found: Attachment) -> IO[bytes]:
    """The stored content; that it is there and whole in length is checked."""
    return files.open_stored(found.sha256, area=AREA, size=found.size)


def table_of(*, rows: Iterable[Attachment]) -> Table:
    """Files with who put them there and their digest."""
    lines = tuple(
        (
            Cell(one.title, "strong", href=reverse("element_file", args=[one.pk]), note=one.name),
            _size(one.size), one.uploaded_by.name, Cell(words.moment(one.uploaded_at), "num"),
            Cell(f"{one.sha256[:16]}…", "num"),
        )
        for one in rows
    )  # fmt: skip
    return Table(("附件", "大小", "上传人", "时间", "SHA-256"), lines, "附件")


def _size(size: int) -> str:
    return f"{size / _MB:.1f} 兆字节" if size >= _MB else f"{max(size // _KB, 1)} 千字节"
