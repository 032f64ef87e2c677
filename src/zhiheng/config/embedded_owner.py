"""Whose processes PostgreSQL's are: ours, or, when we are root, those of a system user.

PostgreSQL refuses to run as root, rightly. Standard library only.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

OWNER = "zhiheng-pg"


class DatabaseTrouble(Exception):
    """The cluster cannot be made, started or stopped; the message says what to do (Chinese)."""


class Identity(TypedDict, total=False):
    """What `subprocess` needs to run a program as the owner; empty when we are the owner."""

    user: int
    group: int
    extra_groups: list[int]


def needed() -> bool:
    """Say whether we are root, so that the database needs an owner of its own."""
    return os.geteuid() == 0


def identity() -> Identity:
    """Return the owner's identity for `subprocess`."""
    if not needed():
        return {}
    owner = pwd.getpwnam(OWNER)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def ensure_owner() -> None:
    """Create the system user if we are root and it is not there yet."""
    if not needed():
        return
    try:
        pwd.getpwnam(OWNER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        done = subprocess.run([*command, OWNER], capture_output=True, text=True, check=False)
        if done.returncode and done.returncode != 9:  # 9: another start just created it
            raise DatabaseTrouble(
                f"不能以 root 运行数据库，也无法创建系统用户 {OWNER}"
                f"（{done.stderr.strip()}）。请改用普通用户运行。"
            ) from None


def give(path: Path) -> None:
    """Make a folder the owner's alone."""
    if needed():
        owner = pwd.getpwnam(OWNER)
        os.chown(path, owner.pw_uid, owner.pw_gid)
    os.chmod(path, 0o700)


def can_enter(folder: Path) -> bool:
    """Say whether the owner can pass through every folder above, and into this one."""
    return not run_quietly(["test", "-x", str(folder)])


def run_quietly(command: Sequence[str]) -> int:
    """Run a command as the owner; return its exit status, 126 if it may not be run."""
    try:
        return subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            check=False,
            **identity(),
        ).returncode
    except PermissionError:
        return 126
