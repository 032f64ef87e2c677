"""What must hold before anything is set up: each check fails with one sentence and a way out.

Standard library only, and written so that an old Python can still read it and complain.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("ZHIHENG_DATA") or str(ROOT / "var")).absolute()
NEEDED_MB = {"first": 1500, "again": 200}


class Trouble(Exception):
    """Something the reader must put right; the message is the whole story (Chinese)."""


def check_python():
    """Python 3.11 or newer."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an old Python is whom we talk to
        found = ".".join(map(str, sys.version_info[:3]))
        raise Trouble(
            f"需要 Python 3.11 或更新版本，现在是 {found}。"
            "请安装后用 make demo PYTHON=python3.11 指定。"
        )


def check_venv():
    """The venv module, which Debian keeps in a package of its own."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return
    package = "python{}.{}-venv".format(*sys.version_info)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"  正在用 apt-get 安装 {package} …", flush=True)
        apt_get("install", package)
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return
    raise Trouble(f"Python 缺少 venv 模块，请先运行 sudo apt-get install {package}。")


def apt_get(*command):
    """Run apt-get without questions; the caller looks whether it helped."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    calm = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "-q"], env=calm, **quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *command[1:]],
        env=calm,
        **quiet,
    )


def check_folder():
    """A data folder that we can write to."""
    try:
        DATA.mkdir(parents=True, exist_ok=True)
        probe = DATA / ".probe"
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
    except OSError as reason:
        if reason.errno == 28:
            raise Trouble(
                f"磁盘已满，无法写入 {DATA}。请清理磁盘后重试，已有数据没有丢失。"
            ) from None
        raise Trouble(
            f"无法写入数据目录 {DATA}（{reason.strerror}）。"
            "请改正目录权限，或用环境变量 ZHIHENG_DATA 指定别的目录。"
        ) from None


def first_run():
    """Say whether nothing has been installed here yet."""
    return not (ROOT / ".venv" / "stamp.json").exists()


def check_disk():
    """Enough free space: more for the first run, which downloads everything."""
    kind = "first" if first_run() else "again"
    needed = int(os.environ.get("ZHIHENG_MIN_FREE_MB") or NEEDED_MB[kind])
    free = shutil.disk_usage(DATA).free // 2**20
    if free < needed:
        raise Trouble(
            f"磁盘空间不足：{DATA} 所在磁盘剩余 {free} MB，至少需要 {needed} MB。"
            "请清理磁盘后重试，已有数据没有丢失。"
        )


def check_port(port):
    """A free port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Trouble(
                f"没有权限使用端口 {port}。请换一个：make demo PORT={port + 8000}。"
            ) from None
        except OSError:
            raise Trouble(
                f"端口 {port} 已被别的程序占用。请换一个端口：make demo PORT={port + 1}，"
                "或先停止占用它的程序。"
            ) from None


def wanted_port():
    """The port asked for with PORT=, 8000 unless told."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(
            f"PORT={text} 不是端口号，请给出 1 到 65535 之间的整数，如 make demo PORT=8001。"
        )
    return int(text)


def check_all():
    """Check the machine."""
    check_python()
    check_folder()
    check_disk()
    check_venv()
