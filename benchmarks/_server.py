"""The real web server as a subprocess, started as `make demo` starts it, and its memory."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import _bench as bench

PATIENCE = 60  # seconds until the first page must be there


@contextmanager
def server(*, settings: str = "zhiheng.config.settings") -> Iterator["Server"]:
    """Granian with our WSGI application on a free port; stopped at the end."""
    port = _free_port()
    log = open(Path(os.environ["ZHIHENG_DATA"]) / f"web-{port}.log", "w")  # noqa: SIM115
    workers = max(1, min(8, os.cpu_count() or 1))  # as tools/serve.py
    command = [sys.executable, "-m", "granian", "zhiheng.config.wsgi:application"]
    command += ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    command += ["--workers", str(workers), "--blocking-threads", "3"]
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "ZHIHENG_URL": f"http://127.0.0.1:{port}",
        "ZHIHENG_DB_POOL": "1",
    }
    process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=bench.ROOT)
    try:
        yield Server(process=process, port=port, workers=workers)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


class Server:
    """A running server."""

    def __init__(self, *, process: subprocess.Popen[bytes], port: int, workers: int) -> None:
        self.process, self.port, self.workers = process, port, workers
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the web server did not start; see its log in the data folder")
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/account/login/", timeout=5
            ).close()
        except urllib.error.HTTPError as refusal:
            return refusal.code < 500
        except OSError:
            return False
        return True

    @property
    def rss_mb(self) -> int:
        """What the server's processes hold now, shared pages counted once each."""
        ours = [self.process.pid, *_children(self.process.pid)]
        return round(sum(map(_rss, ours)) / 1024)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *_children(child)]
    return found


def _rss(pid: int) -> int:
    """Kilobytes: proportional where the kernel says so, resident otherwise."""
    for name, key in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = Path(f"/proc/{pid}/{name}").read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(key):
                return int(line.split()[1])
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
