"""Open cases that a change of law touches: by their item, or by a step that still lies ahead."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.rulebook import api as rulebook


def citers(*, law_short: str, articles: frozenset[str] | None, on: date) -> list[elements.Citer]:
    """Open cases whose item stands on one of the articles, or whose steps ahead cite one."""
    ahead = Q(pk__in=[])
    for procedure, states in states_ahead(law_short=law_short, articles=articles, on=on).items():
        ahead |= Q(dossier__procedure_id=procedure, dossier__state__in=states)
    rows = Case.objects.filter(
        elements.cites_law(law_short, articles, prefix="item__") | ahead,
        dossier__closed_at=None,
    )
    names = ("code", "number", "title", "lead_id", "agency_code", "region_code",
             *elements.CITED_ENDS)  # fmt: skip
    return [
        elements.Citer(
            kind="case", key=code, title=f"{number} {title}", href=reverse("case", args=[code]),
            owner_id=lead, agency_code=agency, region_code=region,
            articles=elements.articles_cited(law_short, articles, cited),
        )
        for code, number, title, lead, agency, region, *cited in rows.values_list(*names)
    ]  # fmt: skip


def states_ahead(
    *, law_short: str, articles: frozenset[str] | None, on: date
) -> dict[str, list[str]]:
    """By procedure, the states from which a matter may still come to a step that cites the law."""
    book = rulebook.current()
    found: dict[str, list[str]] = {}
    steps = rulebook.steps_citing(book=book, law_short=law_short, articles=articles, on=on)
    for id, touched in steps.items():
        procedure = book.procedure(id)
        found[id] = [
            code
            for code, state in procedure.states.items()
            if not state.final
            and rulebook.still_ahead(procedure=procedure, state=code, steps=touched)
        ]
    return found
