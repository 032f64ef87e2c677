"""What the screens of discretion and of the same act may show."""

from dataclasses import dataclass, field
from typing import Any

from zhiheng.cases.discretion.pictures import SpreadPicture
from zhiheng.kernel import money
from zhiheng.rulebook import api as rulebook
from zhiheng.web.faces import Table, Tone

TONES: dict[str, Tone] = {
    "open": "plain", "no_act": "ok", "must_not": "ok", "no_fine": "warn", "tier": "info",
    "conflict": "warn",
}  # fmt: skip
KINDS = {
    "exemption": "不予处罚", "precondition": "前提", "range": "幅度", "tier": "档次",
    "lighter": "从轻减轻", "heavier": "从重", "factor": "情节", "sum": "建议",
}  # fmt: skip


@dataclass(frozen=True)
class ReasonFace:
    """One reason: what kind, the sentence, its articles, the evidence by name."""

    kind: str
    title: str
    text: str
    articles: str
    proofs: str
    width: int = 0


@dataclass(frozen=True)
class ResultFace:
    """The reading as the screen shows it."""

    title: str
    tone: Tone
    headline: str
    reasons: list[ReasonFace]
    may_not: list[ReasonFace]
    questions: list[str]
    error: str
    alternatives: list[tuple[str, str]]
    mitigated: str


@dataclass(frozen=True)
class DiscretionPage:
    """The questions, the reading, the spread, and what was kept last."""

    title: str
    heading: str
    back_href: str
    table_title: str
    unchecked: str
    basis: str
    result: ResultFace
    picture: SpreadPicture | None
    spread: str
    closed: str
    kept: list[tuple[str, Any]]
    replay: str
    elsewhere_href: str
    draft: str = ""
    measures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ElsewherePage:
    """Cases of the same party, and what has been said of them; the first-violation query."""

    title: str
    heading: str
    back_href: str
    table: Table | None
    said: list[tuple[str, str]]
    first: list[tuple[str, Any]]
    listed: list[tuple[str, Any]]
    closed: str
    suspected: int
    first_form: Any = None


def result_face(found: rulebook.Assessment, *, names: dict[str, str]) -> ResultFace:
    """The reading in words; `names`: evidence by id."""
    return ResultFace(
        title=found.title, tone=TONES[found.outcome], headline=_headline(found),
        reasons=[_reason(one, names) for one in found.reasons],
        may_not=[_reason(one, names) for one in found.may_not],
        questions=[one.title for one in found.questions], error=found.error,
        alternatives=[(rulebook.TIER_TITLES[one.code], _span(one.bounds))
                      for one in found.alternatives],
        mitigated=_span(found.mitigated) if found.mitigated else "",
    )  # fmt: skip


def _headline(found: rulebook.Assessment) -> str:
    if found.outcome == "tier" and found.proposed and found.tier:
        return f"{found.tier.tier}　建议 {_span(found.proposed)}"
    return found.title


def _span(bounds: rulebook.Bounds) -> str:
    return f"{money.yuan(bounds.low)} 至 {money.yuan(bounds.high)} 元"


def _reason(one: rulebook.Reason, names: dict[str, str]) -> ReasonFace:
    return ReasonFace(
        kind=KINDS[one.kind], title=one.title, text=one.text,
        articles="、".join(basis.text for basis in one.basis),
        proofs="、".join(names.get(number, f"证据 {number}") for number in one.evidence),
        width=one.score or 0,
    )  # fmt: skip
