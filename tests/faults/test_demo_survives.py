"""Kill each part of a running demonstration with -9: it comes back, and nothing is lost.

`make faults` runs this; it starts a whole demonstration of its own on another port.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.architecture.layers import ROOT
from zhiheng.config.embedded import Cluster

pytestmark = pytest.mark.slow
FOLDER = ROOT / "var" / "test-faults"
PORT = 8799
URL = f"http://127.0.0.1:{PORT}/"


class Demonstration:
    """A launcher of our own, and what we know about its parts."""

    def __init__(self) -> None:
        self.cluster = Cluster(FOLDER / "pg")
        self.launcher: subprocess.Popen | None = None

    def start(self) -> float:
        """Start it; return the seconds until it answered."""
        began = time.monotonic()
        clean = {
            k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "ZHIHENG_DB_POOL")
        }
        self.launcher = subprocess.Popen(
            [sys.executable, str(ROOT / "tools" / "serve.py"), str(PORT)],
            env={**clean, "ZHIHENG_DATA": str(FOLDER)}, stdout=(FOLDER / "out").open("ab"),
            start_new_session=True,
        )  # fmt: skip
        wait_until(self.ready, 240)
        return time.monotonic() - began

    def ready(self) -> bool:
        assert self.launcher.poll() is None, self.said()
        return "已就绪" in self.said() and answers()

    def said(self) -> str:
        return (FOLDER / "out").read_text()

    def leaders(self) -> list[int]:
        """The process numbers of database, web server and worker."""
        return [int(pid) for pid in json.loads((FOLDER / "demo-processes.json").read_text())]

    def note(self, what: str) -> None:
        """Commit a row."""
        with psycopg.connect(self.cluster.url(), autocommit=True) as db:
            db.execute("CREATE TABLE IF NOT EXISTS faults_note (what text)")
            db.execute("INSERT INTO faults_note VALUES (%s)", [what])

    def notes(self) -> list[str]:
        with psycopg.connect(self.cluster.url()) as db:
            return [row[0] for row in db.execute("SELECT what FROM faults_note ORDER BY ctid")]

    def stop(self) -> None:
        self.launcher.send_signal(signal.SIGINT)
        assert self.launcher.wait(40) == 0


def answers() -> bool:
    try:
        with urllib.request.urlopen(URL, timeout=5):
            return True
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500
    except OSError:
        return False


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come back in time"
        time.sleep(0.2)


def children(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
    return [int(line) for line in listed.split()]


@pytest.fixture(scope="module")
def demo() -> Iterator[Demonstration]:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    running = Demonstration()
    print(f"first start: {running.start():.1f} s")
    yield running
    if running.launcher.poll() is None:
        running.stop()
    home = running.cluster.home
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.mark.parametrize("part", [0, 1, 2], ids=["database", "web", "worker"])
def test_a_killed_part_comes_back(demo, part):
    demo.note(f"part {part}")
    victim = demo.leaders()[part]
    os.kill(victim, signal.SIGKILL)
    began = time.monotonic()
    wait_until(lambda: len(demo.leaders()) == 3 and victim not in demo.leaders(), 40)
    wait_until(answers, 40)
    wait_until(demo.cluster.answers, 40)
    print(f"part {part} back after {time.monotonic() - began:.1f} s")
    assert f"part {part}" in demo.notes()


def test_a_killed_web_process_comes_back(demo):
    (victim, *_) = children(demo.leaders()[1])
    os.kill(victim, signal.SIGKILL)
    wait_until(lambda: victim not in children(demo.leaders()[1]), 20)
    wait_until(answers, 40)


def test_a_killed_launcher_leaves_nothing_and_starts_again(demo):
    demo.note("launcher")
    demo.launcher.kill()
    demo.launcher.wait()
    (FOLDER / "out").write_text("")
    seconds = demo.start()
    print(f"again after {seconds:.1f} s")
    assert "launcher" in demo.notes()


def test_everything_killed_at_once(demo):
    demo.note("everything")
    for pid in [demo.launcher.pid, *demo.leaders()]:
        os.kill(pid, signal.SIGKILL)
    demo.launcher.wait()
    (FOLDER / "out").write_text("")
    demo.start()
    assert "everything" in demo.notes()


def test_ctrl_c_leaves_no_process_and_no_wreck(demo):
    demo.note("ctrl-c")
    demo.stop()
    left = subprocess.run(["pgrep", "-f", f"{FOLDER}|{PORT}"], capture_output=True, text=True)
    assert left.stdout == ""
    assert not (demo.cluster.data / "postmaster.pid").exists()
    (FOLDER / "out").write_text("")
    seconds = demo.start()
    print(f"second start: {seconds:.1f} s")
    assert "ctrl-c" in demo.notes()
