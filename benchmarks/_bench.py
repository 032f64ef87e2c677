"""What every benchmark needs: a database of its own, a clock, and one line of figures at the end.

A benchmark tells what it does on stderr and prints one flat JSON object as the last line of
stdout: benchmark, scale, rows, seconds, rss_mb, its own figures by name, and `peer_…` for the
same work done by another program in the same run. It exits non-zero when it could not measure.
"""

import argparse
import json
import os
import resource
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
REALISTIC = ("shared_buffers=512MB", "max_wal_size=4GB", "max_connections=100")
STARTED = time.perf_counter()


def arguments(
    description: str, *, scales: Sequence[str], default: str, flags: Sequence[str] = ()
) -> argparse.Namespace:
    """Parse `--scale`, `--quick`, which is the first of the scales, and flags of its own."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=list(scales), default=default)
    parser.add_argument("--quick", action="store_true", help=f"the same as --scale {scales[0]}")
    for flag in flags:
        parser.add_argument(f"--{flag}", action="store_true")
    options = parser.parse_args()
    if options.quick:
        options.scale = scales[0]
    return options


def tell(sentence: str) -> None:
    """Say on stderr what is going on."""
    print(f"[{time.perf_counter() - STARTED:7.1f}s] {sentence}", file=sys.stderr, flush=True)


@contextmanager
def database(name: str) -> Iterator[str]:
    """An empty, migrated database with Django set up on it; gone afterwards.

    With DATABASE_URL it is made on that server, beside what is there. Without, a server of our
    own starts with safe settings (fsync, synchronous commit) and is removed at the end.
    """
    given = os.environ.get("DATABASE_URL")
    fresh = f"zh_bench_{name}_{os.getpid()}"
    cluster = None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that finally runs
    try:
        if given:
            url = urlunsplit(urlsplit(given)._replace(path=f"/{quote(fresh)}"))
        else:
            cluster = _cluster(name)
            url = cluster.url(fresh)
        admin = urlunsplit(urlsplit(url)._replace(path="/postgres"))
        _admin(admin, f'CREATE DATABASE "{fresh}"')
        ready(url)
        yield url
    finally:
        _close()
        if cluster is not None:
            cluster.stop()
            for folder in {cluster.home, cluster.folder}:
                shutil.rmtree(folder, ignore_errors=True)
        elif given:
            _admin(admin, f'DROP DATABASE IF EXISTS "{fresh}" WITH (FORCE)')


def _cluster(name: str):  # type: ignore[no-untyped-def]
    from zhiheng.config.embedded import Cluster

    tell("starting a PostgreSQL of our own, fsync on")
    cluster = Cluster(ROOT / "var" / f"bench-{name}-{os.getpid()}", settings=REALISTIC)
    cluster.ensure()
    cluster.start()
    return cluster


def _admin(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def ready(url: str) -> None:
    """Django on this database, everything migrated; keys go to a folder of the benchmark."""
    os.environ["DATABASE_URL"] = url
    os.environ["ZHIHENG_DB_POOL"] = "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.DEBUG = False
    call_command("migrate", verbosity=0, skip_checks=True)


def _close() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()


def server_settings() -> dict[str, str]:
    """What decides speed and safety on the server, for the line of figures."""
    from django.db import connection

    with connection.cursor() as cursor:
        found = {}
        for name in ("server_version", "fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            found[f"pg_{name}"] = cursor.fetchone()[0]
    return found


def fsync_ms() -> float:
    """Median time for the disk to make 8 KB safe: each commit waits for one such time."""
    times = []
    with tempfile.TemporaryFile(dir=ROOT / "var") as file:
        for _ in range(200):
            os.pwrite(file.fileno(), bytes(8192), 0)
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return percentile(times, 50)


def rss_mb() -> int:
    """The most memory that this process, or the largest of its children, has held."""
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return peak // 1024


def percentile(samples: Iterable[float], share: int) -> float:
    """The percentile of samples: 50 is the median."""
    ordered = sorted(samples)
    if len(ordered) == 1:
        return ordered[0]
    return statistics.quantiles(ordered, n=100, method="inclusive")[share - 1]


def report(*, benchmark: str, scale: str, rows: int, **figures: object) -> None:
    """Print the line of figures."""
    line = {
        "benchmark": benchmark,
        "scale": scale,
        "rows": rows,
        "seconds": round(time.perf_counter() - STARTED, 1),
        "rss_mb": rss_mb(),
        **{
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in figures.items()
        },
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
