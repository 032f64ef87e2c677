"""条文里的金额与倍数：够比较轻重用，不求全。Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.laws.numerals import SIGNS, to_number

FIGURE = rf"(?:[{SIGNS}]+|\d[\d,.]*)(?:[百千]?万|亿)?"
RANGE = re.compile(
    rf"(?P<low>{FIGURE})(?P<low_unit>元|倍|%)?以上(?:不满|至)?(?P<high>{FIGURE})(?P<unit>元|倍|%)以下"
)
SINGLE = re.compile(rf"(?P<figure>{FIGURE})(?P<unit>元|倍)(?P<side>以下|以上)?")
PERCENT = re.compile(r"百分之([零一二三四五六七八九十]+)")
FINE = re.compile(r"罚款|罚金")
LATER = re.compile(
    r"(?:[^，。；]{0,30}(?:拒不改正|逾期|情节严重|再次|拒绝|造成[^，]{0,12}后果)[^，。；]{0,20})"
)


@dataclass(frozen=True)
class Amount:
    """One fine in a text: from–to in cents, or times a value in hundredths; what it is for.

    `unit`: "元" (cents) or "倍" (hundredths of the multiple). `low` is None where only a maximum is
    set, `high` None where none is. `when`: the condition at the head of its clause, "" at first hand.
    """

    unit: str
    low: int | None
    high: int | None
    words: str
    when: str = ""


def amounts_in(text: str) -> list[Amount]:
    """Fines in a text, in order; sums that are thresholds and not fines are left out."""
    found: list[Amount] = []
    for clause in re.split(r"[；。\n]", text):
        when = ""
        later = LATER.match(clause)
        if later is not None:
            when = later.group().strip("，")
        rest = clause
        for match in RANGE.finditer(clause):
            rest = rest.replace(match.group(), "〓", 1)
            if FINE.search(clause[match.end() : match.end() + 8]):
                found.append(_range(match, when))
        found += [
            _single(match, when)
            for match in SINGLE.finditer(rest)
            if match["side"] and FINE.search(rest[match.end() : match.end() + 8])
        ]
    return found


def to_amount(figure: str, unit: str) -> int | None:
    """Cents of 二万 元, hundredths of 三 倍; None when it is no figure."""
    factor = 1
    if figure.endswith("亿"):
        figure, factor = figure[:-1], 100_000_000
    elif "万" in figure:
        figure, factor = figure.replace("万", ""), 10_000
    if figure[:1].isdigit():
        try:
            return round(float(figure.replace(",", "")) * factor * 100)
        except ValueError:
            return None
    number = to_number(figure) if figure else 1
    return None if number is None else number * factor * 100


def _range(match: re.Match[str], when: str) -> Amount:
    unit = match["unit"]
    low_figure = match["low"]
    if not match["low_unit"] and "万" in match["high"] and "万" not in low_figure:
        low_figure += "万"
    return Amount(
        unit, to_amount(low_figure, unit), to_amount(match["high"], unit), match.group(), when
    )


def _single(match: re.Match[str], when: str) -> Amount:
    value = to_amount(match["figure"], match["unit"])
    if match["side"] == "以下":
        return Amount(match["unit"], None, value, match.group(), when)
    return Amount(match["unit"], value, None, match.group(), when)
