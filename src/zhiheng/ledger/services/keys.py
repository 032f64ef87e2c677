"""The key that signs the log's heads: Ed25519, one file, readable by its owner alone."""

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from zhiheng.kernel.errors import ZhihengError
from zhiheng.ledger.models import LogHead


class KeyMissing(ZhihengError):
    """Heads were signed before, and the key that signed them is gone."""


def key_path() -> Path:
    """Where the key lies."""
    return Path(settings.DATA_DIR) / "ledger-key"


def signing_key(*, renew: bool = False) -> Ed25519PrivateKey:
    """The key; made at the first head. `renew` makes another where the old one is lost.

    Raises:
        KeyMissing: there are signed heads but no key; a new one is never made in silence.
    """
    path = key_path()
    if path.exists():
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyMissing(
                f"{path} 不是 Ed25519 密钥。", next_step="请从备份恢复正确的密钥文件。"
            )
        return key
    if LogHead.objects.exists() and not renew:
        raise KeyMissing(
            f"存证日志的签名密钥 {path} 不见了。",
            next_step="请从备份恢复；确实无法恢复时运行 manage.py ledger sequence --new-key 更换，并对外公告。",
        )
    return _made(path)


def _made(path: Path) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(path)
    return key


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes by which everybody can check."""
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
