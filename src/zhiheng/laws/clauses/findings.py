"""What is found in a penalty clause; every part says on which words it rests.

Spans are `[start, end)` in characters of the text that was read. Money is integer cents.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Span:
    """Where the words stand."""

    start: int
    end: int


@dataclass(frozen=True)
class Body(Span):
    """Who punishes: `name` without the rank in front (县级以上人民政府), which is in `rank`."""

    name: str
    rank: str = ""


@dataclass(frozen=True)
class Subject(Span):
    """Whose act: the words, and UNIT, PERSON or ANY."""

    name: str
    kind: str


@dataclass(frozen=True)
class Act(Span):
    """What act: one limb of it; `number` of the item it stands in, "" without items."""

    number: str = ""


@dataclass(frozen=True)
class Limb(Span):
    """A branch of consequences: BASE, REFUSAL, AGGRAVATED, THRESHOLD or OTHER; the span is its condition."""

    when: str


@dataclass(frozen=True)
class Kind(Span):
    """A kind of penalty by code (行政处罚法 9), and the branch (number in `limbs`) it belongs to."""

    code: str
    limb: int = 0
    may: bool = False


@dataclass(frozen=True)
class Amount(Span):
    """A fine: from–to in cents, or in hundredths of a multiple of `base` (违法所得, 货值金额 …).

    `operators`: the words that set the bounds (以上, 以下, 不超过 …). `party`: UNIT, PERSON,
    RESPONSIBLE (直接负责的主管人员 …) or ANY. `per`: what it is counted by (每平方米).
    """

    low_cents: int | None = None
    high_cents: int | None = None
    low_hundredths: int | None = None
    high_hundredths: int | None = None
    base: str = ""
    operators: tuple[str, ...] = ()
    party: str = "ANY"
    may: bool = False
    limb: int = 0
    per: str = ""


@dataclass(frozen=True)
class Gap(Span):
    """A value that falls in no branch, or in two: `value_cents`, and `says` why."""

    value_cents: int
    says: str


@dataclass(frozen=True)
class Finding:
    """A penalty clause taken apart."""

    bodies: tuple[Body, ...] = ()
    subject: Subject | None = None
    acts: tuple[Act, ...] = ()
    limbs: tuple[Limb, ...] = ()
    kinds: tuple[Kind, ...] = ()
    amounts: tuple[Amount, ...] = ()
    correction: Span | None = None
    transfer: Span | None = None
    gaps: tuple[Gap, ...] = field(default=())

    @property
    def codes(self) -> tuple[str, ...]:
        """Kinds of penalty, each once, in the order of the text."""
        return tuple(dict.fromkeys(one.code for one in self.kinds))

    @property
    def refusal(self) -> bool:
        """Whether something follows from refusing to correct."""
        return any(one.when == "REFUSAL" for one in self.limbs)

    @property
    def aggravated(self) -> bool:
        """Whether graver circumstances carry more."""
        return any(one.when == "AGGRAVATED" for one in self.limbs)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return asdict(self)
