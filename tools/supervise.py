"""Keep a few child processes alive, and take all of them along when we go.

Each child leads a process group of its own, is asked to stop when we die (even by kill -9),
and is started again when it dies: after half a second, then after twice as long each time.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

LOG_LIMIT = 20_000_000  # bytes
LONGEST_WAIT = 30.0  # seconds between two starts
CALM = 60.0  # a child that lived this long starts again at once
_libc = ctypes.CDLL(None, use_errno=True)


def follow_parent(number: int = signal.SIGTERM) -> None:
    """In a new child: ask the kernel for this signal when the parent dies (PR_SET_PDEATHSIG)."""
    if hasattr(_libc, "prctl"):
        _libc.prctl(1, number)


@dataclass
class Child:
    """A process to keep alive; `start` begins it and returns it."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    failures: int = 0
    due: float = 0.0

    def begin(self) -> None:
        """Start the process."""
        self.process = self.start()
        self.born = time.monotonic()

    def died(self) -> bool:
        """Say whether it ran and has ended; what it left of its group is swept away."""
        if self.process is None or self.process.poll() is None:
            return False
        kill_group(self.process.pid, signal.SIGKILL)
        return True


def command_child(name: str, command: list[str], *, env: dict[str, str], log: Path) -> Child:
    """Return a child that runs a command and writes to a log file."""

    def start() -> subprocess.Popen[bytes]:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".old"))
        with log.open("ab") as out:
            return subprocess.Popen(
                command,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=follow_parent,
            )

    return Child(name, start)


def kill_group(leader: int, number: int) -> None:
    """Send a signal to a whole process group, which may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


@dataclass
class Supervisor:
    """Children in the order of their start; they stop in the opposite order."""

    record: Path
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def catch_signals(self) -> None:
        """Let Ctrl-C, kill and a closed terminal end us in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def begin(self, child: Child) -> None:
        """Start a child and look after it from now on."""
        child.begin()
        self.children.append(child)
        self._write_record()

    def watch(self, while_: Callable[[], bool] = lambda: True) -> None:
        """Restart what dies until we are asked to stop, or `while_` no longer holds."""
        while not self.stopping and while_():
            for child in self.children:
                self._look_after(child)
            time.sleep(0.2)

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None and child.died():
            child.failures = 1 if now - child.born > CALM else child.failures + 1
            wait = min(LONGEST_WAIT, 0.25 * 2**child.failures)
            child.due, child.process = now + wait, None
            self.say(f"{child.name}意外停止，{wait:g} 秒后重新启动（第 {child.failures} 次）。")
        elif child.process is None and now >= child.due:
            try:
                child.begin()
            except Exception as trouble:  # a start that fails is tried again, like a death
                child.failures += 1
                child.due = now + min(LONGEST_WAIT, 0.25 * 2**child.failures)
                self.say(f"{child.name}没有启动成功：{trouble}")
            else:
                self._write_record()

    def stop(self, patience: float = 15) -> None:
        """Stop all children: politely, then for good."""
        for child in reversed(self.children):
            process = child.process
            if process is None or process.poll() is not None:
                continue
            process.send_signal(signal.SIGINT if child.name == "数据库" else signal.SIGTERM)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                kill_group(process.pid, signal.SIGKILL)
                process.wait()
            kill_group(process.pid, signal.SIGKILL)
        self.record.unlink(missing_ok=True)

    def _write_record(self) -> None:
        running = [c.process.pid for c in self.children if c.process]
        born = {str(pid): started_at(pid) for pid in running}
        temporary = self.record.with_suffix(".new")
        temporary.write_text(json.dumps(born))
        temporary.replace(self.record)


def started_at(pid: int) -> str:
    """Return when a process began, in the kernel's ticks: tells a reused number apart."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""


def _members(group: int) -> list[int]:
    """Return the living processes of a group."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[0] != "Z" and int(fields[2]) == group:
            found.append(int(stat.parent.name))
    return found


def sweep_leftovers(record: Path, patience: float = 12) -> int:
    """End what an earlier launcher that was killed has left running; return how many."""
    try:
        born = json.loads(record.read_text())
    except (OSError, ValueError):
        return 0
    swept = 0
    for text, began in born.items():
        leader = int(text)
        if started_at(leader) not in (began, ""):
            continue  # the number belongs to somebody else now
        members = _members(leader)
        swept += bool(members)
        until = time.monotonic() + patience
        for number in (signal.SIGTERM, signal.SIGKILL):
            if members:
                kill_group(leader, number)
            while _members(leader) and time.monotonic() < until:
                time.sleep(0.05)
    record.unlink(missing_ok=True)
    return swept
