"""Laws, clauses, items, benchmarks and grants of the demo: their numbers are real."""

from datetime import date
from typing import Any

from zhiheng.elements.demo.material import FROM, read, uid
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Basis, BasisNode, Benchmark, Item
from zhiheng.elements.policies import clause_label

CODE_FROM = date(2026, 8, 15)
_AIR = {"conduct": ["air-law-2018", "81", "1"], "penalty": ["air-law-2018", "118", "1"]}
_SPREAD = (("LIGHT", "从轻", 0.0, 0.3), ("NORMAL", "一般", 0.3, 0.7), ("HEAVY", "从重", 0.7, 1.0))


def laws() -> dict[str, Basis]:
    """The laws in use, by code."""
    rows = [
        Basis(
            uid=uid("basis", code),
            code=code,
            title=title,
            level=level,
            issuer=issuer,
            promulgated_on=promulgated,
            source="公开法律文本",
            **header(region_code="330000" if level == "LOCAL" else "100000")
            | {"valid_from": begins, "valid_until": ends},
        )
        for code, title, level, issuer, promulgated, begins, ends in read("laws.yaml")
    ]
    return {row.code: row for row in store(rows)}


def clauses(*, laws: dict[str, Basis]) -> dict[tuple[str, ...], BasisNode]:
    """Every clause that an item names, once."""
    named = [one for spec in _specs() for one in (spec.get("conduct"), spec["penalty"]) if one]
    nodes = {}
    for parts in named:
        key = clause_key(parts)
        law = laws[key[0]]
        nodes[key] = BasisNode(
            uid=uid("node", *key),
            basis=law,
            article=key[1],
            paragraph=key[2],
            item=key[3],
            label=clause_label(article=key[1], paragraph=key[2], item=key[3]),
            **header(region_code=law.region_code)
            | {"valid_from": law.valid_from, "valid_until": law.valid_until},
        )
    store(list(nodes.values()))
    return nodes


def clause_key(parts: list[str]) -> tuple[str, ...]:
    """Law, article, paragraph, item; what is not named is empty."""
    return tuple((*parts, "", "")[:4])


def _specs() -> list[dict[str, Any]]:
    """Items as the file has them, and the oil-fume item as it stood before the code."""
    specs = list(read("items.yaml"))
    return [*specs, specs[0] | _AIR | {"until": CODE_FROM}]


def items(*, nodes: dict[tuple[str, ...], BasisNode]) -> list[Item]:
    """The items; the oil-fume item has two versions, split on the day the code came into force."""
    return list(store([_item(spec=spec, nodes=nodes) for spec in _specs()]))


def _item(*, spec: dict[str, Any], nodes: dict[tuple[str, ...], BasisNode]) -> Item:
    penalty = nodes[clause_key(spec["penalty"])]
    conduct = nodes.get(clause_key(spec["conduct"])) if spec.get("conduct") else None
    flags, kinds = spec.get("flags", ""), spec["kinds"]
    split = spec["code"] == "QH-CG-001" and "until" not in spec
    return Item(
        uid=uid("item", spec["code"]),
        code=spec["code"],
        name=spec["name"],
        domain=spec["domain"],
        kind=Item.Kind.PENALTY,
        act_description=spec["act"],
        keywords=spec["words"],
        conduct_basis=conduct,
        penalty_basis=penalty,
        penalty_kinds=kinds,
        fine_min_cents=spec["fine"][0] * 100,
        fine_max_cents=spec["fine"][1] * 100,
        fine_rules=[
            {"party": party, "when": when, "min_cents": low * 100, "max_cents": high * 100}
            for party, when, low, high in spec.get("more", [])
        ],
        order_correction="c" in flags,
        refusal_required="r" in flags,
        on_the_spot="s" in flags,
        hearing_class="ALWAYS" if "CLOSE" in kinds else "BY_AMOUNT",
        benchmark_table=spec.get("table", ""),
        **header(
            valid_from=max(FROM, penalty.basis.valid_from),
            valid_until=spec.get("until"),
            version=2 if split else 1,
        ),
    )


def benchmarks(*, items: list[Item]) -> list[Benchmark]:
    """One benchmark per item in force: light, normal and heavy over the range of the fine."""
    rows = [
        Benchmark(
            uid=uid("benchmark", item.code),
            code=item.code.replace("QH-", "QH-CL-", 1),
            item=item,
            title=f"{item.name}裁量基准",
            issuer="青衡县综合行政执法局" if item.domain == "urban" else "",
            doc_no="青综执〔2026〕21号",
            table=item.benchmark_table,
            tiers=tiers(low=item.fine_min_cents or 0, high=item.fine_max_cents or 0),
            factors=["危害后果", "违法次数", "改正情况", "配合调查"],
            **header(valid_from=item.valid_from),
        )
        for item in items
        if item.valid_until is None
    ]
    return list(store(rows))


def tiers(*, low: int, high: int) -> list[dict[str, Any]]:
    """Shares of the range of 30, 40 and 30 per cent, in whole yuan."""
    span = high - low

    def at(share: float) -> int:
        return low + round(span * share / 100) * 100

    return [
        {"tier": code, "title": title, "min_cents": at(begin), "max_cents": at(end)}
        for code, title, begin, end in _SPREAD
    ]
