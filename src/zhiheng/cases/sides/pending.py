"""By which facts a case knows of what runs, or ran, beside it."""

from collections.abc import Iterable, Sequence

from zhiheng.cases.models import Side
from zhiheng.rulebook import api as rulebook

RECUSAL = "recusal"


def must_stand_aside(sides: Iterable[Side]) -> frozenset[int]:
    """The accounts that a decision on recusal keeps from the case."""
    return frozenset(
        each.dossier.run.facts["_recusal_account"]
        for each in sides
        if each.procedure_id == RECUSAL and each.state == "GRANTED"
    )


def pending_facts(sides: Sequence[Side]) -> dict[str, bool]:
    """What the rulebook lets a case know of its sides: whether one runs, how the latest ended.

    `sides` are those of one case, the first first.
    """
    running = {each.procedure_id for each in sides if each.closed_on is None}
    latest = {each.procedure_id: each.state for each in sides}
    facts: dict[str, bool] = {}
    for found in rulebook.attached(rulebook.current()):
        joins = found.attaches
        if joins is None:
            continue
        if joins.pending:
            facts[joins.pending] = facts.get(joins.pending, False) or found.id in running
        for state, fact in joins.ends.items():
            facts[fact] = facts.get(fact, False) or latest.get(found.id) == state
    return facts
