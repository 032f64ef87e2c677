"""移送标准 on a day: by which an organ hands matters on to another organ."""

from datetime import date

from django.db.models import Q

from zhiheng.elements.models import TransferStandard


def transfer_standards(*, from_code: str, on: date) -> list[TransferStandard]:
    """The standards between organs in use on a day, of this organ or of any, with item, receiver."""
    rows = TransferStandard.objects.active(on).filter(
        Q(from_body=None) | Q(from_body__code=from_code),
        kind=TransferStandard.Kind.ADMINISTRATIVE,
    )  # fmt: skip
    return list(rows.select_related("to_body", "item").order_by("code", "id"))
