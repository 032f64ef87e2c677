"""Open clues whose item a change of law touches."""

from datetime import date

from django.urls import reverse

from zhiheng.clues.models import Clue
from zhiheng.elements import api as elements


def citers(*, law_short: str, articles: frozenset[str] | None, on: date) -> list[elements.Citer]:
    """Clues that are not disposed of yet and are matched to an item of the articles."""
    rows = Clue.objects.filter(
        elements.cites_law(law_short, articles, prefix="item__"), dossier__closed_at=None
    )
    names = ("number", "item__name", "handler_id", "agency_code", "region_code",
             *elements.CITED_ENDS)  # fmt: skip
    return [
        elements.Citer(
            kind="clue", key=number, title=f"{number} {item}", href=reverse("clue", args=[number]),
            owner_id=handler, agency_code=agency, region_code=region,
            articles=elements.articles_cited(law_short, articles, cited),
        )
        for number, item, handler, agency, region, *cited in rows.values_list(*names)
    ]  # fmt: skip
