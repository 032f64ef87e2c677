"""Discretion tables as they are read: ranges, exemptions, tiers, factors, grounds.

Money is integer cents; multiples of a base, weights and shares are integer hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from zhiheng.rulebook.expressions import Expression
from zhiheng.rulebook.model import NOTHING, Basis, Checked, Fact, Place, Span

Unit = Literal["cents", "times"]
WHOLE = 100  # hundredths
SCORES = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Range:
    """What the law allows: a sum, or a multiple of a base in hundredths.

    Attributes:
        when: when this range is the one that applies; None where there is only one.
        low: None where the law names a maximum alone.
        base: the input that the multiple is taken of (货值, 违法所得).
    """

    id: str
    unit: Unit
    low: int | None
    high: int
    when: Expression | None = None
    base: str = ""
    basis: tuple[Basis, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Exemption:
    """When there is no penalty: it must not be, it may not be, or the act is not made out."""

    id: str
    title: str
    kind: Literal["must", "may", "none"]
    when: Expression
    text: str = ""
    basis: tuple[Basis, ...] = ()
    list_ref: str = ""
    lookback_months: int = 0
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Precondition:
    """A fine that the law ties to refusal: while it is missing, no fine can be proposed."""

    when: Expression
    text: str
    basis: tuple[Basis, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of a factor: 0, 25, 50, 75 or 100 of a hundred."""

    score: int
    when: Expression
    text: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that is weighed; the weights of a table make one hundred."""

    id: str
    title: str
    weight: int
    levels: tuple[Level, ...]
    basis: tuple[Basis, ...] = ()
    place: Place = field(default=Place(), compare=False)
    inputs: tuple[str, ...] = field(init=False, default=(), compare=False)

    def __post_init__(self) -> None:
        """Note once which inputs the degrees read."""
        names = (name for level in self.levels for name in level.when.variables)
        object.__setattr__(self, "inputs", tuple(dict.fromkeys(names)))


@dataclass(frozen=True, slots=True)
class Ground:
    """A published ground for a heavier or a lighter penalty; nobody types one in.

    `duty`: where it holds, the penalty shall (not may) be lighter or mitigated.
    """

    id: str
    title: str
    text: str = ""
    basis: tuple[Basis, ...] = ()
    domain: str = ""
    when: Expression | None = None
    duty: bool = True
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Tier:
    """One row of a table. Bounds in the unit of its range; none: by the domain's shares.

    Attributes:
        code: MITIGATED, LIGHT, NORMAL, HEAVY; empty where the row carries no fine.
        above: the lower bound itself belongs to the tier below.
    """

    tier: str
    when: Expression
    fine_min: int | None
    fine_max: int | None
    text: str
    code: str = ""
    range: str = ""
    shared: bool = False
    above: bool = False
    measures: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What holds for every table: exemptions of the general law, grounds either way."""

    id: str
    title: str
    inputs: Mapping[str, Fact]
    exemptions: tuple[Exemption, ...]
    lighter: tuple[Ground, ...]
    heavier: tuple[Ground, ...]
    span: Span
    digest: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A discretion table of one item (law.md C.3)."""

    id: str
    item: str
    title: str
    inputs: Mapping[str, Fact]
    tiers: tuple[Tier, ...]
    factors: tuple[Factor, ...]
    hit: str
    basis: tuple[Basis, ...]
    checked: Checked
    span: Span | None
    domain: str = "base"
    ranges: tuple[Range, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    precondition: Precondition | None = None
    heavier: tuple[Ground, ...] = ()
    lighter: tuple[Ground, ...] = ()
    considered: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    published: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    note: str = ""
    digest: str = ""
    place: Place = field(default=Place(), compare=False)
    asked: tuple[str, ...] = field(init=False, default=(), compare=False)

    def __post_init__(self) -> None:
        """Note once which inputs the conditions of the table read, in their order of asking."""
        conditions: list[Expression | None] = [row.when for row in self.exemptions]
        conditions += [row.when for row in self.ranges]
        conditions += [row.when for row in self.tiers]
        conditions += [row.when for row in (*self.lighter, *self.heavier)]
        conditions += [level.when for factor in self.factors for level in factor.levels]
        read = {name for one in conditions if one for name in one.variables}
        read |= {one.base for one in self.ranges if one.base}
        if self.precondition:
            read |= set(self.precondition.when.variables)
        object.__setattr__(self, "asked", tuple(name for name in self.inputs if name in read))

    @property
    def fined(self) -> tuple[Tier, ...]:
        """The rows that carry a fine."""
        return tuple(tier for tier in self.tiers if tier.code)

    def range_of(self, tier: Tier) -> Range | None:
        """The range that a row lies in; None for a row without a fine."""
        return next((one for one in self.ranges if one.id == tier.range), None)
