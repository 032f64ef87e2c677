"""What clues tell of a party: least data for those who may not open them."""

from collections.abc import Sequence

from django.urls import reverse

from zhiheng.clues.models import Clue
from zhiheng.clues.pages import state_of
from zhiheng.elements.api import PartyMatter
from zhiheng.kernel.clock import local_date
from zhiheng.people import api as people


def clues_of_party(
    *, subject_ids: Sequence[int], actor: people.Actor, below: int | None, limit: int
) -> list[PartyMatter]:
    """Clues that were matched to the party and have not become a case, the newest first."""
    rows = Clue.objects.filter(subject_id__in=subject_ids, case=None).select_related("item")
    rows = rows.filter(pk__lt=below) if below is not None else rows
    may, scope = people.may(actor, "clue.view"), people.scope(actor, "clue.view")
    found = []
    for clue in rows.order_by("-pk")[:limit]:
        opens = may and scope.covers(region_code=clue.region_code, agency_code=clue.agency_code)
        found.append(
            PartyMatter(
                order=clue.pk, kind="线索", agency_code=clue.agency_code,
                item=clue.item.name if clue.item else "待匹配",
                on=local_date(clue.received_at), result=state_of(clue),
                number=clue.number if opens else "",
                href=reverse("clue", args=[clue.number]) if opens else "",
            )
        )  # fmt: skip
    return found
