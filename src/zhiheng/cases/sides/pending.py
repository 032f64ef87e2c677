"""By which facts a case knows of what runs, or ran, beside it."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from zhiheng.cases.models import Case, Good, Side
from zhiheng.rulebook import api as rulebook

RECUSAL = "recusal"
RECONSIDERATION, LITIGATION = "remedy.reconsideration", "remedy.litigation"
ANNULLED = ("ANNULLED", "VOID")  # nothing of the decision is left
HELD = Count("goods", filter=Q(goods__state=Good.State.HELD))


def known_sides(case: Case) -> list[Side]:
    """What runs, or ran, beside a case, the first first, each with how much it holds. One query."""
    rows = Side.objects.filter(case=case).select_related("dossier__run").annotate(held=HELD)
    return list(rows.order_by("number"))


def must_stand_aside(sides: Iterable[Side]) -> frozenset[int]:
    """The accounts that a decision on recusal keeps from the case."""
    return frozenset(
        each.dossier.run.facts["_recusal_account"]
        for each in sides
        if each.procedure_id == RECUSAL and each.state == "GRANTED"
    )


def annulled(sides: Iterable[Side]) -> bool:
    """Whether reconsideration or a court has left nothing of the decision (行政强制法 40)."""
    return any(
        each.dossier.run.facts.get("overturned_kind", ANNULLED[0]) in ANNULLED
        for each in sides
        if each.procedure_id in (RECONSIDERATION, LITIGATION) and each.state == "COMPLIED"
    )


def pending_facts(sides: Sequence[Side]) -> dict[str, bool | int]:
    """What the rulebook lets a case know of its sides: what runs, how the latest ended, what is held.

    `sides` are `known_sides`. What stands in a state that settles it is no longer pending, though
    something may still be to do.
    """
    latest = {each.procedure_id: each.state for each in sides}
    facts: dict[str, bool | int] = {"goods_held": sum(each.held for each in sides)}  # type: ignore[attr-defined]
    for found in rulebook.attached(rulebook.current()):
        joins = found.attaches
        if joins is None:
            continue
        if joins.pending:
            runs = any(
                each.procedure_id == found.id
                and each.closed_on is None
                and each.state not in joins.settled
                for each in sides
            )
            facts[joins.pending] = bool(facts.get(joins.pending, False)) or runs
        for state, fact in joins.ends.items():
            facts[fact] = bool(facts.get(fact, False)) or latest.get(found.id) == state
    facts["decision_revoked"] = bool(facts.get("decision_revoked")) or annulled(sides)
    return facts
