"""文件：按内容寻址的存储；写入要么完整落盘，要么什么都不留下。

Files lie under `<root>/<area>/ab/cd/<sha256>`; names that people give never become paths.
Law: 电子签名法 5, 8 (content complete and unaltered from its final form); law.md G.2.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from cryptography.hazmat.primitives import hashes

from zhiheng.kernel.errors import Invalid, NotFound, ZhihengError
from zhiheng.kernel.sniffing import HEAD, sniff

__all__ = ["Digests", "Stored", "configure", "digests", "discard", "exists", "open_stored", "read", "sniff",
           "store", "sweep", "verify"]  # fmt: skip

DEFAULT_LIMIT = 500 * 1024 * 1024
_CHUNK = 1024 * 1024
_AREA = re.compile(r"[a-z][a-z-]{0,30}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_INCOMING = ".incoming"
_PASSING = {"imports", "exports"}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_place: dict[str, Path] = {}


class Digests(NamedTuple):
    """Both digests in hex and the size in bytes."""

    sha256: str
    sm3: str
    size: int


class Stored(NamedTuple):
    """What the store knows of a file it has just taken."""

    sha256: str
    sm3: str
    size: int
    mime: str | None


class StorageError(ZhihengError):
    """The disk is full, not writable, or what was stored is damaged."""


def configure(*, root: Path) -> None:
    """Say where files lie; areas are folders below."""
    _place["root"] = root


def digests(stream: IO[bytes]) -> Digests:
    """Return the digests of a stream from where it stands, in one pass and little memory."""
    meter = _Meter()
    while chunk := stream.read(_CHUNK):
        meter.update(chunk)
    return meter.result()


def store(
    stream: IO[bytes],
    *,
    area: str = "evidence",
    limit: int = DEFAULT_LIMIT,
    accepted: Collection[str] | None = None,
) -> Stored:
    """Take a file in, durably, and return its digests and type; the same content lies once.

    Args:
        stream: read from where it stands to its end.
        area: which folder of the store.
        limit: the largest size in bytes.
        accepted: media types to take; None takes anything.

    Raises:
        Invalid: empty, too large, or of a type that is not accepted. Nothing is left behind.
        StorageError: the disk is full or not writable. Nothing is left behind.
    """
    folder = _folder(area)
    with _plain_errors():
        incoming = folder / _INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        draft = incoming / secrets.token_hex(16)
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o440)
            with os.fdopen(handle, "wb") as file:
                stored = _copy(stream, file, limit=limit, accepted=accepted)
            _settle(draft, _path(area=area, sha256=stored.sha256), size=stored.size)
        finally:
            draft.unlink(missing_ok=True)
    return stored


def open_stored(sha256: str, *, area: str = "evidence", size: int | None = None) -> IO[bytes]:
    """Return a stored file for reading; that it is there and whole in length is checked.

    Raises:
        NotFound: there is no such file.
        StorageError: its size is not the one on record.
    """
    path = _path(area=area, sha256=sha256)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise NotFound(
            f"存储中没有这份文件（{sha256[:12]}…）。",
            next_step="请系统管理员从备份恢复后核对摘要。",
        ) from error
    file = os.fdopen(handle, "rb")
    if size is not None and os.fstat(handle).st_size != size:
        file.close()
        raise _damaged(sha256)
    return file


def read(sha256: str, *, area: str = "evidence") -> bytes:
    """Return the whole content; it is the content of that digest or an error.

    Raises:
        NotFound: there is no such file.
        StorageError: the content no longer has this digest.
    """
    with open_stored(sha256, area=area) as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _damaged(sha256)
    return content


def verify(sha256: str, *, area: str = "evidence") -> Digests:
    """Read a stored file through and return its digests.

    Raises:
        NotFound: there is no such file.
        StorageError: the content no longer has this digest.
    """
    with open_stored(sha256, area=area) as file:
        found = digests(file)
    if found.sha256 != sha256:
        raise _damaged(sha256)
    return found


def exists(sha256: str, *, area: str = "evidence") -> bool:
    """Return whether the store holds a file of this digest."""
    return _path(area=area, sha256=sha256).is_file()


def discard(sha256: str, *, area: str) -> None:
    """Remove a file of an area through which files only pass; gone already is gone.

    Raises:
        ValueError: the area keeps things for the record.
    """
    if area not in _PASSING:
        raise ValueError(f"files in {area!r} are kept")
    _path(area=area, sha256=sha256).unlink(missing_ok=True)


def sweep(*, before: datetime, area: str = "evidence") -> int:
    """Remove what a killed process left half-written before an instant; return how many."""
    incoming = _folder(area) / _INCOMING
    removed = 0
    for draft in incoming.iterdir() if incoming.is_dir() else ():
        if draft.stat().st_mtime < before.timestamp():
            draft.unlink(missing_ok=True)
            removed += 1
    return removed


class _Meter:
    """Both digests and the size of what flows past."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._sm3 = hashes.Hash(hashes.SM3())
        self.size = 0

    def update(self, chunk: bytes) -> None:
        self._sha256.update(chunk)
        self._sm3.update(chunk)
        self.size += len(chunk)

    def result(self) -> Digests:
        return Digests(self._sha256.hexdigest(), self._sm3.finalize().hex(), self.size)


def _copy(
    stream: IO[bytes], file: IO[bytes], *, limit: int, accepted: Collection[str] | None
) -> Stored:
    meter = _Meter()
    mime: str | None = None
    while chunk := stream.read(_CHUNK):
        if not meter.size:
            mime = sniff(chunk[:HEAD])
            if accepted is not None and mime not in accepted:
                raise Invalid(
                    "这种文件不能上传：内容不是可接受的类型。",
                    next_step="请上传照片、PDF、录音录像或办公文档；改扩展名没有用。",
                )
        meter.update(chunk)
        if meter.size > limit:
            megabytes = f"{limit / 1024 / 1024:.0f}兆字节" if limit >= _CHUNK else f"{limit}字节"
            raise Invalid(
                f"文件超过{megabytes}的上限，没有保存。", next_step="请压缩或分段后再上传。"
            )
        file.write(chunk)
    if not meter.size:
        raise Invalid("文件是空的，没有保存。", next_step="请重新选择文件。")
    file.flush()
    os.fsync(file.fileno())
    return Stored(*meter.result(), mime)


def _settle(draft: Path, path: Path, *, size: int) -> None:
    """Move a finished draft to its place and make the directories durable."""
    if path.is_file() and path.stat().st_size == size:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(path)
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _folder(area: str) -> Path:
    if not _AREA.fullmatch(area):
        raise ValueError(f"no such area: {area!r}")
    root = _place.get("root") or Path(os.environ.get("ZHIHENG_DATA", "var"))
    return root / area


def _path(*, area: str, sha256: str) -> Path:
    """Only 64 hex digits ever become a path."""
    if not _DIGEST.fullmatch(sha256):
        raise NotFound("文件编号不对。")
    return _folder(area) / sha256[:2] / sha256[2:4] / sha256


def _damaged(sha256: str) -> StorageError:
    return StorageError(
        f"文件（{sha256[:12]}…）与登记的摘要不符，可能已损坏或被改动。",
        next_step="不要继续使用该文件；请系统管理员从备份恢复并核查。",
    )


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageError(
                "存储空间已满，文件没有保存。",
                next_step="请系统管理员清理或扩容后重新上传；已填写的内容不受影响。",
            ) from error
        raise StorageError(
            f"数据目录不能写入，文件没有保存（{error.strerror}）。",
            next_step="请系统管理员检查数据目录的权限和磁盘。",
        ) from error
