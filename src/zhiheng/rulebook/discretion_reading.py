"""What comes of judging a matter by a table: never a bare number, always with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhiheng.rulebook.discretion_model import Ground, Table, Tier
from zhiheng.rulebook.discretion_scale import Bounds
from zhiheng.rulebook.model import Basis

Outcome = Literal["open", "no_act", "must_not", "no_fine", "tier", "conflict"]
TITLES: Mapping[str, str] = {
    "open": "还不能得出结果", "no_act": "不构成本项违法", "must_not": "应当不予处罚",
    "no_fine": "现在还不能罚款", "tier": "可以提出裁量建议", "conflict": "轻重情形并存，由人权衡",
}  # fmt: skip
CODES: Mapping[str, str] = {
    "MITIGATED": "减轻", "LIGHT": "从轻", "NORMAL": "一般", "HEAVY": "从重", "NONE": "不予处罚",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reasoning: what, by which article, how heavy, on which evidence.

    Attributes:
        kind: exemption, precondition, range, tier, lighter, heavier, factor, sum.
        inputs: the answers that it rests on.
        weight, score: hundredths; None where nothing is weighed.
        evidence: ids of the items that the answers rest on.
    """

    kind: str
    title: str
    text: str
    basis: tuple[Basis, ...] = ()
    inputs: tuple[str, ...] = ()
    weight: int | None = None
    score: int | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be known first; asked, never assumed."""

    id: str
    title: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A tier with its sums, beside another that has as good a claim."""

    code: str
    tier: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Assessment:
    """The reading of a table for a matter; the decision is a person's.

    Attributes:
        code: MITIGATED … HEAVY or NONE, as proposed; empty where nothing can be.
        bounds: the tier's sums; legally: what the law allows; proposed: the interval proposed.
        weighed: sum of weight times score, 0 to 10 000; None without factors.
        may_not: exemptions that a person may grant (可以不予处罚).
        alternatives: where grounds conflict, each tier by itself; nothing is netted.
        mitigated: the sums of 减轻 where a ground for it holds; needs approval.
    """

    table: Table
    outcome: Outcome
    code: str = ""
    tier: Tier | None = None
    legally: Bounds | None = None
    bounds: Bounds | None = None
    proposed: Bounds | None = None
    point: int | None = None
    weighed: int | None = None
    reasons: tuple[Reason, ...] = ()
    may_not: tuple[Reason, ...] = ()
    lighter: tuple[Ground, ...] = ()
    heavier: tuple[Ground, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    mitigated: Bounds | None = None
    questions: tuple[Question, ...] = ()
    error: str = ""

    @property
    def title(self) -> str:
        """The outcome in words."""
        return TITLES[self.outcome]

    def sentences(self) -> list[str]:
        """The whole reasoning, one Chinese sentence a reason."""
        return [_sentence(one) for one in (*self.reasons, *self.may_not)]


def _sentence(reason: Reason) -> str:
    cited = "、".join(one.text for one in reason.basis)
    text = f"{reason.title}：{reason.text}" if reason.text else reason.title
    text = text.rstrip("。")
    return f"{text}（{cited}）。" if cited else f"{text}。"
