"""The supervisor restarts what dies, takes all along, and sweeps what was left."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.architecture.layers import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import supervise

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# A parent that leaves a child of its own behind when it is killed.
BROOD = [
    sys.executable,
    "-c",
    "import subprocess, sys, time;"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); time.sleep(60)",
]


def wait_until(holds, seconds=15):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def keeper(tmp_path):
    said = []
    keeper = supervise.Supervisor(record=tmp_path / "record.json", say=said.append)
    keeper.said = said
    yield keeper
    keeper.stop(patience=2)


def child(tmp_path, command):
    return supervise.command_child("试验", command, env=dict(os.environ), log=tmp_path / "log")


def test_a_dead_child_is_started_again_and_its_brood_swept(keeper, tmp_path):
    one = child(tmp_path, BROOD)
    keeper.begin(one)
    first = one.process.pid
    wait_until(lambda: len(supervise._members(first)) == 2)
    os.kill(first, signal.SIGKILL)
    keeper.watch(lambda: one.process is None or one.process.pid == first)
    assert one.process.poll() is None
    wait_until(lambda: supervise._members(first) == [])
    assert keeper.said == ["试验意外停止，0.5 秒后重新启动（第 1 次）。"]


def test_the_wait_grows_with_each_failure(keeper, tmp_path):
    one = child(tmp_path, [sys.executable, "-c", "raise SystemExit(1)"])
    keeper.begin(one)
    keeper.watch(lambda: one.failures < 3)
    assert [line.split("，")[1][:3] for line in keeper.said] == ["0.5", "1 秒", "2 秒"]


def test_stop_leaves_nothing(keeper, tmp_path):
    one = child(tmp_path, BROOD)
    keeper.begin(one)
    wait_until(lambda: len(supervise._members(one.process.pid)) == 2)
    group = one.process.pid
    keeper.stop()
    wait_until(lambda: supervise._members(group) == [])
    assert not keeper.record.exists()


def test_what_a_killed_launcher_left_is_swept(tmp_path):
    left = subprocess.Popen(SLEEP, start_new_session=True)
    record = tmp_path / "record.json"
    record.write_text(json.dumps({str(left.pid): supervise.started_at(left.pid)}))
    assert supervise.sweep_leftovers(record) == 1
    assert left.wait(5) == -signal.SIGTERM
    assert not record.exists()


def test_a_reused_process_number_is_not_touched(tmp_path):
    stranger = subprocess.Popen(SLEEP, start_new_session=True)
    record = tmp_path / "record.json"
    record.write_text(json.dumps({str(stranger.pid): "1"}))
    assert supervise.sweep_leftovers(record) == 0
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_broken_record_is_no_obstacle(tmp_path):
    record = tmp_path / "record.json"
    record.write_text("{")
    assert supervise.sweep_leftovers(record) == 0
