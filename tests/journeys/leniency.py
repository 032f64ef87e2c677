"""The list of leniency, as a journey needs it: one entry more for the item of the case."""

import uuid
from datetime import date
from typing import Any

from django.utils import timezone

from zhiheng.elements.models import FlexibleEntry, Item, Status


def listed(item: Item, kind: str, **known: Any) -> FlexibleEntry:
    """A published entry that has held since the beginning of the year."""
    usual = {
        "uid": uuid.uuid4(), "code": f"QH-RX-{kind}", "item": item, "kind": kind,
        "legal_ground": "行政处罚法第三十三条第一款", "conditions": ["限期内改正"], "excluded": ["逾期不改正"],
        "lookback_months": 24 if kind == "FIRST" else None, "status": Status.ACTIVE,
        "valid_from": date(2026, 1, 1), "known_from": timezone.now(),
    }  # fmt: skip
    return FlexibleEntry.objects.create(**{**usual, **known})
