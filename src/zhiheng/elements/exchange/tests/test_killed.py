"""A worker killed with -9 in the middle of a check: another goes on where it stood."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from tests import cast
from zhiheng.elements.exchange import services
from zhiheng.elements.exchange.tests.conftest import AT, TODAY, counts, upload, workbook
from zhiheng.elements.models import ImportBatch

ROWS = 1_200
WORKER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from zhiheng.elements.exchange import comparing, services, staging
from zhiheng.kernel import files
files.configure(root=Path(sys.argv[2]))
staging.CHUNK = comparing.CHUNK = 100
module = {"reading": staging, "comparing": comparing}[sys.argv[3]]
name = {"reading": "_take", "comparing": "_write"}[sys.argv[3]]
real = getattr(module, name)
def slowly(*given, **more):
    real(*given, **more)
    time.sleep(0.1)
setattr(module, name, slowly)
services.check(batch_id=int(sys.argv[1]), at=datetime(2026, 11, 20, 3, tzinfo=UTC))
"""


def start(batch: ImportBatch, folder, stage: str) -> subprocess.Popen:
    """A worker of its own on the test's database."""
    name = connection.settings_dict["NAME"]
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    env = os.environ | {
        "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "zhiheng.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path), "ZHIHENG_DB_POOL": "0",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(batch.pk), str(folder), stage], env=env
    )


def kill_when(worker: subprocess.Popen, batch: ImportBatch, field: str, least: int) -> int:
    """Kill the worker once it has come so far; how far that was."""
    until = time.monotonic() + 60
    while getattr(ImportBatch.objects.get(pk=batch.pk), field) < least:
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < until, "the worker did not get anywhere"
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    return getattr(ImportBatch.objects.get(pk=batch.pk), field)


@pytest.mark.django_db(transaction=True)
def test_a_check_killed_while_reading_and_again_while_comparing_loses_nothing(tmp_path):
    cast.county()
    lines = [[f"K-{n:05d}", f"事项{n}", "消防", "行政检查", "339901"] for n in range(ROWS)]
    head = ["事项编码", "名称", "执法领域", "权力类型", "区划代码"]
    batch = upload("items", workbook(head, *lines, title="执法事项"))
    services.settle_columns(
        batch=batch, mapping=batch.mapping, valid_from=TODAY, actor=cast.actor(cast.ELEMENT_ADMIN)
    )
    read = kill_when(start(batch, tmp_path, "reading"), batch, "rows", 300)
    assert 300 <= read < ROWS
    compared = kill_when(start(batch, tmp_path, "comparing"), batch, "rows_compared", 300)
    assert 300 <= compared < ROWS
    assert ImportBatch.objects.get(pk=batch.pk).lines.count() == ROWS
    services.check(batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("CHECKED", (ROWS, 0, 0, 0))
    assert batch.lines.count() == ROWS
