"""裁量基准 before it is stored: no gap, no overlap, inside the range and inside the superior's.

Law.md G-048 (裁量基准意见五). Sums are cents; a boundary that two tiers share belongs to the lower.
"""

from datetime import date
from itertools import pairwise
from typing import Any

from zhiheng.elements.models import Benchmark, Item
from zhiheng.kernel import money

Tiers = list[dict[str, Any]]
NEXT = (0, 1, 100)  # the same sum, the next cent, or the next whole yuan


def check_benchmark(row: Benchmark) -> dict[str, str]:
    """What is wrong with a benchmark, as a sentence per field; nothing where it may be stored.

    Tiers that already stand in the register are not judged again: what was published before
    this was checked must still be open to being ended.
    """
    tiers = row.tiers or []
    stood = Benchmark.objects.filter(uid=row.uid, item_id=row.item_id, tiers=tiers)
    if tiers and stood.exists():
        return {}
    if not tiers:
        return {"tiers": "请至少写一档：档次代码、名称、下限、上限。"}
    wrong = tier_problem(tiers) or _outside_item(tiers, row.item) or _outside_superior(row)
    return {"tiers": wrong} if wrong else {}


def tier_problem(tiers: Tiers) -> str:
    """A gap, an overlap, or a tier whose bounds are missing or turned round; empty if none."""
    for tier in tiers:
        low, high = tier.get("min_cents"), tier.get("max_cents")
        if not isinstance(low, int) or not isinstance(high, int) or isinstance(low, bool):
            return f"“{tier.get('title', '')}”一档的下限、上限须是数额（分）。请补上。"
        if low > high or low < 0:
            return f"“{tier.get('title', '')}”一档的下限高于上限。请改正。"
    codes = [tier.get("tier") for tier in tiers]
    if not all(codes) or len(set(codes)) != len(codes):
        return "每一档要有自己的代码（从轻 LIGHT、一般 NORMAL、从重 HEAVY 等），不能重复。请改正。"
    rows = sorted(tiers, key=lambda tier: (tier["min_cents"], tier["max_cents"]))
    for before, after in pairwise(rows):
        step = after["min_cents"] - before["max_cents"]
        names = f"“{before['title']}”与“{after['title']}”"
        if step > 1 and not (step == NEXT[-1] and before["max_cents"] % NEXT[-1] == 0):
            return f"{names}之间有缺口：{_sum(before['max_cents'])}以上没有一档。请补上。"
        if step < 0:
            return f"{names}重叠：{_sum(after['min_cents'])}两档都符合。请改正。"
    return ""


def _outside_item(tiers: Tiers, item: Item) -> str:
    """The tiers cover the item's range exactly; a tier of 减轻 may lie below it."""
    rows = [tier for tier in tiers if tier["tier"] not in ("MITIGATED", "NONE")]
    if item.fine_max_cents is None or not rows:
        return ""
    low, high = item.fine_min_cents or 0, item.fine_max_cents
    least = min(tier["min_cents"] for tier in rows)
    most = max(tier["max_cents"] for tier in rows)
    if (least, most) != (low, high):
        return (
            f"各档合起来应是法定幅度 {_sum(low)}至 {_sum(high)}，"
            f"现在是 {_sum(least)}至 {_sum(most)}。请改正，或者先改事项的幅度。"
        )
    return ""


def _outside_superior(row: Benchmark) -> str:
    """Every tier lies inside the tier of the same code of a wider region's benchmark (G-048)."""
    above = superior_of(row, on=row.valid_from)
    if above is None:
        return ""
    theirs = {tier["tier"]: tier for tier in above.tiers}
    for tier in row.tiers:
        wide = theirs.get(tier["tier"])
        if wide is None:
            return f"上级基准“{above.title}”没有“{tier['title']}”这一档，下级不能增加。请改正。"
        if tier["min_cents"] < wide["min_cents"] or tier["max_cents"] > wide["max_cents"]:
            return (
                f"“{tier['title']}”超出上级基准“{above.title}”的 "
                f"{_sum(wide['min_cents'])}至 {_sum(wide['max_cents'])}。请在其范围内细化。"
            )
    return ""


def superior_of(row: Benchmark, *, on: date) -> Benchmark | None:
    """The benchmark of the next wider region for the same item on a day."""
    own = _reach(row.region_code)
    wider = [own[:size] for size in (2, 4) if size < len(own)]
    codes = [code.ljust(width, "0") for code in wider for width in (len(code), 6, 9, 12)]
    found = Benchmark.objects.active(on).filter(item__uid=row.item.uid).exclude(uid=row.uid)
    rows = [
        one
        for one in found.filter(region_code__in=codes)
        if own.startswith(_reach(one.region_code))
    ]
    return max(rows, key=lambda one: len(_reach(one.region_code)), default=None)


def _reach(code: str) -> str:
    """The part of a region code that says something: 339900 → 3399, 330000 → 33."""
    if len(code) < 6:
        return code
    head = code[:6]
    if head.endswith("0000"):
        return head[:2]
    return head[:4] if head.endswith("00") else code.rstrip("0") if len(code) > 6 else head


def _sum(cents: int) -> str:
    return f"{money.yuan(cents)} 元"
