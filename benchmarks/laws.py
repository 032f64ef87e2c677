"""How fast statutes are taken in, cited, found and compared; one JSON line at the end.

    python -m benchmarks.laws [--scale quick|full] [--quick]

Reads the law texts beside the checkout (`tests/shared_data.py` says where); quick takes the
national laws, full also the regulations. Exits non-zero when they are not there.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from benchmarks import _bench as bench
from tests.shared_data import SHARED

FILES = {"quick": ("national-2026",), "full": ("national-2026", "regulations-2025")}
AT, ON = datetime(2026, 11, 26, tzinfo=UTC), date(2026, 11, 26)


def main() -> int:
    options = bench.arguments(__doc__, scales=("quick", "full"), default="full")
    paths = [SHARED / "laws" / f"{name}.jsonl.gz" for name in FILES[options.scale]]
    if missing := [str(path) for path in paths if not path.exists()]:
        bench.tell(f"not there: {missing}")
        return 1
    with bench.database("laws") as url:
        bench.ready(url)
        figures = measure(paths, options.scale)
    print(json.dumps(figures, ensure_ascii=False))
    return 0


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def measure(paths: list[Any], scale: str) -> dict[str, Any]:
    from django.db import connection

    from zhiheng.laws.models import LawNode

    figures: dict[str, Any] = {"benchmark": "laws", "scale": scale}
    total = 0.0
    for path in paths:
        seconds, counts = timed(lambda path=path: take(path))
        bench.tell(f"{path.name}: {counts} in {seconds:.1f} s")
        key = path.name.split("-")[0]
        figures[f"{key}_seconds"] = round(seconds, 2)
        figures[f"{key}_articles"] = counts["articles_new"]
        figures[f"{key}_nodes"] = counts["nodes_new"]
        total += seconds
    again, counts = timed(lambda: take(paths[0]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('laws_lawnode')")
        size = cursor.fetchone()[0]
    rows = LawNode.objects.count()
    return figures | {
        "rows": rows, "seconds": round(total, 2), "rows_per_second": round(rows / total),
        "again_seconds": round(again, 2), "again_new": counts["texts_new"],
        "nodes_mb": size // 1_000_000, **reading(), "rss_mb": bench.rss_mb(),
    }  # fmt: skip


def take(path: Any) -> dict[str, int]:
    from zhiheng.laws import services
    from zhiheng.laws.reading.jsonl import read_jsonl

    outcome = services.import_source(source=read_jsonl(path), at=AT, on=ON, clock=lambda: AT)
    return outcome.counts


def reading() -> dict[str, Any]:
    """Citations, single places, and the longest comparison there is."""
    from zhiheng.laws import api as laws
    from zhiheng.laws.models import LawNode

    texts = list(LawNode.objects.exclude(text="").values_list("text", flat=True)[:60_000])
    seconds, found = timed(lambda: sum(len(laws.recognise(text, "某法")) for text in texts))
    (cited,) = laws.recognise("《食品安全法》第一百三十二条第二款")
    places = [timed(lambda: laws.resolve(cited, ON))[0] for _ in range(300)]
    old = laws.versions_of(laws.find_law("大气污染防治法"))[0]  # type: ignore[arg-type]
    new = laws.versions_of(laws.find_law("生态环境法典"))[0]  # type: ignore[arg-type]
    compared, changes = timed(lambda: laws.compare(old, new))
    return {
        "citations": found, "citation_chars_per_second": round(sum(map(len, texts)) / seconds),
        "resolve_p50_ms": round(bench.percentile(places, 50) * 1000, 2),
        "compare_seconds": round(compared, 3), "compare_articles": len(changes),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
