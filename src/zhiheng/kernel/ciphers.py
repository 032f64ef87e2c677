"""密码：个人信息字段加密（SM4-GCM）、摘要（SHA-256 与 SM3）、相等检索用的带钥摘要。

The one module that touches ciphers, so that a cipher machine or another algorithm can take
its place. Law: 密码法 27; 商用密码管理条例; 个人信息保护法 51 (加密、去标识化).

Keys come from ZHIHENG_FIELD_KEY or from a key file; one `id:32 hex digits` a line. The last
key seals, all keys open, the first one makes match hashes: to rotate, append a line and
never remove the first. Whoever loses the file loses the fields: back it up apart from the data.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from zhiheng.kernel.codes import normalise
from zhiheng.kernel.errors import ZhihengError

ENVIRONMENT = "ZHIHENG_FIELD_KEY"
_LINE = re.compile(r"([a-z0-9]{1,12}):([0-9a-fA-F]{32})")
_SEALED = re.compile(r"sm4\.([a-z0-9]{1,12})\.([A-Za-z0-9_-]+=*)")
_NONCE, _TAG = 12, 16
_place: dict[str, Path] = {}


class CipherError(ZhihengError):
    """A key is missing or malformed, or a sealed field was damaged."""


def configure(*, key_path: Path) -> None:
    """Say where the key file lies; it is made (0600) at first use where there is none."""
    _place["key_path"] = key_path
    _keys.cache_clear()


def seal_field(plain: str) -> str:
    """Return a field sealed with the newest key: `sm4.<key id>.<base64>`."""
    key_id, key = list(_keys().items())[-1]
    nonce = secrets.token_bytes(_NONCE)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(_context(key_id))
    sealed = encryptor.update(plain.encode()) + encryptor.finalize()
    return f"sm4.{key_id}.{base64.urlsafe_b64encode(nonce + sealed + encryptor.tag).decode()}"


def open_field(sealed: str) -> str:
    """Return what was sealed.

    Raises:
        CipherError: not a sealed field, sealed with a key that is not here, or altered.
    """
    match = _SEALED.fullmatch(sealed)
    key = _keys().get(match[1]) if match else None
    if match is None or key is None:
        missing = f"（密钥 {match[1]}）" if match else ""
        raise CipherError(
            f"加密字段无法打开{missing}：本机没有对应的密钥，或内容不是加密字段。",
            next_step="请系统管理员恢复密钥文件 field-key 的备份。",
        )
    try:
        raw = base64.urlsafe_b64decode(match[2])
        nonce, body, tag = raw[:_NONCE], raw[_NONCE:-_TAG], raw[-_TAG:]
        decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(_context(match[1]))
        return (decryptor.update(body) + decryptor.finalize()).decode()
    except (InvalidTag, ValueError) as error:
        raise CipherError(
            "加密字段已损坏或被改动，不能显示。",
            next_step="请系统管理员从备份恢复该记录并核查日志。",
        ) from error


def match_hash(plain: str) -> str:
    """Return a keyed digest for equality search on an encrypted code or number.

    Spaces, hyphens, width and case do not matter. Without the key nobody can try all
    citizen numbers against it.
    """
    key = hashlib.sha256(b"zhiheng.match" + next(iter(_keys().values()))).digest()
    return hmac.new(key, normalise(plain).encode(), hashlib.sha256).hexdigest()


def sha256(data: bytes) -> str:
    """Return the SHA-256 digest in hex."""
    return hashlib.sha256(data).hexdigest()


def sm3(data: bytes) -> str:
    """Return the SM3 digest in hex (GB/T 32905)."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


def _context(key_id: str) -> bytes:
    return f"zhiheng.field.{key_id}".encode()


@lru_cache(maxsize=1)
def _keys() -> dict[str, bytes]:
    text = os.environ.get(ENVIRONMENT, "")
    source = f"环境变量 {ENVIRONMENT}"
    if not text:
        path = _place.get("key_path") or Path(os.environ.get("ZHIHENG_DATA", "var")) / "field-key"
        source = f"密钥文件 {path}"
        text = _read_or_make(path)
    lines = [line for line in re.split(r"[\s,;]+", text) if line]
    matches = [_LINE.fullmatch(line) for line in lines]
    keys = {match[1]: bytes.fromhex(match[2]) for match in matches if match}
    if not keys or len(keys) != len(lines):
        raise CipherError(
            f"{source}的格式不对。",
            next_step="每行应为“编号:32位十六进制”，例如 k1:（32位）；编号不得重复。",
        )
    return keys


def _read_or_make(path: Path) -> str:
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise CipherError(
            f"密钥文件 {path} 不能读取或写入。", next_step="请检查数据目录的权限和剩余空间。"
        ) from error


def _make(path: Path) -> None:
    """Make the first key; of two processes that try at once one wins and both read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"k1:{secrets.token_hex(16)}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)
