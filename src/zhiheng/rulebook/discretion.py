"""Discretion tables: which tier fits, and no silent default where none or two would.

The platform suggests; a person decides and says why where the decision differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from zhiheng.rulebook.expressions import as_cel
from zhiheng.rulebook.machine import asked_domain
from zhiheng.rulebook.model import Value
from zhiheng.rulebook.tables import Table, Tier
from zhiheng.rulebook.words import as_fact_value, display, value_error

TRIED = 200_000


@dataclass(frozen=True, slots=True)
class TierReading:
    """What a table says about the facts of a matter.

    Attributes:
        tier: the row that fits; None when none can be named, then `error` says why.
        error: one Chinese sentence: a fact is missing or wrong, or the table has a gap.
    """

    table: Table
    tier: Tier | None
    error: str = ""


def tier_for(table: Table, inputs: Mapping[str, Any]) -> TierReading:
    """Return the tier of a table for the given inputs; never a default that nobody wrote."""
    values: dict[str, Value] = {}
    for name, fact in table.inputs.items():
        value = as_fact_value(fact=fact, raw=inputs.get(name))
        if value is None:
            return TierReading(table, None, f"还不能选档：“{fact.title}”还没有登记。")
        if wrong := value_error(fact=fact, value=value):
            return TierReading(table, None, f"还不能选档：{wrong}。")
        values[name] = value
    fitting = list(_fitting(table, values))
    if not fitting:
        return TierReading(
            table, None, "裁量表没有写到这种情形，请提请制定机关补上，不得套用其他档次。"
        )
    if table.hit == "unique" and len(fitting) > 1:
        names = "、".join(tier.tier for tier in fitting)
        return TierReading(table, None, f"裁量表有几档同时符合（{names}），请提请制定机关改正。")
    return TierReading(table, fitting[0])


def _fitting(table: Table, values: Mapping[str, Value]) -> Iterator[Tier]:
    plain = {name: as_cel(value) for name, value in values.items()}
    return (tier for tier in table.tiers if tier.when.evaluate(plain))


def gaps(table: Table) -> Iterator[str]:
    """Yield sentences for what the table leaves open or decides twice, each with an example.

    Tried are all combinations of the values that the inputs name (`explore`, choices, yes/no).
    """
    facts = list(table.inputs.values())
    seen: set[str] = set()
    for pick in islice(product(*(asked_domain(fact) for fact in facts)), TRIED):
        values = dict(zip(table.inputs, pick, strict=True))
        fitting = [tier.tier for tier in _fitting(table, values)]
        if fitting and (table.hit == "first" or len(fitting) == 1):
            continue
        what = f"同时符合{'、'.join(fitting)}" if fitting else "没有一档符合"
        if what not in seen:
            seen.add(what)
            example = "，".join(
                f"{fact.title}＝{display(fact=fact, value=value)}"
                for fact, value in zip(facts, pick, strict=True)
            )
            yield f"{what}：{example}"


def idle_tiers(table: Table) -> list[str]:
    """Return the rows that no combination of the tried values ever takes."""
    facts = list(table.inputs.values())
    taken: set[int] = set()
    for pick in islice(product(*(asked_domain(fact) for fact in facts)), TRIED):
        values = dict(zip(table.inputs, pick, strict=True))
        first = next(_fitting(table, values), None)
        if first is not None:
            taken.add(table.tiers.index(first))
        if len(taken) == len(table.tiers):
            return []
    return [tier.tier for index, tier in enumerate(table.tiers) if index not in taken]
