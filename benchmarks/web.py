"""The three screens that everybody opens all day, in a province's size, under two hundred users.

    python -m benchmarks.web [--scale small|county|province] [--quick] [--loaded]

Loads the cases by COPY (`load_seconds`, `load_case_rows_per_second`), starts the web server as
`make demo` does, and lets 200 users of 40 agencies and five roles click every four seconds: to-do
list, search for pieces of two to four characters and for numbers, dossier; a third each. Then 16
connections without pause (`pages_per_second`). `…_alone_ms` is one user on an idle server.

`peer_naive_…` are the same lists in the same server as one writes them at first: ORM query,
`Paginator` with COUNT(*) and OFFSET, `icontains`. A click that takes a minute counts as an error.
The cases that users open carry 12 rows of documents each; other cases have none.

`--loaded` measures the database that DATABASE_URL names, as it stands. Exits non-zero when it
could not measure.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import _bench as bench
from benchmarks import _clients as clients
from benchmarks._server import Server, server

SCALES: dict[str, dict[str, Any]] = {
    "small": {"cases": 2_000, "seconds": 20, "full": 8, "naive": 10},
    "county": {"cases": 60_000, "seconds": 60, "full": 15, "naive": 30},
    "province": {"cases": 1_200_000, "seconds": 120, "full": 20, "naive": 60},
}
USERS, EVERY, CONNECTIONS, WARM = 200, 4.0, 16, 8
PAGES = ("todo", "search", "dossier")
ALONE = 30
NAIVE = "benchmarks._naive_settings"


def load(*, scale: str, cases: int) -> dict[str, Any]:
    """The registers of the scale and its cases; how long each took."""
    from zhiheng.cases.demo import province
    from zhiheng.elements import demo as elements

    began = time.perf_counter()
    elements.load_demo(scale, 1)
    registers = time.perf_counter() - began
    bench.tell(f"registers loaded in {registers:.0f} s")
    added = province.load(seed=1, count=cases)
    took = time.perf_counter() - began
    bench.tell(f"cases loaded in {took - registers:.0f} s: {added}")
    return {
        "load_seconds": took,
        "load_registers_seconds": registers,
        "load_cases_seconds": took - registers,
        "cases": cases,
        "acts": added["行为记录"],
        "todos": added["待办"],
        "loader_rss_mb": bench.rss_mb(),
    }


@contextmanager
def loaded(options: Any, figures: dict[str, Any]) -> Iterator[None]:
    """A database with everything in it: our own, or the one that is named."""
    if options.loaded:
        bench.ready(os.environ["DATABASE_URL"])
        yield
        return
    with bench.database("web"):
        figures |= load(scale=options.scale, cases=SCALES[options.scale]["cases"])
        yield


def alone(person: Any, *, port: int) -> dict[str, float]:
    """Milliseconds a page for one user on an idle server, the middle of thirty."""
    measured = clients.Measured()
    rng = random.Random(3)
    user = clients.User(person.user.cookie, lambda _: person.user.choose(rng))
    while min((len(measured.times[kind]) for kind in PAGES), default=0) < ALONE // len(PAGES):
        once = clients.in_haste([user], port=port, seconds=0.3)
        for kind, times in once.times.items():
            measured.times[kind] += times
        if once.errors:
            break
    return {k: bench.percentile(v, 50) for k, v in measured.times.items() if v}


def under_load(people: list[Any], *, at: Server, seconds: float, label: str) -> dict[str, Any]:
    """All users at their pace: percentiles by page, errors."""
    users = [person.user for person in people]
    measured = clients.at_ease(users, port=at.port, every=EVERY, seconds=seconds)
    figures: dict[str, Any] = {}
    for kind in PAGES:
        times = measured.times.get(kind, [])
        figures[f"{kind}_p95_ms"] = bench.percentile(times, 95) if times else None
        figures[f"{kind}_p50_ms"] = bench.percentile(times, 50) if times else None
    figures["clicks"] = measured.pages
    figures["errors"] = sum(measured.errors.values())
    bench.tell(f"{label}: {figures} {dict(measured.errors)}")
    return figures


def ours(people: list[Any], scale: dict[str, Any]) -> dict[str, Any]:
    """Our own pages: at ease, alone, at saturation."""
    with server() as at:
        under_load(people, at=at, seconds=WARM, label="warming up")
        figures = under_load(people, at=at, seconds=scale["seconds"], label="at ease")
        figures |= {f"{k}_alone_ms": v for k, v in alone(people[0], port=at.port).items()}
        some = [person.user for person in people[:: USERS // CONNECTIONS][:CONNECTIONS]]
        full = clients.in_haste(some, port=at.port, seconds=scale["full"])
        figures["pages_per_second"] = full.pages / full.seconds
        figures["errors"] += sum(full.errors.values())
        figures["web_workers"], figures["rss_mb"] = at.workers, at.rss_mb
        bench.tell(f"at saturation {figures['pages_per_second']:.0f} pages a second")
    return figures


def naive(people: list[Any], scale: dict[str, Any]) -> dict[str, Any]:
    """The peer: one user alone, then all of them."""
    with server(settings=NAIVE) as at:
        figures = {f"{k}_alone_ms": v for k, v in alone(people[0], port=at.port).items()}
        wide = next(person for person in people if person.role == "supervisor")
        figures |= {f"{k}_alone_wide_ms": v for k, v in alone(wide, port=at.port).items()}
        figures |= under_load(people, at=at, seconds=scale["naive"], label="naive, at ease")
        figures["rss_mb"] = at.rss_mb
    return {f"peer_naive_{name}": v for name, v in figures.items() if "dossier" not in name}


def main() -> int:
    """Measure and print."""
    options = bench.arguments(__doc__, scales=list(SCALES), default="small", flags=("loaded",))
    scale, figures = SCALES[options.scale], dict[str, Any]()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHIHENG_DATA"] = os.environ.get("ZHIHENG_DATA", folder)
        with loaded(options, figures):
            from benchmarks import _people
            from zhiheng.cases.models import Case

            people = _people.gather(count=USERS)
            random.Random(1).shuffle(people)
            bench.tell(f"{len(people)} users are signed in")
            rows = Case.objects.count()
            figures |= bench.server_settings() | ours(people, scale) | naive(people, scale)
    measured = all(figures[f"{kind}_p95_ms"] for kind in PAGES)
    bench.report(
        benchmark="web", scale=options.scale, rows=rows, users=USERS, cpus=os.cpu_count(), **figures
    )
    return 0 if measured and not figures["errors"] else 1


if __name__ == "__main__":
    sys.exit(main())
