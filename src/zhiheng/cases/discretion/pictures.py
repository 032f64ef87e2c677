"""The spread of earlier fines as a small picture: the law's range, the tier, the proposal, this case."""

from dataclasses import dataclass

from zhiheng.cases.discretion.spread import Spread
from zhiheng.kernel import money
from zhiheng.rulebook import api as rulebook

WIDTH, LEFT, RIGHT = 640, 24, 616
SHOWN = 60


@dataclass(frozen=True)
class Strip:
    """A part of the line, by where it begins and how wide it is."""

    x: int
    width: int
    title: str


@dataclass(frozen=True)
class Mark:
    """A point on the line with its words."""

    x: int
    title: str
    label: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class SpreadPicture:
    """Everything the drawing needs; whole pixels, left to right.

    says: the same in one sentence, for whoever does not see the picture.
    """

    ends: tuple[Mark, Mark]
    tier: Strip | None
    proposed: Strip | None
    middle: Strip | None
    dots: list[Mark]
    median: Mark | None
    here: Mark | None
    says: str
    width: int = WIDTH


def draw(found: rulebook.Assessment, spread: Spread, *, cents: int | None) -> SpreadPicture | None:
    """The picture for an assessment; None where the law's range is not known."""
    if found.legally is None or found.legally.high <= found.legally.low:
        return None
    law = found.legally

    def at(sum_: int) -> int:
        share = (min(max(sum_, law.low), law.high) - law.low) / (law.high - law.low)
        return LEFT + round(share * (RIGHT - LEFT))

    def strip(low: int, high: int, title: str) -> Strip:
        return Strip(at(low), max(at(high) - at(low), 3), f"{title} {_span(low, high)}")

    few = spread.sums if len(spread.sums) <= SHOWN else ()
    return SpreadPicture(
        ends=(
            Mark(LEFT, "法定下限", money.yuan(law.low), "start"),
            Mark(RIGHT, "法定上限", money.yuan(law.high), "end"),
        ),
        tier=strip(found.bounds.low, found.bounds.high, "本档") if found.bounds else None,
        proposed=strip(found.proposed.low, found.proposed.high, "建议") if found.proposed else None,
        middle=strip(spread.p5, spread.p95, "九成案件在")
        if spread.p5 is not None and spread.p95 is not None else None,
        dots=[Mark(at(one), f"{money.yuan(one)} 元") for one in few],
        median=Mark(at(spread.median), f"中位数 {money.yuan(spread.median)} 元")
        if spread.median is not None else None,
        here=Mark(at(cents), f"本案 {money.yuan(cents)} 元", "本案") if cents else None,
        says=words_of(spread),
    )  # fmt: skip


def _span(low: int, high: int) -> str:
    return f"{money.yuan(low)} 至 {money.yuan(high)} 元"


def words_of(spread: Spread) -> str:
    """The spread in a sentence; where cases are few it says so and names no percentile."""
    if not spread.count:
        return "还没有同一事项、同一档次的已决案件，不能比较。"
    lowest = f"同一事项、同一档次已决 {spread.count} 件，{_span(spread.least, spread.most)}"
    if spread.p5 is None or spread.p95 is None or spread.median is None:
        return f"{lowest}；不足 {spread.enough} 件，只列出每一件，不算百分位。"
    return (
        f"{lowest}；中位数 {money.yuan(spread.median)} 元，"
        f"九成案件在 {_span(spread.p5, spread.p95)}之间。"
    )
