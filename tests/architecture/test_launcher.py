"""Whatever keeps `make demo` from starting is told in one sentence, with a way out."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.layers import ROOT
from zhiheng.config import embedded


def launch(folder: Path, *, script: str = "demo.py", **env: str) -> subprocess.CompletedProcess:
    """Run a part of the launcher over a data folder of its own; it must give up by itself."""
    command = [sys.executable, str(ROOT / "tools" / script)]
    clean = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PORT")}
    return subprocess.run(
        [*command, *(["8765"] if script == "serve.py" else [])],
        env={**clean, "ZHIHENG_DATA": str(folder), **env},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def complaint(done: subprocess.CompletedProcess) -> str:
    """Return the one sentence; a traceback is not one."""
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("✗")]
    assert len(lines) == 1, done.stdout + done.stderr
    return lines[0]


def test_a_full_disk(tmp_path):
    said = complaint(launch(tmp_path, ZHIHENG_MIN_FREE_MB="99999999"))
    assert "磁盘空间不足" in said
    assert "清理" in said


def test_a_port_that_is_not_one(tmp_path):
    assert "不是端口号" in complaint(launch(tmp_path, PORT="eighty"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    tmp_path.chmod(0o500)
    assert "无法写入数据目录" in complaint(launch(tmp_path / "var"))


def test_a_data_folder_that_is_a_file(tmp_path):
    (tmp_path / "var").write_text("")
    assert "无法写入数据目录" in complaint(launch(tmp_path / "var"))


def test_a_missing_venv_module(tmp_path):
    (tmp_path / "ensurepip.py").write_text("")
    code = (
        "import sys, importlib.util as u; sys.path.insert(0, sys.argv[1]); real = u.find_spec;"
        "u.find_spec = lambda n, *a: None if n == 'ensurepip' else real(n, *a);"
        "import os, preflight; os.geteuid = lambda: 1000;"
        "\ntry: preflight.check_venv()\nexcept preflight.Trouble as t: sys.exit(f'✗ {t}')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT / "tools")], capture_output=True, text=True
    )
    assert "apt-get install python3" in complaint(done)


def test_an_old_python(tmp_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import preflight;"
        "sys.version_info = (3, 9, 2, 'final', 0);"
        "\ntry: preflight.check_python()\nexcept preflight.Trouble as t: sys.exit(f'✗ {t}')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT / "tools")], capture_output=True, text=True
    )
    assert "需要 Python 3.11" in complaint(done)


def test_no_python_at_all():
    done = subprocess.run(
        ["make", "-C", str(ROOT), "demo", "PYTHON=python-that-is-not-there"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert "没有找到 python-that-is-not-there" in done.stdout


def test_a_port_in_use(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 8765))
        taken.listen()
        said = complaint(launch(tmp_path, script="serve.py"))
    assert "端口 8765 已被" in said
    assert "PORT=8766" in said


def test_a_demonstration_that_already_runs(tmp_path):
    import fcntl

    with (tmp_path / "demo.lock").open("w") as lock:
        lock.write("http://127.0.0.1:8000")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = complaint(launch(tmp_path, script="serve.py"))
    assert "已在运行（http://127.0.0.1:8000）" in said


def test_a_broken_data_folder():
    # Not under tmp_path: the database's own user must be able to look in.
    folder = ROOT / "var" / "test-broken"
    try:
        cluster = embedded.Cluster(folder / "pg", fast=True)
        cluster.ensure()
        (cluster.data / "global" / "pg_control").unlink()
        said = complaint(launch(folder, script="serve.py"))
    finally:
        subprocess.run(["rm", "-rf", str(cluster.home), str(folder)], check=True)
    assert "已损坏" in said
    assert "备份" in said
