"""Which items a body may punish on the spot today, and which stand on its list for fast handling."""

from datetime import date

from zhiheng.elements import competence
from zhiheng.elements.models import FlexibleEntry, Grant, Item


def spot_items(*, body_code: str, region_code: str, on: date) -> list[Item]:
    """Items that the body may do in the region on the day and that allow a penalty on the spot.

    Law: 行政处罚法 17, 51.
    """
    granted = Grant.objects.active(on).filter(body__code=body_code, item__on_the_spot=True)
    codes = set(granted.values_list("item__code", flat=True))
    rows = Item.objects.active(on).filter(code__in=codes, on_the_spot=True)
    return [
        row
        for row in rows.select_related("penalty_basis__basis").order_by("code")
        if competence.may_body_do_item(
            body_code=body_code, item_code=row.code, region_code=region_code, on=on
        ).ok
    ]


def is_on_fast_list(*, item_code: str, region_code: str, on: date) -> bool:
    """Whether a published list of the region names the item for fast handling (轻微速罚)."""
    rows = FlexibleEntry.objects.active(on).filter(kind=FlexibleEntry.Kind.FAST)
    regions = rows.filter(item__code=item_code).values_list("region_code", flat=True)
    return any(region_code.startswith(each.rstrip("0") or each) for each in regions)
