"""A register brought in and taken away as a workbook, while others go on working.

    python -m benchmarks.exchange [--scale small|county|province] [--quick]

Makes a workbook of new items (2,000, 10,000 or 100,000 rows of 13 columns), then does what the
worker does: reads and compares it (`check_seconds`), applies it in one transaction
(`apply_seconds`); `import_seconds` is both, `import_rows_per_second` follows. Then the register is
exported (`export_rows_per_second`, XLSX; `export_csv_rows_per_second`), and brought back changed in
one row of ten (`update_seconds`). `rss_mb` is the most memory this process has held;
`page_p50_ms`/`page_p95_ms` a list page of the real web server meanwhile, `page_alone_ms` before.

`peer_naive_rows_per_second`: openpyxl and one ORM call a row, as one writes it at first, on a
number of rows that ends today.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import _bench as bench
from benchmarks._server import server

SCALES = {"small": 2_000, "county": 10_000, "province": 100_000}
NAIVE = 300
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
TITLES = (
    "事项编码", "名称", "执法领域", "权力类型", "违法行为", "俗称与关键词", "处罚种类", "罚款下限（元）",
    "罚款上限（元）", "责令改正", "听证", "区划代码", "生效日",
)  # fmt: skip
ASK = """
import sys, time, urllib.request
address, cookie, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
until = time.monotonic() + seconds
while time.monotonic() < until:
    began = time.perf_counter()
    urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookie})).read()
    print((time.perf_counter() - began) * 1000, flush=True)
    time.sleep(0.25)
