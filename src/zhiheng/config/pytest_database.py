"""A database for the tests: DATABASE_URL if it is set, else an embedded cluster of our own.

The cluster lives in var/test-pg without fsync. Whoever comes first starts it, whoever leaves
last stops it; the workers of pytest-xdist share their controller's.
"""

import fcntl
import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import IO

import pytest

from zhiheng.config.embedded import Cluster, DatabaseTrouble

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "var" / "test-pg"
_held: list[IO[str]] = []
os.environ.setdefault("ZHIHENG_COMPETENCE_IN_MEMORY", "0")  # no thread beside a test


def _cluster() -> Cluster:
    return Cluster(FOLDER, fast=True, settings=("max_connections=200", "shared_buffers=256MB"))


def start() -> str:
    """Start the cluster, or join the one that runs; return the address of a database."""
    FOLDER.parent.mkdir(exist_ok=True)
    lock = (FOLDER.parent / "test-pg.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    cluster = _cluster()
    try:
        cluster.ensure()
        cluster.start()
    except DatabaseTrouble:
        if cluster.pid() is not None:
            raise
        shutil.rmtree(cluster.home)  # nothing in it is worth keeping: make it anew, once
        cluster.ensure()
        cluster.start()
    fcntl.flock(lock, fcntl.LOCK_SH)
    _held.append(lock)
    return cluster.url(f"zh{os.getpid()}")


def alone() -> Cluster | None:
    """The cluster, if it is ours and nobody else uses it just now, so that it may be killed."""
    for lock in _held:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        finally:
            fcntl.flock(lock, fcntl.LOCK_SH)
        return _cluster()
    return None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Settle the address before Django reads its settings."""
    os.environ.setdefault("ZHIHENG_DB_POOL", "0")
    # What was collected earlier may be stale: tests serve the sources themselves.
    collected = ROOT / "var" / "test-static"
    shutil.rmtree(collected, ignore_errors=True)
    os.environ.setdefault("ZHIHENG_STATIC", str(collected))
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start()
    return (yield)


def pytest_unconfigure() -> None:
    """Stop the cluster if nobody else uses it."""
    for lock in _held:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _cluster().stop()
