"""What measures ask of the registers: coercion items of a body, accredited laboratories."""

from datetime import date

from zhiheng.elements.competence import may_body_do_item
from zhiheng.elements.models import Body, Grant, Item, Laboratory

MOST = 200


def may_coerce(*, body_code: str, region_code: str, on: date) -> bool:
    """Whether one coercion item is granted to the body here on the day, not by entrustment.

    Law: 行政强制法第十七条、第二十二条.
    """
    bodies = Body.objects.as_of(on).filter(code=body_code).values("uid")
    grants = (
        Grant.objects.active(on)
        .filter(body__uid__in=bodies, item__kind=Item.Kind.COERCION)
        .exclude(mode=Grant.Mode.ENTRUSTED)
    )
    codes = set(grants.values_list("item__code", flat=True)[:MOST])
    return any(
        may_body_do_item(body_code=body_code, item_code=code, region_code=region_code, on=on).ok
        for code in sorted(codes)
    )


def laboratories(*, on: date) -> list[tuple[str, bool]]:
    """Names in order, with whether the accreditation covers the day."""
    rows = Laboratory.objects.active(on).order_by("name", "id")[:MOST]
    return [
        (
            row.name,
            (row.accredited_from is None or row.accredited_from <= on) and on <= row.accredited_until,
        )
        for row in rows
    ]  # fmt: skip
