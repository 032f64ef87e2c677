"""By which facts a case knows of what runs, or ran, beside it."""

from zhiheng.cases.models import Case, Side
from zhiheng.rulebook import api as rulebook


def pending_facts(case: Case) -> dict[str, bool]:
    """What the rulebook lets a case know of its sides: whether one runs, how the latest ended.

    One query.
    """
    facts: dict[str, bool] = {}
    rows = Side.objects.filter(case=case).order_by("number")
    latest: dict[str, str] = {}
    running: set[str] = set()
    for procedure, state, closed_on in rows.values_list("procedure_id", "state", "closed_on"):
        latest[procedure] = state
        if closed_on is None:
            running.add(procedure)
    for found in rulebook.attached(rulebook.current()):
        joins = found.attaches
        if joins is None:
            continue
        if joins.pending:
            facts[joins.pending] = facts.get(joins.pending, False) or found.id in running
        for state, fact in joins.ends.items():
            facts[fact] = facts.get(fact, False) or latest.get(found.id) == state
    return facts
