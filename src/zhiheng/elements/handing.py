"""移送标准 on a day: when a matter of an item goes from one organ to another."""

from datetime import date

from django.db.models import Q

from zhiheng.elements.models import Item, TransferStandard


def transfer_standards(*, item: Item, from_code: str, on: date) -> list[TransferStandard]:
    """The standards between organs in use on a day for an item, of this organ or of any."""
    rows = TransferStandard.objects.active(on).filter(
        Q(from_body=None) | Q(from_body__code=from_code),
        item__uid=item.uid, kind=TransferStandard.Kind.ADMINISTRATIVE,
    )  # fmt: skip
    return list(rows.select_related("to_body").order_by("code", "id"))
