"""从旧兼从轻：行为时与决定时的条文并排，改了什么，看起来哪个轻。

The machine compares what can be compared by figures and says why; a person decides. It never says
more than 看起来, and says 说不准 where figures do not settle it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhiheng.laws import likeness as alike
from zhiheng.laws.amounts import Amount, amounts_in
from zhiheng.laws.citations import Citation
from zhiheng.laws.models import LawNode, LawVersion
from zhiheng.laws.numerals import place_label
from zhiheng.laws.selectors import (
    ArticleWords,
    Resolved,
    articles_of,
    find_law,
    resolve,
    version_on,
    words_of,
)

LIGHTER, HEAVIER, SAME, UNSURE = "LIGHTER", "HEAVIER", "SAME", "UNSURE"
SAYS = {
    LIGHTER: "看起来新法较轻",
    HEAVIER: "看起来新法较重",
    SAME: "看起来轻重没有变",
    UNSURE: "说不准",
}
MOST, SHOWN = 5, 120
"""How many likely successors are offered, and how much of each is shown."""
PERSON = "由办案人员和法制审核判断；平台只摆出两边的文字和数字，不作决定。"


@dataclass(frozen=True)
class Side:
    """One text: where it stands, its words, the fines found in it."""

    label: str
    version: LawVersion | None
    node: LawNode | None
    words: str
    amounts: list[Amount]
    problem: str = ""
    caution: str = ""


@dataclass(frozen=True)
class Opinion:
    """What looks lighter, in one of four words, and each reason as a sentence."""

    verdict: str
    reasons: list[str]

    @property
    def says(self) -> str:
        """看起来新法较轻 …"""
        return SAYS[self.verdict]


@dataclass(frozen=True)
class Comparison:
    """Both texts, what changed word by word, the suggestion, and articles that may have taken over."""

    old: Side
    new: Side
    marks: list[alike.Mark]
    opinion: Opinion | None
    successors: list[tuple[float, str, str]]

    @property
    def changed(self) -> bool:
        """Whether the words differ at all."""
        return any(one.kind != "same" for one in self.marks)


def compare_days(
    *, cited: Citation, acted_on: date, decided_on: date, successor: Citation | None = None
) -> Comparison:
    """The cited place on the day of the act and on the day of decision, or the successor's then.

    Args:
        cited: the place that was broken, as cited.
        acted_on: day of the act.
        decided_on: day of decision, not before the act.
        successor: the place that took its place, chosen by a person, also in another law.
    """
    old = _side(resolve(cited, acted_on), cited)
    after = successor or cited
    new = _side(resolve(after, decided_on), after)
    near = _successors(old, decided_on) if new.node is None or successor is not None else []
    if old.node is None or new.node is None:
        return Comparison(old, new, [], None, near)
    opinion = judge(old.words, new.words, other_law=successor is not None)
    return Comparison(old, new, alike.marks(old.words, new.words), opinion, near)


def judge(old: str, new: str, *, other_law: bool = False) -> Opinion:
    """Which words look lighter by their figures; UNSURE where figures do not settle it.

    The maximum and the minimum at first hand, and the highest figure of all, must not point in
    different directions; a difference in anything but figures makes it unsure.
    """
    if old == new:
        return Opinion(SAME, ["两边的文字完全相同。"])
    reasons: list[str] = []
    before, after = amounts_in(old), amounts_in(new)
    signs: set[int] = set()
    for unit, name in (("元", "罚款"), ("倍", "按倍数的罚款")):
        signs |= _compare_unit(
            [one for one in before if one.unit == unit], [one for one in after if one.unit == unit],
            name, reasons,
        )  # fmt: skip
    for name, side in (("旧法", before), ("新法", after)):
        reasons += [f"{name}另有“{one.when}”的一档：{one.words}罚款。" for one in side if one.when]
    if other_law:
        reasons.append("两边是不同的条文，构成要件和其他处罚种类请逐字比较。")
    if {1, -1} <= signs:
        return Opinion(UNSURE, reasons)
    if not signs - {0}:
        reasons.append("金额看不出差别，文字有改动，请比较要件和处罚种类。")
        return Opinion(UNSURE, reasons)
    return Opinion(LIGHTER if -1 in signs else HEAVIER, reasons)


def _compare_unit(
    before: Sequence[Amount], after: Sequence[Amount], name: str, reasons: list[str]
) -> set[int]:
    """Signs (-1 lighter, 0 same, 1 heavier, both where it cannot be said) of one unit of fines."""
    if not before and not after:
        return set()
    if not before or not after:
        reasons.append(f"{name}只有{'新法' if after else '旧法'}有，没有数字可比。")
        return {-1, 1}
    signs: set[int] = set()
    first_old, first_new = _first_hand(before), _first_hand(after)
    if first_old and first_new:
        signs.add(_sign(first_old[0].high, first_new[0].high, f"{name}上限", reasons))
        signs.add(_sign(first_old[0].low or 0, first_new[0].low or 0, f"{name}下限", reasons))
    if len(first_old) != len(first_new):
        reasons.append(
            f"{name}的档数不同（旧 {len(before)} 档，新 {len(after)} 档），"
            "分不清哪一档对哪一档，上面只比了第一档。"
        )
        return signs | {-1, 1}
    for place, (old, new) in enumerate(zip(first_old[1:], first_new[1:], strict=True), start=2):
        signs.add(_sign(old.high, new.high, f"{name}第{place}档上限", reasons))
        signs.add(_sign(old.low or 0, new.low or 0, f"{name}第{place}档下限", reasons))
    signs.add(_sign(_top(before), _top(after), f"{name}最高额（含加重）", reasons))
    return signs


def _first_hand(amounts: Sequence[Amount]) -> list[Amount]:
    """Fines without a condition of refusal, delay or gravity."""
    return [one for one in amounts if not one.when]


def _top(amounts: Sequence[Amount]) -> int | None:
    highs = [one.high for one in amounts]
    return None if None in highs else max(one for one in highs if one is not None)


def _sign(old: int | None, new: int | None, name: str, reasons: list[str]) -> int:
    if old == new:
        return 0
    if old is None or new is None:
        reasons.append(f"{name}：一边没有写上限。")
        return 1 if new is None else -1
    way = "提高" if new > old else "降低"
    unit = "倍" if "倍数" in name else "元"
    reasons.append(f"{name}从 {_figure(old)} {unit}{way}到 {_figure(new)} {unit}。")
    return 1 if new > old else -1


def _figure(hundredths: int) -> str:
    """2,000,000 or 0.5."""
    return f"{hundredths / 100:,.2f}".rstrip("0").rstrip(".")


def _side(found: Resolved, cited: Citation) -> Side:
    place = place_label(cited.article, cited.paragraph, cited.item)
    label = f"《{found.law.title if found.law else cited.title}》{place}"
    words = words_of(found.node) if found.node else ""
    return Side(
        label, found.version, found.node, words, amounts_in(words), found.problem, found.caution
    )


def _successors(old: Side, on: date) -> list[tuple[float, str, str]]:
    """Articles that read most like the old one, in what ended its law or in its law's later text."""
    if old.version is None or not old.words:
        return []
    version = _taking_over(old.version, on)
    if version is None:
        return []
    scored = [_best_place(old.words, one) for one in articles_of(version)]
    best = sorted(scored, key=lambda found: -found[0])[:MOST]
    return [
        (round(score, 2), f"《{version.law.short}》{label}", words[:SHOWN])
        for score, label, words in best
        if score > alike.TINY
    ]


def _best_place(words: str, article: ArticleWords) -> tuple[float, str, str]:
    """The article, or the one of its paragraphs that reads most like some words."""
    mine = alike.grams(words)
    number = article.node.number
    found = [(alike.shared(mine, alike.grams(article.words)), place_label(number), article.words)]
    paragraphs = re.split(r"\n(?![（(])", article.words)
    for place, text in enumerate(paragraphs if len(paragraphs) > 1 else [], start=1):
        score = alike.shared(mine, alike.grams(text))
        found.append((score, place_label(number, str(place)), text))
    return max(found, key=lambda one: one[0])


def _taking_over(version: LawVersion, on: date) -> LawVersion | None:
    """The text in force on a day of the law that ended a version's law, or of the same law."""
    by = version.ended_by
    law = by.law if by is not None else find_law(version.law.title)
    return version_on(law, on) if law is not None else None
