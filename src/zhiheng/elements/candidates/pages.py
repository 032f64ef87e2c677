"""What the two screens of item candidates may use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from zhiheng.elements.candidates.bases import label_of
from zhiheng.elements.candidates.reading import Part, parts, text_of
from zhiheng.elements.faces import KINDS
from zhiheng.elements.models import CandidateReading, ItemCandidate
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Table, Tone
from zhiheng.web.paging import Page

TONES: dict[str, Tone] = {
    "OPEN": "warn", "IN_PROPOSAL": "info", "ACCEPTED": "ok", "MERGED": "ok", "DISMISSED": "plain",
}  # fmt: skip
_PARTY = {"UNIT": "单位", "PERSON": "个人", "RESPONSIBLE": "直接责任人员", "ANY": ""}
_WHEN = {"BASE": "", "REFUSAL": "拒不改正的", "AGGRAVATED": "情节严重的", "THRESHOLD": "按数额",
         "OTHER": ""}  # fmt: skip


@dataclass(frozen=True)
class CandidatesPage:
    """Candidates by state, of laws found by title; the reading that runs, or the last one."""

    rows: Page[Any]
    table: Table
    filters: list[Link]
    query: str
    state: str
    crumbs: list[Link]
    reading: CandidateReading | None
    ask: forms.Form

    @property
    def running(self) -> bool:
        """Whether laws are being read now."""
        return self.reading is not None and self.reading.state == CandidateReading.State.RUNNING


@dataclass(frozen=True)
class Clause:
    """The words of a place with marks on what rests on them."""

    place: str
    parts: list[Part]
    href: str = ""


@dataclass(frozen=True)
class CandidatePage:
    """One candidate: its words with marks, what was read, and what may be done.

    `returned`: why the last proposal of it came to nothing; `own_draft` where that draft waits.
    """

    candidate: ItemCandidate
    heading: str
    clause: Clause
    facts: list[tuple[str, Any]]
    fines: Table
    gaps: list[str]
    tone: str
    is_open: bool
    item_href: str
    proposal_href: str
    returned: str
    own_draft: str
    accept: forms.Form
    merge: forms.Form
    dismiss: forms.Form
    crumbs: list[Link]


def clause_of(candidate: ItemCandidate, *, href: str = "") -> Clause:
    """The marked words of a candidate."""
    text = text_of(candidate)
    place = f"{candidate.law_version.law}{label_of(candidate.law_node)}"
    return Clause(place, parts(text=text, finding=candidate.finding), href)


def table_of(rows: list[ItemCandidate], *, href: Callable[[ItemCandidate], str]) -> Table:
    """One row a candidate."""
    return Table(
        columns=("拟名", "法律", "条款", "处罚种类", "罚款", "状态"),
        rows=tuple(
            (
                Cell(one.title, "strong", href=href(one)),
                one.law_version.law.short,
                label_of(one.law_node),
                "、".join(kinds_of(one.finding)),
                fine_words(one.finding) or "—",
                Cell(one.get_state_display(), "tag", tone=TONES[one.state]),
            )
            for one in rows
        ),
        caption="事项候选",
    )


def kinds_of(finding: dict[str, Any]) -> list[str]:
    """Kinds of penalty in words, each once."""
    return list(dict.fromkeys(KINDS.get(one["code"], one["code"]) for one in finding["kinds"]))


def fine_words(finding: dict[str, Any]) -> str:
    """The first fine in words."""
    return amount_words(finding["amounts"][0]) if finding["amounts"] else ""


def amount_words(amount: dict[str, Any]) -> str:
    """5,000 元至 50,000 元; 违法所得 1 至 5 倍."""
    low, high = amount["low_cents"], amount["high_cents"]
    base = amount["per"] or ""
    if (low is None and high is None) or amount["low_hundredths"] is not None:
        low, high, base = amount["low_hundredths"], amount["high_hundredths"], amount["base"]
        shown = [f"{one / 100:g}" if one is not None else "" for one in (low, high)]
        unit = " 倍"
    else:
        shown = [words.yuan(one) if one is not None else "" for one in (low, high)]
        unit = ""
    if low == high:
        return f"{base} {shown[0]}{unit}".strip()
    if low is None:
        return f"{base} {shown[1]}{unit} 以下".strip()
    if high is None:
        return f"{base} {shown[0]}{unit} 以上".strip()
    return f"{base} {shown[0]} 至 {shown[1]}{unit}".strip()


def facts_of(finding: dict[str, Any]) -> list[tuple[str, Any]]:
    """What was read, field by field; what was not found says so."""
    who = finding["subject"]
    bodies = "、".join(one["name"] for one in finding["bodies"])
    return [
        ("谁来罚", bodies or "条文没有写明"),
        ("罚谁", who["name"] if who else "条文没有写明"),
        ("处罚种类", "、".join(kinds_of(finding))),
        ("责令改正", "有" if finding["correction"] else "没有"),
        ("拒不改正另罚", _has(finding, "REFUSAL")),
        ("情节严重加重", _has(finding, "AGGRAVATED")),
        ("移送司法", "有" if finding["transfer"] else "没有"),
        ("行为", f"{len(finding['acts'])} 项"),
    ]


def _has(finding: dict[str, Any], when: str) -> str:
    return "有" if any(one["when"] == when for one in finding["limbs"]) else "没有"


def fines_of(finding: dict[str, Any]) -> Table:
    """Every fine: on whom, in which circumstances, how much, may or must."""
    return Table(
        columns=("对象", "情形", "幅度", "可以或应当"),
        rows=tuple(
            (
                _PARTY[one["party"]] or "违法的人",
                _WHEN[finding["limbs"][one["limb"]]["when"]] or "一般",
                amount_words(one),
                "可以" if one["may"] else "应当",
            )
            for one in finding["amounts"]
        ),
        caption="罚款",
    )
