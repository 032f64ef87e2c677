"""By which facts a case knows of what runs beside it."""

from django.db.models import Count, Q

from zhiheng.cases.models import Case, Good, Side
from zhiheng.rulebook import api as rulebook

HELD = Count("goods", filter=Q(goods__state=Good.State.HELD))


def pending_facts(case: Case) -> dict[str, bool | int]:
    """For each kind that the case must know of: whether one is running; and how much is held.

    One query. What stands in a state that settles it is no longer pending, though something
    may still be to do.
    """
    asked = {
        found.id: found.attaches
        for found in rulebook.attached(rulebook.current())
        if found.attaches and found.attaches.pending
    }
    rows = (
        Side.objects.filter(case=case)
        .annotate(held=HELD)
        .values_list("procedure_id", "state", "closed_on", "held")
    )
    facts: dict[str, bool | int] = dict.fromkeys((j.pending for j in asked.values()), False)
    held = 0
    for procedure, state, closed_on, count in rows:
        held += count
        joins = asked.get(procedure)
        if joins and closed_on is None and state not in joins.settled:
            facts[joins.pending] = True
    return {**facts, "goods_held": held}
