"""The law's range of a fine with the benchmark's tiers on it, and this case's sum, as a small picture."""

from dataclasses import dataclass
from datetime import date

from zhiheng.cases.discretion.pictures import Mark, Strip
from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.kernel import money

WIDTH, LEFT, RIGHT = 360, 16, 344


@dataclass(frozen=True)
class Scale:
    """Everything the drawing needs; whole pixels, left to right.

    says: the same in one sentence, for whoever does not see the picture.
    """

    tiers: list[Strip]
    bounds: list[Mark]
    here: Mark | None
    says: str
    width: int = WIDTH


def scale_of(case: Case, *, on: date, cents: int | None) -> Scale | None:
    """The picture for a case; None where the law names no range or the benchmark no tiers.

    Args:
        case: whose item and benchmark.
        on: the benchmark of this day.
        cents: the sum proposed or notified so far.
    """
    low, high = case.item.fine_min_cents or 0, case.item.fine_max_cents or 0
    benchmark = elements.benchmark_for(case.item, on)
    rows = [t for t in benchmark.tiers if t["max_cents"] > low] if benchmark else []
    if high <= low or not rows:
        return None

    def at(sum_: int) -> int:
        share = (min(max(sum_, low), high) - low) / (high - low)
        return LEFT + round(share * (RIGHT - LEFT))

    tiers = [
        Strip(at(t["min_cents"]), at(t["max_cents"]) - at(t["min_cents"]), t["title"]) for t in rows
    ]
    ends = sorted({low, high, *(min(t["max_cents"], high) for t in rows)})
    return Scale(
        tiers=tiers, says=_says(rows, low, high, cents),
        bounds=[Mark(at(end), money.yuan(end), _plain(end), _anchor(end, low, high)) for end in ends],
        here=Mark(at(cents), money.yuan(cents), f"{_plain(cents)} 元") if cents else None,
    )  # fmt: skip


def _plain(cents: int) -> str:
    return f"{cents // 100:,}"


def _anchor(end: int, low: int, high: int) -> str:
    return "start" if end == low else "end" if end == high else "middle"


def _says(rows: list[dict[str, int]], low: int, high: int, cents: int | None) -> str:
    tiers = "，".join(
        f"{t['title']} {_plain(t['min_cents'])} 至 {_plain(t['max_cents'])} 元" for t in rows
    )
    now = f"；本案 {_plain(cents)} 元" if cents else ""
    return f"法定幅度 {_plain(low)} 至 {_plain(high)} 元：{tiers}{now}。"