"""


def rows(count: int, *, every_tenth: str = "") -> Any:
    """Rows as people fill them in."""
    for n in range(count):
        keywords = every_tenth if every_tenth and n % 10 == 0 else f"俗称{n} 关键词"
        yield (
            f"BX-{n:06d}", f"未按规定办理第{n}类手续", "生态环境", "行政处罚",
            f"违反规定未办理第{n}类手续从事经营活动的", keywords, "罚款、警告", "1000",
            "8000.50", "是", "较大数额罚没款", "339901", "2026年1月2日",
        )  # fmt: skip


def workbook(count: int, **more: str) -> bytes:
    """The workbook that is brought in."""
    from zhiheng.elements.exchange import writing

    out = io.BytesIO()
    book = writing.new_book(out)
    sheet = writing.data_sheet(book, name="执法事项", titles=TITLES)
    for number, cells in enumerate(rows(count, **more), start=1):
        for at, cell in enumerate(cells):
            sheet.write_string(number, at, cell)
    book.close()
    return out.getvalue()


def bring_in(content: bytes) -> dict[str, float]:
    """Upload, check, approve, apply: seconds of each."""
    from zhiheng.elements.exchange import services
    from zhiheng.elements.registers import get_register

    admin, head = _actor("chuyaosu"), _actor("zhaojuzhang")
    began = time.perf_counter()
    batch = services.take_in(
        stream=io.BytesIO(content), name="a.xlsx", register=get_register(slug="items"),
        actor=admin, at=AT, on=AT.date(),
    )  # fmt: skip
    uploaded = time.perf_counter()
    services.settle_columns(batch=batch, mapping=batch.mapping, valid_from=AT.date(), actor=admin)
    services.check(batch_id=batch.pk, at=AT)
    checked = time.perf_counter()
    batch.refresh_from_db()
    if batch.rows_wrong or batch.state != "CHECKED":
        raise SystemExit(f"{batch.state} {batch.problem} {batch.rows_wrong}")
    services.approve(batch=batch, actor=head, at=AT)
    services.apply(batch_id=batch.pk, at=AT)
    done = time.perf_counter()
    batch.refresh_from_db()
    if batch.state != "APPLIED":
        raise SystemExit(f"not applied: {batch.state}")
    bench.tell(f"new {batch.rows_new}, changed {batch.rows_changed}, same {batch.rows_same}")
    return {
        "upload": uploaded - began, "check": checked - uploaded, "apply": done - checked,
        "all": done - began,
    }  # fmt: skip


def take_away(form: str) -> tuple[float, int]:
    """Rows a second of an export of the whole register, and how many there were."""
    from zhiheng.elements.exchange import exports
    from zhiheng.elements.models import ElementExport

    export = ElementExport(
        register="items", region_code="339901", prefixes=["339901"], on=AT.date(), form=form,
        requested_by_id=_actor("chuyaosu").account_id, requested_at=AT,
    )  # fmt: skip
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        seal = exports.write(out, export=export)
    return seal.rows / (time.perf_counter() - began), seal.rows


def naive() -> float:
    """Rows a second of the loop that one writes at first."""
    import openpyxl

    from zhiheng.elements.models import Item

    content = workbook(NAIVE)
    began = time.perf_counter()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    for cells in sheet.iter_rows(min_row=2, values_only=True):
        Item.objects.update_or_create(
            code=f"N{cells[0]}",
            defaults={
                "name": cells[1], "domain": "ecology", "kind": "PENALTY",
                "act_description": cells[4], "keywords": cells[5], "region_code": cells[11],
                "fine_min_cents": int(float(cells[7]) * 100), "valid_from": AT.date(),
                "fine_max_cents": int(float(cells[8]) * 100),
            },
        )  # fmt: skip
    return NAIVE / (time.perf_counter() - began)


def _actor(username: str) -> Any:
    from zhiheng.people import api as people

    return people.actor_of(people.Account.objects.get(username=username), AT.date())


class Visitor:
    """Somebody who opens a list again and again while the import runs."""

    def __init__(self, port: int, cookie: str, *, seconds: float) -> None:
        address = f"http://127.0.0.1:{port}/elements/bodies/"
        self.process = subprocess.Popen(
            [sys.executable, "-c", ASK, address, cookie, str(seconds)], stdout=subprocess.PIPE
        )

    def times(self) -> list[float]:
        """Milliseconds of each page so far; the visitor leaves."""
        self.process.terminate()
        out, _ = self.process.communicate()
        return [float(line) for line in out.decode().split("\n")[:-1]]


def main() -> None:
    """Measure and print one line."""
    options = bench.arguments(__doc__ or "", scales=list(SCALES), default="county")
    count = SCALES[options.scale]
    with tempfile.TemporaryDirectory() as folder, bench.database("exchange"):
        os.environ.setdefault("ZHIHENG_DATA", folder)
        from benchmarks._people import _session
        from zhiheng.elements.demo import load_demo
        from zhiheng.kernel import files
        from zhiheng.people import api as people

        files.configure(root=Path(folder))
        load_demo("small", 1)
        cookie = "sessionid=" + _session(people.Account.objects.get(username="chuyaosu"))
        content = workbook(count)
        bench.tell(f"a workbook of {count} rows, {len(content) / 1e6:.1f} MB")
        figures: dict[str, Any] = {"file_mb": len(content) / 1e6}
        with server() as at:
            visitor = Visitor(at.port, cookie, seconds=6)
            visitor.process.wait()
            figures["page_alone_ms"] = bench.percentile(visitor.times()[2:], 50)
            visitor = Visitor(at.port, cookie, seconds=3_600)
            took = bring_in(content)
            times = visitor.times()
        figures |= {
            "import_seconds": took["all"], "import_rows_per_second": count / took["all"],
            "upload_seconds": took["upload"], "check_seconds": took["check"],
            "apply_seconds": took["apply"], "page_p50_ms": bench.percentile(times, 50),
            "page_p95_ms": bench.percentile(times, 95),
        }  # fmt: skip
        bench.tell(f"brought in: {took}")
        figures["update_seconds"] = bring_in(workbook(count, every_tenth="改过的"))["all"]
        figures["export_rows_per_second"], _ = take_away("xlsx")
        figures["export_csv_rows_per_second"], figures["export_rows"] = take_away("csv")
        figures["peer_naive_rows_per_second"] = naive()
        bench.report(
            benchmark="exchange", scale=options.scale, rows=count, **figures,
            **bench.server_settings(),
        )  # fmt: skip


if __name__ == "__main__":
    main()
