"""Judging a matter by a discretion table: exemptions first, then tiers, then what is weighed.

Pure: facts in, a reading out. No silent default: what is not known is asked, what the table does
not say is told. The platform proposes; a person decides and says why where the decision differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhiheng.rulebook import discretion_scale as sums
from zhiheng.rulebook.discretion_matter import (
    GAP,
    Evidence,
    Matter,
    TierReading,
    variables,
)
from zhiheng.rulebook.discretion_model import Ground, Range, Table, Tier
from zhiheng.rulebook.discretion_reading import (
    CODES,
    Alternative,
    Assessment,
    Reason,
)
from zhiheng.rulebook.discretion_scale import Bounds, Scale
from zhiheng.rulebook.model import NOTHING
from zhiheng.rulebook.words import money_in_words


def tier_for(table: Table, inputs: Mapping[str, Any]) -> TierReading:
    """Return the tier of a table for the given inputs; never a default that nobody wrote."""
    matter = Matter(table, inputs)
    needed = variables([*(t.when for t in table.tiers), *(r.when for r in table.ranges)])
    for name in needed:
        if matter.wrong.get(name):
            return TierReading(table, None, f"还不能选档：{matter.wrong[name]}。")
        if matter.values.get(name) is None:
            title = table.inputs[name].title
            return TierReading(table, None, f"还不能选档：“{title}”还没有登记。")
    return matter.tier()


def assess(
    table: Table, inputs: Mapping[str, Any], *, scale: Scale, evidence: Evidence = NOTHING
) -> Assessment:
    """Judge a matter by a table.

    Args:
        table: the table in force for its item.
        inputs: answers by input; `lighter_found`, `heavier_found`: ids of grounds, maybe none.
        scale: what the domain sets on the day.
        evidence: ids of the evidence that each answer rests on.
    """
    matter = Matter(table, inputs, evidence)
    if matter.wrong:
        return Assessment(table, "open", error="；".join(matter.wrong.values()) + "。")
    holding = [row for row in table.exemptions if matter.known(row.when) and matter.holds(row.when)]
    for kind, outcome in (("none", "no_act"), ("must", "must_not")):
        if rows := [row for row in holding if row.kind == kind]:
            reasons = tuple(matter.exempt(row) for row in rows)
            return Assessment(table, outcome, code="NONE", reasons=reasons)  # type: ignore[arg-type]
    may_not = tuple(matter.exempt(row) for row in holding if row.kind == "may")
    first = [row.when for row in table.exemptions]
    rule = table.precondition
    if rule and not matter.open([*first, rule.when]) and not matter.holds(rule.when):
        told = matter.reason("precondition", "罚款的前提还没有", rule.text, rule.basis, rule.when)
        return Assessment(table, "no_fine", reasons=(told,), may_not=may_not)
    if asked := matter.questions():
        return Assessment(table, "open", may_not=may_not, questions=asked)
    if wrong := matter.unpublished():
        return Assessment(table, "open", may_not=may_not, error=wrong)
    return _weigh(matter, scale, may_not)


def _weigh(matter: Matter, scale: Scale, may_not: tuple[Reason, ...]) -> Assessment:
    table, found = matter.table, matter.tier()
    if found.tier is None:
        return Assessment(table, "open", may_not=may_not, error=found.error)
    one = table.range_of(found.tier)
    if one is None:
        told = matter.reason("tier", found.tier.tier, found.tier.text, (), found.tier.when)
        return Assessment(table, "no_fine", tier=found.tier, reasons=(told,), may_not=may_not)
    base = matter.values[one.base] if one.base else 0
    legally = sums.legal(one=one, scale=scale, base=base)
    lighter, heavier = matter.lighter(), matter.heavier()
    first = [matter.range_reason(one, legally), matter.tier_reason(found.tier)]
    grounds = [matter.ground("lighter", g) for g in lighter]
    grounds += [matter.ground("heavier", g) for g in heavier]
    common: dict[str, Any] = {
        "table": table, "legally": legally, "may_not": may_not, "lighter": lighter,
        "heavier": heavier,
        "mitigated": sums.mitigated(one=one, scale=scale, base=base) if lighter else None,
    }  # fmt: skip
    if lighter and (heavier or found.tier.code == "HEAVY"):
        return _conflict(found.tier, one, scale, base, common, (*first, *grounds))
    tier = _moved(table, found.tier, lighter=lighter, heavier=heavier)
    bounds = sums.tier_bounds(tier=tier, one=one, scale=scale, base=base).within(legally)
    if bounds.empty:
        return Assessment(**common, outcome="open", tier=tier, reasons=tuple(first),
                          error=f"“{tier.tier}”一档按这个基数折算后没有可用的数额，由人决定。")  # fmt: skip
    if tier is not found.tier:
        why = "、".join(g.title for g in (heavier or lighter))
        grounds.append(Reason("tier", f"因此适用“{CODES[tier.code]}”", why))
    return _propose(matter, scale, tier, bounds, common, (*first, *grounds))


def _propose(
    matter: Matter,
    scale: Scale,
    tier: Tier,
    bounds: Bounds,
    common: dict[str, Any],
    reasons: tuple[Reason, ...],
) -> Assessment:
    """The interval inside the tier: by the factors where the table weighs them, else all of it."""
    if (weighing := matter.factors()) is None:
        return Assessment(**common, outcome="open", tier=tier, reasons=reasons, error=GAP)
    factors, total = weighing
    legally, weighed = common["legally"], total if factors else None
    proposed, point = sums.rounded(bounds=bounds, unit=scale.rounding), None
    if weighed is not None:
        point = sums.point(legally=legally, tier=bounds, weighed=weighed, scale=scale)
        proposed = sums.around(cents=point, legally=legally, tier=bounds, scale=scale)
    last = Reason("sum", "建议", _sum_text(bounds, proposed, point, weighed))
    return Assessment(
        **common, outcome="tier", code=tier.code, tier=tier, bounds=bounds, proposed=proposed,
        point=point, weighed=weighed, reasons=(*reasons, *factors, last),
    )  # fmt: skip


def _moved(
    table: Table, tier: Tier, *, lighter: Sequence[Ground], heavier: Sequence[Ground]
) -> Tier:
    """The tier after grounds: a published heavier ground lifts, a duty to be lighter lowers."""
    wanted = tier.code
    if heavier:
        wanted = "HEAVY"
    elif any(ground.duty for ground in lighter) and tier.code == "NORMAL":
        wanted = "LIGHT"
    if wanted == tier.code:
        return tier
    rows = (t for t in table.tiers if t.code == wanted and t.range == tier.range)
    return next(rows, tier)


def _conflict(
    tier: Tier,
    one: Range,
    scale: Scale,
    base: int,
    common: Mapping[str, Any],
    reasons: tuple[Reason, ...],
) -> Assessment:
    rows = {t.code: t for t in reversed(common["table"].tiers) if t.range == one.id and t.code}
    rows[tier.code] = tier
    both = tuple(
        Alternative(code, rows[code].tier, sums.tier_bounds(
            tier=rows[code], one=one, scale=scale, base=base).within(common["legally"]))
        for code in ("LIGHT", "HEAVY") if code in rows
    )  # fmt: skip
    told = Reason("sum", "轻重情形并存", "两边的情形都列在上面，不互相抵销；由人综合权衡并写明理由")
    return Assessment(
        **common, outcome="conflict", tier=tier, alternatives=both, reasons=(*reasons, told)
    )


def _sum_text(bounds: Bounds, proposed: Bounds, point: int | None, weighed: int | None) -> str:
    whole = f"本档 {money_in_words(bounds.low)}至 {money_in_words(bounds.high)}"
    if point is None or weighed is None:
        return f"{whole}，在本档内由人决定"
    share = f"{weighed // 100}.{weighed % 100:02d}"
    return (
        f"各因素合计 {share} 分（满分一百），{whole}，"
        f"建议 {money_in_words(proposed.low)}至 {money_in_words(proposed.high)}"
    )
