"""Which seal may stand on a document: one of the body's that is in use."""

from datetime import date

from zhiheng.elements.models import Seal, Status


def seal_fault(*, body_code: str, document_code: str, on: date) -> str:
    """Why a body cannot seal a kind of document on a day; empty when it can.

    A body none of whose seals is registered for the document is not held up: the register may
    not be complete. Whoever has one that is out of use has no right to it.
    """
    rows = Seal.objects.as_of(on).filter(body__code=body_code).order_by("code")
    seals = [one for one in rows if not one.templates or document_code in one.templates]
    if not seals or any(one.status == Status.ACTIVE for one in seals):
        return ""
    names = "、".join(one.name for one in seals[:3])
    return f"印章“{names}”正在停用，不能加盖。"
