"""How many discretion assessments a second; one JSON line at the end.

    python -m benchmarks.discretion [--scale quick|full] [--quick]

Each assessment types twenty answers, goes through exemptions, tier, grounds and factors, and keeps
every reason with its articles. `peer_reparsed…` is the same table read and compiled anew for
each matter, as a script beside a case would do; `peer_zen…` is the same tiers and weights as a
decision table of the zen-engine (Rust), which gives the sum without the reasons. The latter is
left out where the package is not installed. Exits non-zero when it could not measure, or below
the 5 000 a second that were asked for.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks import _bench as bench
from zhiheng.rulebook.api import assess, scale_of
from zhiheng.rulebook.discretion_reading import Assessment
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.loader import load
from zhiheng.rulebook.read_discretion import read_table

ON = date(2026, 11, 26)
TABLE = "discretion.catering-fume"
WANTED = 5000


def matters(count: int) -> list[dict[str, Any]]:
    """Answers of invented matters, the same every time."""
    draw = random.Random(1)
    yes = lambda: draw.random() < 0.5  # noqa: E731
    return [
        {
            "facts_established": True, "party_age_group": "ADULT", "party_capacity": "FULL",
            "limitation_ok": True, "no_fault_proven": False, "minor": False,
            "corrected_in_time": yes(), "harm": draw.choice(["NONE", "LIGHT", "MIDDLE", "GRAVE"]),
            "first_time": yes(), "first_listed": yes(), "lighter_found": [], "heavier_found": [],
            "duty_breached": True, "over_standard": True, "exceed_percent": draw.randrange(1, 400),
            "repeated": draw.random() < 0.1, "complaints_proven": draw.randrange(4),
        }
        for _ in range(count)
    ]  # fmt: skip


def per_second(judge: Callable[[dict[str, Any]], Any], given: list[dict[str, Any]]) -> float:
    began = time.perf_counter()
    for one in given:
        judge(one)
    return len(given) / (time.perf_counter() - began)


def reparsed(book: Any, scale: Any) -> Callable[[dict[str, Any]], Assessment]:
    """Reads the file of the table anew for each matter."""
    path = book.root / "discretion" / "catering-fume.yaml"

    def judge(one: dict[str, Any]) -> Assessment:
        draft = Draft(root=book.root, schema_folder=book.root / "_schema")
        draft.statutes.update(book.statutes)
        draft.grounds.update(book.grounds)
        read_table(draft=draft, path=path)
        return assess(draft.tables[TABLE], one, scale=scale)

    return judge


def zen_engine() -> Callable[[dict[str, Any]], Any] | None:
    """The same tiers and weights as a decision of the zen-engine; None without the package."""
    try:
        import zen
    except ImportError:
        return None
    tiers = (
        ("exceed_percent > 300 or repeated or complaints_proven >= 3", 3650001, 5000000),
        ("exceed_percent <= 100 and corrected_in_time", 500000, 1850000),
        ("true", 1850001, 3650000),
    )
    weighed = (
        "40 * (exceed_percent <= 50 ? 0 : exceed_percent <= 100 ? 25 : exceed_percent <= 200 ? 50"
        " : exceed_percent <= 300 ? 75 : 100) + 30 * (harm == 'NONE' ? 0 : harm == 'LIGHT' ? 25"
        " : harm == 'MIDDLE' ? 50 : 100) + 20 * (corrected_in_time ? 0 : 100)"
        " + 10 * (complaints_proven == 0 ? 0 : complaints_proven < 3 ? 50 : 100)"
    )
    rules = [{"_id": str(n), "c": when, "low": str(low), "high": str(high), "x": weighed}
             for n, (when, low, high) in enumerate(tiers)]  # fmt: skip
    table = {"hitPolicy": "first", "rules": rules, "inputs": [{"id": "c", "name": "when"}],
             "outputs": [{"id": n, "name": n, "field": n} for n in ("low", "high", "x")]}  # fmt: skip
    graph = {
        "nodes": [
            {"id": "i", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {"id": "t", "name": "tiers", "type": "decisionTableNode", "content": table,
             "position": {"x": 1, "y": 0}},
            {"id": "o", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "1", "sourceId": "i", "targetId": "t", "type": "edge"},
            {"id": "2", "sourceId": "t", "targetId": "o", "type": "edge"},
        ],
    }  # fmt: skip
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    return lambda one: decision.evaluate(one)["result"]


def main() -> int:
    options = bench.arguments(__doc__, scales=("quick", "full"), default="full")
    book = load()
    table, scale = book.tables[TABLE], scale_of(book=book, domain="urban", on=ON)
    given = matters(5_000 if options.scale == "quick" else 30_000)
    began = time.perf_counter()
    ours = per_second(lambda one: assess(table, one, scale=scale), given)
    seconds = time.perf_counter() - began
    told = per_second(lambda one: assess(table, one, scale=scale).sentences(), given)
    naive = per_second(reparsed(book, scale), given[:100])
    figures: dict[str, Any] = {
        "benchmark": "discretion", "scale": options.scale, "rows": len(given),
        "seconds": round(seconds, 3),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "assessments_per_second": round(ours), "with_sentences_per_second": round(told),
        "peer_reparsed_per_second": round(naive),
    }  # fmt: skip
    if judge := zen_engine():
        same = [(one, assess(table, one, scale=scale), judge(one)) for one in given[:500]]
        wrong = [
            one for one, mine, other in same
            if mine.bounds and (mine.bounds.low, mine.bounds.high, mine.weighed)
            != (other["low"], other["high"], other["x"])
        ]  # fmt: skip
        if wrong:
            bench.tell(f"zen-engine disagrees, for instance on {wrong[0]}")
            return 1
        figures["peer_zen_per_second"] = round(per_second(judge, given))
    print(json.dumps(figures))
    return 0 if ours >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
