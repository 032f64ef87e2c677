"""By which facts a case knows of what runs beside it."""

from zhiheng.cases.models import Case, Side
from zhiheng.rulebook import api as rulebook


def pending_facts(case: Case) -> dict[str, bool]:
    """For each kind that the case must know of: whether one is running. One query."""
    asked = {
        found.id: found.attaches
        for found in rulebook.attached(rulebook.current())
        if found.attaches and found.attaches.pending
    }
    running = Side.objects.filter(case=case, closed_on=None).values_list("procedure_id", "state")
    facts = dict.fromkeys((joins.pending for joins in asked.values()), False)
    for procedure, state in running:
        if (joins := asked.get(procedure)) and state not in joins.settled:
            facts[joins.pending] = True
    return facts
