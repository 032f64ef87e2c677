"""The answers of one matter, and the conditions of a table read against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhiheng.rulebook.discretion_model import Exemption, Ground, Range, Table, Tier
from zhiheng.rulebook.discretion_reading import Question, Reason
from zhiheng.rulebook.discretion_scale import Bounds
from zhiheng.rulebook.expressions import Expression, as_cel
from zhiheng.rulebook.model import NOTHING, Basis
from zhiheng.rulebook.words import as_fact_value, display, money_in_words, value_error

LIGHTER, HEAVIER = "lighter_found", "heavier_found"
GAP = "裁量表没有写到这种情形，请提请制定机关补上，不得套用其他档次。"
Evidence = Mapping[str, Sequence[str]]
NO_DAYS = (bool, int, str)
PLAIN = {"bool": bool, "int": int, "cents": int}  # of this class, a value needs no further look


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


def variables(conditions: Iterable[Expression | None]) -> list[str]:
    """The inputs that conditions read, each once."""
    return list(dict.fromkeys(name for one in conditions if one for name in one.variables))


@dataclass(slots=True)
class Matter:
    """The answers, typed once, and the conditions of the table read against them."""

    table: Table
    inputs: Mapping[str, Any]
    evidence: Evidence = field(default_factory=lambda: NOTHING)
    values: dict[str, Any] = field(init=False)
    plain: dict[str, Any] = field(init=False)
    wrong: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Type every answer once; what is of a wrong type is noted."""
        self.values, self.wrong, self.plain = {}, {}, {}
        for name, fact in self.table.inputs.items():
            value: Any = self.inputs.get(name)
            if (
                value is not None
                and PLAIN.get(fact.type) is not value.__class__
                and not (value.__class__ is str and value in fact.choices)
            ):
                value = as_fact_value(fact=fact, raw=value)
                if wrong := value_error(fact=fact, value=value):
                    self.wrong[name], value = wrong, None
            self.values[name] = value
            self.plain[name] = value if value.__class__ in NO_DAYS else as_cel(value)

    def known(self, when: Expression) -> bool:
        """Whether every answer that a condition reads has been given."""
        return all(self.values[name] is not None for name in when.variables)

    def holds(self, when: Expression | None) -> bool:
        """Whether a condition holds; no condition always does."""
        return when is None or when.evaluate(self.plain)

    def open(self, conditions: Iterable[Expression | None]) -> list[str]:
        """The answers that conditions read and nobody has given."""
        return [name for name in variables(conditions) if self.values[name] is None]

    def questions(self) -> tuple[Question, ...]:
        """What every condition of the table needs and nobody has answered."""
        table, values = self.table, self.values
        asked = [
            Question(name, table.inputs[name].title, table.inputs[name].help)
            for name in table.asked
            if values[name] is None
        ]
        for name, title, rows_ in (
            (LIGHTER, "应当从轻、减轻的情形", self.choices(LIGHTER)),
            (HEAVIER, "从重的情形", self.choices(HEAVIER)),
        ):
            if rows_ and self.inputs.get(name) is None:
                asked.append(Question(name, title, "逐项核对，没有的也要确认没有。"))
        return tuple(asked)

    def choices(self, name: str) -> list[Ground]:
        """The grounds that a person ticks: those without a condition of their own."""
        rows = self.table.lighter if name == LIGHTER else self.table.heavier
        return [ground for ground in rows if ground.when is None]

    def unpublished(self) -> str:
        """A sentence where somebody names a ground that is not in the published list."""
        for name in (LIGHTER, HEAVIER):
            listed = {ground.id for ground in self.choices(name)}
            if strange := [one for one in self.inputs.get(name) or () if one not in listed]:
                return (
                    f"“{'、'.join(map(str, strange))}”不在公布的清单里，不能作为从轻、从重的情形。"
                )
        return ""

    def lighter(self) -> tuple[Ground, ...]:
        """Grounds for a lighter penalty that hold or were found."""
        found = set(self.inputs.get(LIGHTER) or ())
        return tuple(
            g for g in self.table.lighter
            if (g.id in found if g.when is None else self.holds(g.when))
        )  # fmt: skip

    def heavier(self) -> tuple[Ground, ...]:
        """Published grounds for a heavier penalty that hold or were found."""
        found = set(self.inputs.get(HEAVIER) or ())
        return tuple(
            g for g in self.table.heavier
            if (g.id in found if g.when is None else self.holds(g.when))
        )  # fmt: skip

    def tier(self) -> TierReading:
        """The one row that fits, in the one range that applies."""
        table = self.table
        ranges = [one for one in table.ranges if self.holds(one.when)]
        if table.ranges and len(ranges) != 1:
            return TierReading(table, None, GAP if not ranges else "法定幅度同时有几个，请核对。")
        inside = {one.id for one in ranges} | {""}
        fitting = [t for t in table.tiers if t.range in inside and self.holds(t.when)] if (
            table.hit == "unique"
        ) else list(self._first(inside))  # fmt: skip
        if not fitting:
            return TierReading(table, None, GAP)
        if len(fitting) > 1:
            names = "、".join(tier.tier for tier in fitting)
            return TierReading(
                table, None, f"裁量表有几档同时符合（{names}），请提请制定机关改正。"
            )
        return TierReading(table, fitting[0])

    def _first(self, inside: set[str]) -> Iterator[Tier]:
        for tier in self.table.tiers:
            if tier.range in inside and self.holds(tier.when):
                yield tier
                return

    def factors(self) -> tuple[list[Reason], int] | None:
        """Every factor with its degree, and the sum of weight times score; None: no degree fits."""
        reasons, total = [], 0
        for factor in self.table.factors:
            level = next((one for one in factor.levels if self.holds(one.when)), None)
            if level is None:
                return None
            total += factor.weight * level.score
            text = f"{level.text or '本级'}，{level.score} 分，权重 {factor.weight}%"
            reasons.append(
                Reason(
                    "factor", factor.title, text, factor.basis, factor.inputs, factor.weight,
                    level.score, self._proof(factor.inputs),
                )
            )  # fmt: skip
        return reasons, total

    def exempt(self, row: Exemption) -> Reason:
        """An exemption as a reason."""
        return self.reason("exemption", row.title, row.text, row.basis, row.when)

    def ground(self, kind: str, row: Ground) -> Reason:
        """A ground as a reason."""
        name = LIGHTER if kind == "lighter" else HEAVIER
        names = row.when.variables if row.when else (name,)
        return Reason(kind, row.title, row.text, row.basis, tuple(names),
                      evidence=self._proof(names))  # fmt: skip

    def range_reason(self, one: Range, legally: Bounds) -> Reason:
        """What the law allows, as a reason."""
        text = f"{money_in_words(legally.low)}至 {money_in_words(legally.high)}"
        if one.base:
            fact = self.table.inputs[one.base]
            base = display(fact=fact, value=self.values[one.base])
            low, high = (one.low or 0) / 100, one.high / 100
            text = f"{fact.title}{base}的 {low:g} 至 {high:g} 倍，即 {text}"
        names = (*(one.when.variables if one.when else ()), *((one.base,) if one.base else ()))
        return Reason("range", "法定幅度", text, one.basis, names, evidence=self._proof(names))

    def tier_reason(self, tier: Tier) -> Reason:
        """The row that fits, as a reason."""
        return self.reason("tier", f"符合“{tier.tier}”一档", tier.text, (), tier.when)

    def reason(
        self,
        kind: str,
        title: str,
        text: str,
        basis: tuple[Basis, ...],
        *when: Expression,
    ) -> Reason:
        """A reason with the answers it rests on, and their evidence."""
        names = tuple(variables(when))
        return Reason(kind, title, text, basis, names, evidence=self._proof(names))

    def _proof(self, names: Iterable[str]) -> tuple[str, ...]:
        if not self.evidence:
            return ()
        return tuple(dict.fromkeys(e for n in names for e in self.evidence.get(n, ())))
