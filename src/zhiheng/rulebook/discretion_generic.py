"""A table for an item that has none: its range by the domain's shares, or by a published benchmark.

Which tier fits is judged by a person; the general exemptions and grounds are asked as everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.discretion_model import Precondition, Range, Table, Tier
from zhiheng.rulebook.discretion_reading import CODES
from zhiheng.rulebook.expressions import compile_expression
from zhiheng.rulebook.model import Basis, Checked, Fact

JUDGED, REFUSED, RANGE = "tier_judged", "refused_to_correct", "fine"


@dataclass(frozen=True, slots=True)
class ItemRange:
    """What the register knows of an item's fine; sums in cents.

    tiers: (code, low, high) of a published benchmark; empty: by the domain's shares.
    refusal_required: the law fines only whoever refuses to correct.
    """

    code: str
    name: str
    domain: str
    low: int | None
    high: int
    basis: str = ""
    refusal_required: bool = False
    tiers: Sequence[tuple[str, int, int]] = ()
    benchmark: str = ""


def generic_table(*, book: Rulebook, item: ItemRange) -> Table:
    """The table of an item without its own; nobody's conditions are made up."""
    grounds = list(book.grounds.values())
    inputs = _questions(item) | {n: f for one in grounds for n, f in one.inputs.items()}
    cited = (Basis("", "", "", "", item.basis),) if item.basis else ()
    stated = (item.code, item.domain, item.low, item.high, tuple(item.tiers), item.refusal_required)
    told = repr((stated, [one.digest for one in grounds])).encode()
    return Table(
        id=f"generic:{item.code}", item=item.code, title=item.benchmark or f"{item.name}（法定幅度）",
        inputs=MappingProxyType(inputs), tiers=_tiers(item), factors=(), hit="unique", basis=cited,
        checked=Checked("unverified"), span=None, domain=item.domain,
        ranges=(Range(RANGE, "cents", item.low, item.high, basis=cited),),
        exemptions=tuple(row for one in grounds for row in one.exemptions),
        precondition=Precondition(
            compile_expression(REFUSED), "法律以责令改正后拒不改正为罚款前提", cited
        ) if item.refusal_required else None,
        heavier=tuple(r for one in grounds for r in one.heavier if r.domain in ("", item.domain)),
        lighter=tuple(r for one in grounds for r in one.lighter),
        common=frozenset(n for one in grounds for n in one.inputs),
        digest=hashlib.sha256(told).hexdigest()[:16],
    )  # fmt: skip


def _questions(item: ItemRange) -> dict[str, Fact]:
    """Which of the tiers fits; heavier only where a published benchmark has such a tier."""
    codes = [code for code, _, _ in item.tiers] or ["LIGHT", "NORMAL"]
    choices = {code: CODES[code] for code in codes if code in CODES}
    help_ = "由人判断：" + (
        "照公布的基准写的情形选一档。" if item.tiers
        else "本事项没有公布的基准，只分从轻、一般；从重须勾选法律、公布的规定写明的情形。"
    )  # fmt: skip
    asked = {
        JUDGED: Fact(JUDGED, "属于哪一档", "enum", "record", None,
                     MappingProxyType(choices), help=help_)
    }  # fmt: skip
    if item.refusal_required:
        asked[REFUSED] = Fact(REFUSED, "责令改正后拒不改正", "bool", "record", None,
                              help="有责令改正的文书和到期复查仍未改正的记录。")  # fmt: skip
    return asked


def _tiers(item: ItemRange) -> tuple[Tier, ...]:
    given = {code: (low, high) for code, low, high in item.tiers}
    tops = {high for _, high in given.values()}
    rows = []
    for code in given or ("LIGHT", "NORMAL", "HEAVY"):
        low, high = given.get(code, (None, None))
        rows.append(Tier(
            tier=CODES[code], when=compile_expression(f"{JUDGED} == '{code}'"), fine_min=low,
            fine_max=high, text="", code=code, range=RANGE, shared=not given,
            above=low in tops and low != high,
        ))  # fmt: skip
    return tuple(rows)
