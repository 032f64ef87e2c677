"""What cases tell of a party: least data for those who may not open them."""

from collections.abc import Sequence

from django.urls import reverse

from zhiheng.cases.models import Case
from zhiheng.elements.api import PartyMatter
from zhiheng.people import api as people
from zhiheng.procedures.pages import state_title


def cases_of_party(
    *, subject_ids: Sequence[int], actor: people.Actor, below: int | None, limit: int
) -> list[PartyMatter]:
    """Cases against the party, the newest first."""
    rows = Case.objects.filter(subject_id__in=subject_ids).select_related("dossier")
    rows = rows.filter(pk__lt=below) if below is not None else rows
    may, scope = people.may(actor, "case.view"), people.scope(actor, "case.view")
    found = []
    for case in rows.order_by("-pk")[:limit]:
        opens = may and scope.covers(region_code=case.region_code, agency_code=case.agency_code)
        found.append(
            PartyMatter(
                order=case.pk, kind="案件", agency_code=case.agency_code, item=case.item_name,
                on=case.filed_on or case.proposed_on, result=_result(case),
                number=case.number if opens else "",
                href=reverse("case", args=[case.code]) if opens else "",
            )
        )  # fmt: skip
    return found


def _result(case: Case) -> str:
    dossier = case.dossier
    return state_title(dossier.procedure_id, dossier.procedure_version, case.state)
