"""Thresholds that leave a value in no branch, as 超过一万元 beside 不足一万元 does with 10,000."""

import re

from zhiheng.laws.clauses.findings import Gap
from zhiheng.laws.clauses.numbers import NUMBER, number_of
from zhiheng.laws.clauses.pieces import Piece

_BOUND = re.compile(
    rf"(?P<before>超过|不足|不满|低于|未达到|少于|高于|达到|在)?(?P<number>{NUMBER})元(?P<after>以上|以下|以内)?"
)
_ABOVE, _BELOW = ("超过", "高于"), ("不足", "不满", "低于", "未达到", "少于")


def gaps(pieces: list[Piece]) -> list[Gap]:
    """Values at which no branch, or more than one, applies; 以上 and 以下 hold the number itself."""
    bounds: dict[int, list[tuple[str, int, int]]] = {}
    for piece in pieces:
        if not piece.condition:
            continue
        for match in _BOUND.finditer(piece.words):
            side = _side(match)
            if side:
                cents = round(number_of(match["number"]) * 100)
                place = (piece.start + match.start(), piece.start + match.end())
                bounds.setdefault(cents, []).append((side, *place))
    return [gap for cents, sides in bounds.items() if (gap := _gap(cents, sides))]


def _side(match: re.Match[str]) -> str:
    if match["before"] in _ABOVE:
        return "above"
    if match["before"] in _BELOW:
        return "below"
    return {"以上": "from", "以下": "to", "以内": "to"}.get(match["after"] or "", "")


def _gap(cents: int, sides: list[tuple[str, int, int]]) -> Gap | None:
    names = {side for side, _, _ in sides}
    upper, lower = names & {"above", "from"}, names & {"below", "to"}
    if not upper or not lower:
        return None
    start, end = sides[0][1], sides[-1][2]
    yuan = f"{cents // 100:,}"
    if "from" not in upper and "to" not in lower:
        return Gap(start, end, value_cents=cents, says=f"恰好 {yuan} 元不在任何一档。")
    if "from" in upper and "to" in lower:
        return Gap(start, end, value_cents=cents, says=f"恰好 {yuan} 元同时在两档。")
    return None
