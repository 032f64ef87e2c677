"""Strictness: what a discretion table leaves open, or decides twice, stops publication.

Tried are all combinations of the values that the inputs name (`explore`, choices, yes/no) and of
the values at, just below and just above every number that a condition compares with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod
from typing import Any

from zhiheng.rulebook import grammar
from zhiheng.rulebook.discretion_model import WHOLE, Factor, Range, Table, Tier
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.expressions import Expression
from zhiheng.rulebook.grammar import Tree
from zhiheng.rulebook.machine import asked_domain
from zhiheng.rulebook.model import Fact
from zhiheng.rulebook.words import display

TRIED = 200_000
Values = Mapping[str, Any]


def check_tables(*, draft: Draft) -> None:
    """Refuse every table that is not complete and free of contradiction."""
    for table in draft.tables.values():
        for found in gaps(table):
            draft.refuse(
                table.place,
                f"裁量表 {table.id} 有缺口或重叠。",
                found,
                "请补上或改正这一档的条件。",
            )
        for tier in idle_tiers(table):
            draft.refuse(
                table.place,
                f"裁量表 {table.id} 的“{tier}”一档从来用不上。",
                "前面的档次已经把它的情形都取走了，或者 explore 没有列出它的情形。",
                "请改正条件、次序，或在 inputs 的 explore 里补上边界值。",
            )
        for found in (*broken_bounds(table), *broken_factors(table), *twice_named(table)):
            draft.refuse(table.place, f"裁量表 {table.id}：{found}", "", "请照制定的文件改正。")


def gaps(table: Table) -> Iterator[str]:
    """Yield sentences for what the table leaves open or decides twice, each with an example."""
    if table.ranges and any(one.when for one in table.ranges):
        yield from _partition(
            table, [(one.id, one.when) for one in table.ranges], "法定幅度", first=False
        )
    yield from _partition(
        table, [(t.tier, t.when) for t in table.tiers], "一档", first=table.hit == "first",
        within=[table.range_of(t) for t in table.tiers],
    )  # fmt: skip
    for factor in table.factors:
        named = [(level.text or str(level.score), level.when) for level in factor.levels]
        for found in _partition(table, named, "等级", first=True):
            yield f"因素“{factor.title}”{found}"


def _partition(
    table: Table,
    rows: Sequence[tuple[str, Expression | None]],
    what: str,
    *,
    first: bool,
    within: Sequence[Range | None] = (),
) -> Iterator[str]:
    """Every combination of values belongs to exactly one row; `first`: to at least one."""
    spaces = [one.when if one else None for one in within] or [None] * len(rows)
    conditions = [when for _, when in rows] + spaces
    names = [n for n in table.inputs if any(c and n in c.variables for c in conditions)]
    if too_many := _too_many(table, names, conditions):
        yield too_many
        return
    seen: set[str] = set()
    for values in _tries(table, names, conditions):
        fitting = [
            name
            for (name, when), space in zip(rows, spaces, strict=True)
            if _holds(space, values) and _holds(when, values)
        ]
        if fitting and (first or len(fitting) == 1):
            continue
        told = f"同时符合{'、'.join(fitting)}" if fitting else f"没有{what}符合"
        if told not in seen:
            seen.add(told)
            yield f"{told}：{_example(table, values)}"


def idle_tiers(table: Table) -> list[str]:
    """Return the rows that no combination of the tried values ever takes."""
    spaces = [one.when if (one := table.range_of(tier)) else None for tier in table.tiers]
    conditions = [*(tier.when for tier in table.tiers), *spaces]
    names = [n for n in table.inputs if any(c and n in c.variables for c in conditions)]
    if _too_many(table, names, conditions):
        return []
    taken: set[int] = set()
    for values in _tries(table, names, conditions):
        for index, (tier, space) in enumerate(zip(table.tiers, spaces, strict=True)):
            if _holds(space, values) and _holds(tier.when, values):
                taken.add(index)
                break
        if len(taken) == len(table.tiers):
            return []
    return [tier.tier for index, tier in enumerate(table.tiers) if index not in taken]


def broken_bounds(table: Table) -> Iterator[str]:
    """Yield where the tiers of a range leave it, overlap, or leave sums to nobody."""
    for one in table.ranges:
        rows = [t for t in table.fined if t.range == one.id and t.code != "MITIGATED"]
        if any(tier.shared for tier in rows):
            if not all(tier.shared for tier in rows):
                yield f"幅度 {one.id} 里，档次要么都写数额，要么都按比例（fine: shares）。"
            continue
        yield from _chain(rows, one)


def _chain(rows: Iterable[Tier], one: Range) -> Iterator[str]:
    bounds = sorted({(t.fine_min or 0, t.fine_max or 0, t.tier) for t in rows})
    spans = sorted({(low, high) for low, high, _ in bounds})
    if not spans:
        yield f"幅度 {one.id} 没有一档。"
        return
    if one.low is not None and spans[0][0] != one.low:
        yield f"幅度 {one.id} 从 {one.low} 起，最低的一档从 {spans[0][0]} 起。"
    if spans[-1][1] != one.high:
        yield f"幅度 {one.id} 到 {one.high} 止，最高的一档到 {spans[-1][1]} 止。"
    allowed = (0,) if one.unit == "times" else (0, 1)
    for (low, high), (after, top) in pairwise(spans):
        if after - high not in allowed:
            word = "之间有缺口" if after > high else "重叠"
            yield f"幅度 {one.id} 的 {low}–{high} 与 {after}–{top} {word}。"


def broken_factors(table: Table) -> Iterator[str]:
    """Yield what is wrong with weights: they are whole hundredths and make one hundred."""
    if table.factors and sum(one.weight for one in table.factors) != WHOLE:
        total = sum(one.weight for one in table.factors)
        yield f"各因素的权重合计应是 {WHOLE}，现在是 {total}。"
    for factor in table.factors:
        yield from _scores(factor)


def _scores(factor: Factor) -> Iterator[str]:
    scores = [level.score for level in factor.levels]
    if scores != sorted(set(scores)) and scores != sorted(set(scores), reverse=True):
        yield f"因素“{factor.title}”的分值要从小到大（或从大到小）各写一次。"


def twice_named(table: Table) -> Iterator[str]:
    """Yield ids that two rows of one kind share."""
    kinds: tuple[Iterable[Any], ...] = (
        table.ranges, table.exemptions, table.factors, table.heavier, table.lighter,
    )  # fmt: skip
    for rows in kinds:
        ids = [row.id for row in rows]
        for one in sorted({each for each in ids if ids.count(each) > 1}):
            yield f"编号 {one} 用了两次。"


def _holds(when: Expression | None, values: Values) -> bool:
    return when is None or when.evaluate(values)


def _tries(
    table: Table, names: Sequence[str], conditions: Sequence[Expression | None]
) -> Iterator[dict[str, Any]]:
    domains = [_domain(table.inputs[name], conditions) for name in names]
    for pick in product(*domains):
        yield dict(zip(names, pick, strict=True))


def _too_many(table: Table, names: Sequence[str], conditions: Sequence[Expression | None]) -> str:
    count = prod(len(_domain(table.inputs[name], conditions)) for name in names)
    if count <= TRIED:
        return ""
    return f"组合有 {count} 种，超过能试完的 {TRIED} 种：请少写几个 explore，或者拆成两张表"


def _domain(fact: Fact, conditions: Sequence[Expression | None]) -> tuple[Any, ...]:
    """What a person may fill in, with the values around every number it is compared with."""
    values: list[Any] = list(asked_domain(fact))
    if fact.type in ("int", "cents"):
        edges = {n for c in conditions if c and fact.id in c.variables for n in _edges(c, fact.id)}
        around = {n + step for n in edges for step in (-1, 0, 1)}
        values = sorted({v for v in values if v is not None} | {n for n in around if n >= 0})
    return tuple(values)


def _edges(condition: Expression, name: str) -> Iterator[int]:
    def walk(tree: Tree) -> Iterator[int]:
        if tree.kind in grammar.RELATIONS and len(tree.parts) == 2:
            for here, there in (tree.parts, reversed(tree.parts)):
                if (here.kind, here.text, there.kind) == ("name", name, "number"):
                    yield int(there.text)
        for part in tree.parts:
            yield from walk(part)

    return walk(grammar.read(condition.source))


def _example(table: Table, values: Values) -> str:
    show: Callable[[str], str] = lambda name: display(  # noqa: E731
        fact=table.inputs[name], value=values[name]
    )
    return "，".join(f"{table.inputs[name].title}＝{show(name)}" for name in values)
