"""Run the demonstration: database, web server and worker under one supervisor.

Runs in the virtual environment; demo.py has seen to that. Whatever is killed comes back,
whatever is committed stays, and Ctrl-C leaves nothing running.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import preflight
import prepare
from preflight import DATA, ROOT, Trouble
from supervise import Child, Supervisor, command_child, follow_parent, sweep_leftovers

from zhiheng.config.embedded import Cluster, DatabaseTrouble

PATIENCE = 90  # seconds until the web server must answer


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(f"  {sentence}", flush=True)


class Lock:
    """Lets one demonstration at a time use the data folder, and says what that one is doing."""

    STOPPING = "正在停止"

    def __init__(self) -> None:
        """Take the lock; wait for one that is just stopping, complain about one that runs."""
        self.file = (DATA / "demo.lock").open("a+")
        began = time.monotonic()
        while not self._taken():
            self.file.seek(0)
            state = self.file.read().strip()
            if time.monotonic() - began > (40 if state == self.STOPPING else 2):
                raise Trouble(
                    f"这里的演示系统已在运行（{state or '另一个窗口'}）。"
                    "请直接打开，或先在那个窗口按 Ctrl-C。"
                )
            time.sleep(0.1)
        self.say("正在启动")

    def _taken(self) -> bool:
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def say(self, state: str) -> None:
        """Leave word for whoever comes next."""
        self.file.truncate(0)
        self.file.write(state)
        self.file.flush()


def database_child(cluster: Cluster) -> Child:
    """Return the database as a child to look after."""

    def start() -> subprocess.Popen[bytes]:
        process = cluster.start(preexec=lambda: follow_parent(signal.SIGINT))
        if process is None:  # somebody else's start: take it over
            cluster.stop()
            return start()
        return process

    return Child("数据库", start)


def web_child(port: int, env: dict[str, str]) -> Child:
    """Return the web server: one process per core, three threads in each.

    More threads make everybody wait longer: they take turns at each answer of the database.
    Granian's back-pressure counts open connections, idle ones too: a browser that keeps its
    connection would shut others out, so it stays at its default.
    """
    workers = max(1, min(8, os.cpu_count() or 1))
    command = [sys.executable, "-m", "granian", "zhiheng.config.wsgi:application"]
    command += ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    command += ["--workers", str(workers), "--blocking-threads", "3"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "10s"]
    return command_child("网页服务", command, env=env, log=DATA / "log" / "web.log")


def worker_child(env: dict[str, str]) -> Child:
    """Return the worker that does the jobs: documents, seals, reminders."""
    command = [sys.executable, "-m", "zhiheng.config.worker"]
    return command_child("后台任务", command, env=env, log=DATA / "log" / "worker.log")


def answers(url: str) -> bool:
    """Say whether the web server gives a page."""
    try:
        with urllib.request.urlopen(url, timeout=5) as page:
            return page.status < 500
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500
    except OSError:
        return False


def environment(port: int) -> dict[str, str]:
    """Return the environment of all children."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "zhiheng.config.settings",
        "ZHIHENG_DATA": str(DATA),
        "ZHIHENG_DEMO": "1",
        "ZHIHENG_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **ours}


def run(port: int, supervisor: Supervisor, lock: Lock) -> None:
    """Start all, say where it is, and keep it running."""
    if sweep_leftovers(supervisor.record):
        say("上次没有正常结束，已清理遗留进程；数据没有丢失。")
    preflight.check_port(port)
    url, env = f"http://127.0.0.1:{port}", environment(port)
    supervisor.catch_signals()
    if not os.environ.get("DATABASE_URL"):
        cluster = Cluster(DATA / "pg", settings=("shared_buffers=256MB", "max_connections=100"))
        if cluster.ensure():
            say("已建立数据库。")
        if cluster.home != cluster.folder:
            say(f"数据库的系统用户进不了本目录，数据放在 {cluster.home}。")
        supervisor.begin(database_child(cluster))
        cluster.ensure_database("zhiheng")
    prepare.ensure_prepared(env, say=say, stopping=lambda: supervisor.stopping)
    if supervisor.stopping:
        return
    supervisor.begin(web_child(port, env))
    until = time.monotonic() + PATIENCE
    supervisor.watch(lambda: not answers(url + "/") and time.monotonic() < until)
    if supervisor.stopping:
        return
    if time.monotonic() >= until:
        raise Trouble(f"网页服务没有就绪，原因见 {DATA / 'log' / 'web.log'} 的最后几行。")
    supervisor.begin(worker_child(env))  # only now: it would slow the first page down
    lock.say(url)
    print(f"\n执衡已就绪：{url}\n\n{prepare.accounts()}\n按 Ctrl-C 停止。", flush=True)
    supervisor.watch()


def main() -> None:
    """Run until asked to stop; every trouble is one sentence."""
    supervisor = Supervisor(record=DATA / "demo-processes.json", say=say)
    trouble, lock = "", None
    follow_parent()  # `make` may be killed, too
    try:
        lock = Lock()
        run(int(sys.argv[1]), supervisor, lock)
    except (Trouble, DatabaseTrouble) as reason:
        trouble = f"✗ {reason}"
    except OSError as reason:
        full = "磁盘已满，请清理后重试。" if reason.errno == 28 else str(reason)
        trouble = f"✗ 没有启动成功：{full}已有数据没有丢失。"
    if supervisor.children and lock:
        lock.say(Lock.STOPPING)
        print("\n正在停止 …" if not trouble else "", flush=True)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()
        print("已停止，数据都在。再次运行 make demo 即可继续。", flush=True)
    sys.exit(trouble or 0)


if __name__ == "__main__":
    os.chdir(ROOT)
    Path(DATA / "log").mkdir(parents=True, exist_ok=True)
    main()
