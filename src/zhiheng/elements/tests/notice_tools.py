"""What tests of notices share: drafting one through the service and carrying it to its end."""

from datetime import UTC, date, datetime
from typing import Any

from tests import cast
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import AdjustmentAction, AdjustmentNotice, Body, Grant, Item
from zhiheng.elements.notices import drafting, life
from zhiheng.kernel import bulk

Kind = AdjustmentAction.Kind
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
NEXT_MONTH = date(2026, 12, 15)
CENTRE, TOWN, TOWN_REGION = "QH-ZF", "QH-CD", "339901001"
DRAFTER, REVIEWER, PUBLISHER = cast.ELEMENT_ADMIN, cast.LEGAL_REVIEWER, cast.AGENCY_HEAD


def body(code: str) -> Body:
    """The body known now."""
    return Body.objects.known().get(code=code, valid_until=None)


def item(code: str, on: date = NEXT_MONTH) -> Item:
    """The item of a day."""
    return Item.objects.active(on).get(code=code)


def draft(number: str = "青政通〔2026〕90号", **more: Any) -> AdjustmentNotice:
    """An empty notice for next month."""
    head = {
        "notice_no": number, "title": "关于调整行政执法事项的通告", "issuer": "青衡县人民政府",
        "level_approval": "浙政函〔2026〕9号", "issued_on": None, "publish_url": "",
        "effective_on": NEXT_MONTH,
    }  # fmt: skip
    return drafting.draft(
        actor=cast.actor(DRAFTER), at=AT, key=f"test/{number}", region_code="339901", **head | more
    )


def add(notice: AdjustmentNotice, codes: list[str], kind: str = Kind.MOVE_IN, **terms: Any) -> int:
    """Actions on items of these codes."""
    return drafting.add_actions(
        notice_id=notice.pk, actor=cast.actor(DRAFTER), terms=drafting.Terms(kind=kind, **terms),
        rows=[(item(code, notice.effective_on), "") for code in codes],
    )  # fmt: skip


def publish(notice: AdjustmentNotice, at: datetime = AT) -> AdjustmentNotice:
    """Sent on, approved and published by three people."""
    life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=at)
    life.approve(notice_id=notice.pk, actor=cast.actor(REVIEWER), at=at)
    life.publish(notice_id=notice.pk, actor=cast.actor(PUBLISHER), at=at)
    notice.refresh_from_db()
    return notice


def many_items(count: int, holder: str = CENTRE) -> list[str]:
    """Further items of the county, held by a body; returns their codes."""
    base = Item.objects.known().get(code="QH-CG-018")
    names = [f.attname for f in Item._meta.concrete_fields]
    kept = {
        n: getattr(base, n) for n in names if n not in ("id", "uid", "code", "name", "known_from")
    }
    rows = store([
        Item(code=f"QH-TT-{n:05d}", name=f"测试事项{n}", **kept) for n in range(1, count + 1)
    ])  # fmt: skip
    held = body(holder)
    store([
        Grant(item=row, body=held, mode="CENTRALISED", doc_no="青政通〔2023〕5号", **header())
        for row in rows
    ])  # fmt: skip
    bulk.count_anew(Grant, Item)
    return [row.code for row in rows]
