"""Proposals, attachments and merges of the tests, all made through services."""

import io
import uuid
from datetime import UTC, date, datetime
from typing import Any

from tests import cast
from zhiheng.elements.attachments.services import attach
from zhiheng.elements.merging import services as merging
from zhiheng.elements.models import Attachment, DutyBoundary, Proposal, Subject, SubjectMerge
from zhiheng.elements.proposals import services

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
FROM = date(2026, 12, 1)
DRAFTER, REVIEWER, PUBLISHER = cast.ELEMENT_ADMIN, cast.LEGAL_REVIEWER, cast.AGENCY_HEAD
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


def boundary() -> DutyBoundary:
    """The first duty boundary of the demo county, as known now."""
    return DutyBoundary.objects.known().order_by("code").first()


def draft_of_boundary(*, by: str = DRAFTER, key: str = "", **values: Any) -> Proposal:
    """A draft that changes the first boundary from December on."""
    return draft(base=boundary(), by=by, key=key, values=values)


def draft(*, base: Any, values: dict[str, Any], by: str = DRAFTER, key: str = "", **more: Any):
    """A draft of an amendment."""
    known = {
        "slug": "boundaries", "kind": "AMEND", "valid_from": FROM, "reason": "机构调整",
        "at": AT, "key": key or uuid.uuid4().hex,
    }  # fmt: skip
    return services.draft(base=base, values=values, actor=cast.actor(by), **known | more)


def take(proposal: Proposal, step_id: str, by: str, **more: Any) -> Proposal:
    """One step by one of the cast."""
    known = {"at": AT, "note": ""} | more
    return services.take(proposal=proposal, step_id=step_id, actor=cast.actor(by), **known)


def published(proposal: Proposal, at: datetime = AT) -> Proposal:
    """The proposal, submitted, reviewed and published by three people."""
    drafter = proposal.drafted_by.username
    take(proposal, "submit", drafter, at=at)
    take(proposal, "approve", REVIEWER, at=at)
    return take(proposal, "publish", PUBLISHER, at=at)


def attachment(content: bytes = PDF, **more: Any) -> Attachment:
    """A file kept with the first boundary."""
    known = {"slug": "boundaries", "element_uid": boundary().uid, "title": "批准文件"}
    known |= {"name": "批准.pdf", "actor": cast.actor(DRAFTER), "at": AT}
    return attach(file=io.BytesIO(content), **known | more)


def twins() -> tuple[Subject, Subject]:
    """Two registrations of one shop."""
    rows = Subject.objects.known().filter(name="青衡县月半弯茶餐厅").order_by("pk")
    one, other = rows
    return one, other


def merged(survived: dict[str, str] | None = None) -> SubjectMerge:
    """The twins, merged."""
    one, other = twins()
    return merging.merge(
        kept=one, gone=other, survived=survived or {}, reason="营业执照相同",
        actor=cast.actor(DRAFTER), at=AT,
    )  # fmt: skip
