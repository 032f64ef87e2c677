"""An office under test: the real web server and worker on the test database, to be killed at will.

They are started by the commands of the launcher, in process groups of their own, and live on the
day of the test. `stuck(...)` holds a table, so that whoever writes to it stops in mid-step.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import psycopg
import requests
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tests import cast
from tests.architecture.layers import ROOT
from tests.journeys.driver import as_typed
from tests.journeys.reading import Page
from zhiheng.cases.demo.answers import answers
from zhiheng.cases.demo.player import Player
from zhiheng.config import tasks
from zhiheng.kernel import clock
from zhiheng.rulebook import api as rulebook

sys.path.insert(0, str(ROOT / "tools"))
import serve
import supervise

FOLDER = ROOT / "var" / "test-faults-casework"
PATIENCE = 40  # seconds
WORKER = "worker under test"  # what the database calls its connections


def wait_until(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Wait until something is so; give it back."""
    until = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < until, f"没有等到：{what}"
        time.sleep(0.02)
    return found


def database_url() -> str:
    """The address of the test database."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


class Office:
    """Web server and worker over the test database."""

    def __init__(self, moment: datetime) -> None:
        """Choose a port, and the moment that it is now."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.shift = (moment - datetime.now(tz=UTC)).total_seconds()
        self.url = f"http://127.0.0.1:{self.port}"
        FOLDER.mkdir(parents=True, exist_ok=True)
        with mock.patch.object(serve, "DATA", FOLDER):
            self.web = serve.web_child(self.port, self._environment())
            self.worker = serve.worker_child({**self._environment(), "PGAPPNAME": WORKER})

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ, "DATABASE_URL": database_url(), "ZHIHENG_DATA": str(settings.DATA_DIR),
            "ZHIHENG_FAULTS_SHIFT": str(self.shift), "ZHIHENG_DB_POOL": "1",
            "ZHIHENG_URL": self.url,
            "PYTHONPATH": f"{ROOT / 'tests/faults/travel'}:{ROOT / 'src'}:{ROOT}",
        }  # fmt: skip

    def open(self) -> None:
        """Start the web server, and wait until it answers."""
        self.web.begin()
        wait_until(self.answers, "网页服务")

    def answers(self) -> bool:
        """Whether the web server gives a page."""
        return serve.answers(f"{self.url}/account/login/")

    def kill(self, child: supervise.Child) -> None:
        """kill -9, the whole group, and wait until it is gone."""
        if child.process is not None:
            supervise.kill_group(child.process.pid, signal.SIGKILL)
            child.process.wait()
            wait_until(lambda: not supervise._members(child.process.pid), f"{child.name}停止")

    def worker_again(self) -> None:
        """Start a worker; what a killed one left is put back as if a minute had passed."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - '1 minute'::interval"
            )
        with suppress(AlreadyEnqueued), transaction.atomic():
            tasks.requeue_stalled.defer(timestamp=0)
        self.worker.begin()

    def look_after(self, child: supervise.Child) -> None:
        """Start it again if it has died, as the supervisor of the launcher does."""
        if child.died():
            self.worker_again() if child is self.worker else child.begin()

    def close(self) -> None:
        """Leave no process behind."""
        for child in (self.web, self.worker):
            self.kill(child)

    def as_(self, username: str) -> "Person":
        """Somebody at the screen, signed in."""
        return Person(self.url, username)


class Person:
    """A browser: addresses are opened, forms sent over the wire."""

    def __init__(self, url: str, username: str = "") -> None:
        """Nobody, or somebody of the cast."""
        self.url, self.session = url, requests.Session()
        if username:
            client = cast.sign_in(Client(), username)
            self.session.cookies.set("sessionid", client.cookies["sessionid"].value)

    def opens(self, path: str) -> Page:
        """Open an address."""
        return self._page(self.session.get(self.url + path, timeout=PATIENCE))

    def sends(self, path: str, form: Page, typed: Mapping[str, Any]) -> Page:
        """Send a form that lies open, and go where it leads.

        Raises:
            requests.ConnectionError: the server died before it answered.
        """
        sent = {**form.fields, **typed}
        return self._page(self.session.post(self.url + path, sent, timeout=PATIENCE))

    def posts(self, path: str, body: bytes, **headers: str) -> requests.Response:
        """Send bytes as a machine does."""
        return self.session.post(self.url + path, body, headers=headers, timeout=PATIENCE)

    def _page(self, answer: requests.Response) -> Page:
        path = answer.url.removeprefix(self.url)
        return Page(SimpleNamespace(
            status_code=answer.status_code, content=answer.content, request={"PATH_INFO": path}
        ))  # fmt: skip


class Held:
    """Tables that are held; whoever writes to them is stuck."""

    def __init__(self, watcher: psycopg.Connection) -> None:
        self.watcher = watcher

    def by(self, number: int = 1) -> None:
        """Wait until so many are stuck."""
        query = "SELECT count(*) >= %s FROM pg_locks WHERE NOT granted"
        wait_until(lambda: self.watcher.execute(query, [number]).fetchone()[0], "有人停在半路")

    def cut(self) -> None:
        """The database notices that the worker is dead, before it goes on for it.

        All its connections: one that has not come to the table yet would be let through later.
        """
        self.watcher.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE application_name = %s",
            [WORKER],
        )


@contextmanager
def stuck(*tables: str) -> Iterator[Held]:
    """Hold tables against writing."""
    with psycopg.connect(database_url()) as holder, psycopg.connect(database_url()) as watcher:
        watcher.autocommit = True
        for table in tables:
            holder.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield Held(watcher)
        with suppress(psycopg.OperationalError):  # the database may have been what was killed
            holder.rollback()


def put_in_the_queue(task: str) -> None:
    """Let a worker do a task that has its times; it may wait already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(task, queueing_lock=task, lock=task).defer(timestamp=0)


def in_the_background(work: Callable[[], Any]) -> Future:
    """Do something in a thread of its own; its answer, or what became of it, comes later."""
    pool = ThreadPoolExecutor(1)

    def do() -> Any:
        try:
            return work()
        finally:
            connection.close()

    found = pool.submit(do)
    pool.shutdown(wait=False)
    return found


def usual(player: Player, step_id: str) -> dict[str, str]:
    """What the cast types at a step of the case."""
    facts = rulebook.current().all_facts
    given = answers(
        case=player.case, step_id=step_id, on=clock.local_date(clock.now()), fine=player.fine
    )
    return {name: as_typed(value, facts[name].type) for name, value in given.items()}
