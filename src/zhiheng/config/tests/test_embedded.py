import os
import shutil
import signal
from pathlib import Path

import pytest

from zhiheng.config.embedded import SOCKET_LIMIT, Cluster, DatabaseTrouble

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def cluster():
    made = Cluster(ROOT / "var" / f"test-embedded-{os.getpid()}", fast=True)
    yield made
    made.stop()
    shutil.rmtree(made.home, ignore_errors=True)
    shutil.rmtree(made.folder, ignore_errors=True)


def test_the_address_is_a_socket_in_the_data_folder():
    cluster = Cluster(Path("/srv/zh/pg"))
    assert cluster.url("case") == "postgresql://postgres@/case?host=/srv/zh/pg"


def test_a_long_path_gets_a_short_socket():
    cluster = Cluster(Path("/srv") / ("x" * 120) / "pg")
    assert len(str(cluster.socket_dir)) < SOCKET_LIMIT
    other = Cluster(Path("/srv") / ("y" * 120) / "pg")
    assert cluster.socket_dir != other.socket_dir


def test_it_survives_kill_9(cluster):
    assert cluster.ensure()
    cluster.start()
    assert cluster.ensure_database("zhiheng")
    os.kill(cluster.pid(), signal.SIGKILL)
    cluster.process.wait()
    assert cluster.pid() is None
    cluster.start()
    assert not cluster.ensure_database("zhiheng")
    cluster.stop()
    assert cluster.pid() is None


def test_a_number_that_another_process_has_now_is_not_ours(cluster):
    cluster.ensure()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert cluster.pid() is None


def test_data_of_another_version_is_left_alone(cluster):
    cluster.ensure()
    (cluster.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(DatabaseTrouble, match="由 PostgreSQL 13 写成"):
        cluster.ensure()
    assert cluster.data.exists()


def test_half_a_data_folder_is_left_alone(cluster):
    cluster.ensure()
    (cluster.data / "PG_VERSION").unlink()
    with pytest.raises(DatabaseTrouble, match="不完整"):
        cluster.ensure()
    assert (cluster.data / "global").exists()
