"""Clues under way on items that are about to move (law.md D.3)."""

import uuid
from collections.abc import Collection

from django.urls import reverse

from zhiheng.clues.models import Clue
from zhiheng.elements.api import OpenMatter
from zhiheng.kernel.clock import local_date


def find_open_clues(
    *, item_uids: Collection[uuid.UUID], agency_codes: Collection[str], most: int
) -> list[OpenMatter]:
    """Clues not yet dealt with on these items at these bodies, the newest first."""
    rows = (
        Clue.objects.filter(
            agency_code__in=agency_codes, item__uid__in=item_uids, dossier__closed_at=None
        )
        .order_by("-dossier_id")
        .values_list("number", "description", "agency_code", "item__uid", "received_at")
    )
    return [
        OpenMatter(
            "线索", number, text[:60], reverse("clue", args=[number]), agency, uid, local_date(at)
        )
        for number, text, agency, uid, at in rows[:most]
    ]
