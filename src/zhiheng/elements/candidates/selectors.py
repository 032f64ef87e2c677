"""Reads of item candidates."""

from django.db.models import QuerySet

from zhiheng.elements.models import ItemCandidate
from zhiheng.kernel.errors import NotFound


def list_candidates(*, state: str, text: str, version_id: int | None) -> QuerySet[ItemCandidate]:
    """Candidates of a state, of laws whose title holds every word, or of one version."""
    rows = ItemCandidate.objects.select_related("law_node__parent", "law_version__law")
    if state:
        rows = rows.filter(state=state)
    if version_id is not None:
        rows = rows.filter(law_version_id=version_id)
    for word in text.split():
        rows = rows.filter(law_version__law__short__icontains=word)
    return rows


def get_candidate(*, number: int) -> ItemCandidate:
    """One candidate with its law and place. Raises NotFound with a sentence."""
    found = (
        ItemCandidate.objects.select_related(
            "law_node__parent__parent", "law_version__law", "decided_by", "proposal"
        )
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise NotFound("没有这条事项候选。", next_step="请从候选列表重新打开。")
    return found
