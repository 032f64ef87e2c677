"""Cases under way on items that are about to move (law.md D.3)."""

import uuid
from collections.abc import Collection

from django.urls import reverse

from zhiheng.cases.models import Case
from zhiheng.elements.api import OpenMatter


def find_open_cases(
    *, item_uids: Collection[uuid.UUID], agency_codes: Collection[str], most: int
) -> list[OpenMatter]:
    """Cases not yet closed on these items at these bodies, the newest first."""
    rows = (
        Case.objects.filter(
            agency_code__in=agency_codes, item__uid__in=item_uids, dossier__closed_at=None
        )
        .order_by("-dossier_id")
        .values_list("number", "title", "code", "agency_code", "item__uid", "filed_on")
    )
    return [
        OpenMatter("案件", number, title, reverse("case", args=[code]), agency, uid, filed)
        for number, title, code, agency, uid, filed in rows[:most]
    ]
