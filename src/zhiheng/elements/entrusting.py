"""委托: which organisations a body may entrust, with what of its own, and the grants that follow.

Law: 行政处罚法 (2021) 第二十条: within the organ's own competence, in writing, no sub-entrustment.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhiheng.elements.models import Body, Grant
from zhiheng.elements.services import record
from zhiheng.kernel.errors import Invalid


def entrustable(*, body: Body, on: date) -> list[Body]:
    """The organisations that are registered as entrusted by this body."""
    found = Body.objects.active(on).filter(
        kind=Body.Kind.ENTRUSTED, entrusted_by__uid=body.uid
    )  # fmt: skip
    return list(found.order_by("code"))


def own_grants(*, body: Body, codes: Sequence[str], on: date) -> dict[str, Grant]:
    """The body's own grants of these items on a day, by item code; entrusted ones are not its own."""
    held = Grant.objects.active(on).filter(body__uid=body.uid, item__code__in=codes)
    found = held.exclude(mode=Grant.Mode.ENTRUSTED).select_related("item").order_by("id")
    return {grant.item.code: grant for grant in found}


def entrusted_until(*, to: Body, codes: Sequence[str], on: date) -> dict[str, date | None]:
    """Which of these items the organisation holds by entrustment on a day, and until when."""
    held = Grant.objects.active(on).filter(
        body__uid=to.uid, item__code__in=codes, mode=Grant.Mode.ENTRUSTED
    )
    return dict(held.values_list("item__code", "valid_until"))


@transaction.atomic
def entrust(
    *, grants: Sequence[Grant], to: Body, valid_from: date, valid_until: date, doc_no: str,
    doc_title: str, owner_id: int, at: datetime,
) -> list[Grant]:  # fmt: skip
    """Enter in the register what a published letter entrusts; each grant rests on the organ's own.

    Raises:
        Invalid: the period is empty.
    """
    if valid_until <= valid_from:
        raise Invalid("委托还没有开始就已届满，不能登记。", next_step="请另行签发委托书。")
    return [
        record(
            row=Grant(
                item=own.item, body=to, mode=Grant.Mode.ENTRUSTED, derived_from=own,
                region_code=own.region_code, except_regions=own.except_regions, doc_no=doc_no,
                doc_title=doc_title, valid_from=valid_from, valid_until=valid_until,
                owner_id=owner_id, source_sys="entrustment", source_id=doc_no[:64],
            ),
            at=at,
        )
        for own in grants
    ]  # fmt: skip
