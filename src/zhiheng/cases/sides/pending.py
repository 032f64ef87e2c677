"""By which facts a case knows of what runs beside it."""

from zhiheng.cases.models import Case, Side
from zhiheng.rulebook import api as rulebook


def pending_facts(case: Case) -> dict[str, bool]:
    """For each kind that the case must know of: whether one is running. One query."""
    asked = {
        found.id: found.attaches.pending
        for found in rulebook.attached(rulebook.current())
        if found.attaches and found.attaches.pending
    }
    running = set(
        Side.objects.filter(case=case, closed_on=None).values_list("procedure_id", flat=True)
    )
    facts = dict.fromkeys(asked.values(), False)
    for procedure, fact in asked.items():
        facts[fact] = facts[fact] or procedure in running
    return facts
