"""The demonstration authority: a root and one certificate per organ, made at set-up (演示).

Elliptic curve P-256. The files lie in DATA_DIR/ca, private keys readable by the owner alone. A
real installation seals through its own electronic seal system instead (`sealing.SealPort`).
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

ROOT_NAME = "执衡演示根证书（模拟签章，不具有法律效力）"
ORGAN_SUFFIX = "（演示）"
ROOT_YEARS, ORGAN_YEARS = 20, 5
SKEW = timedelta(days=400)  # documents of the demonstration are dated in the past too
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A private key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def pem(self) -> bytes:
        """Both in one PEM text, so that one file holds both or neither."""
        private = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return private + self.certificate.public_bytes(serialization.Encoding.PEM)


def folder() -> Path:
    """Where the authority lies."""
    return Path(settings.DATA_DIR) / "ca"


def organ_path(*, organ: str) -> Path:
    """The file of an organ's key and certificate."""
    return folder() / f"organ-{hashlib.sha256(organ.encode()).hexdigest()[:16]}.pem"


def root_path() -> Path:
    """The file of the root."""
    return folder() / "root.pem"


def root_credential(*, at: datetime) -> Credential:
    """The root, made now if there is none."""
    return read_credential(path=root_path()) or _keep(path=root_path(), made=_make_root(at=at))


def root_certificate() -> x509.Certificate | None:
    """The root's certificate, if the authority was set up."""
    kept = read_credential(path=root_path())
    return kept.certificate if kept else None


def organ_credential(*, organ: str, at: datetime) -> Credential:
    """The organ's key and certificate, made now if there is none or it has run out."""
    path = organ_path(organ=organ)
    kept = read_credential(path=path)
    if kept and kept.certificate.not_valid_after_utc > at + DAY:
        return kept
    if kept:
        path.rename(path.with_name(f"{path.stem}-{kept.certificate.serial_number:x}.old"))
    root = root_credential(at=at)
    return _keep(path=path, made=_make_organ(organ=organ, root=root, at=at))


def read_credential(*, path: Path) -> Credential | None:
    """The credential in a file, if there is one."""
    if not path.exists():
        return None
    text = path.read_bytes()
    key = serialization.load_pem_private_key(text, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 - our own file
    return Credential(key=key, certificate=x509.load_pem_x509_certificate(text))


def _keep(*, path: Path, made: Credential) -> Credential:
    """Write once: if another process was faster, its credential is the one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as out:
        out.write(made.pem())
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return read_credential(path=path) or made
    finally:
        draft.unlink()
    return made


def _name(*, common: str, organ: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organ),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _builder(*, years: int, at: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SKEW)
        .not_valid_after(at + timedelta(days=365 * years))
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _make_root(*, at: datetime) -> Credential:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(common=ROOT_NAME, organ="执衡演示环境")
    certificate = (
        _builder(years=ROOT_YEARS, at=at)
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Credential(key=key, certificate=certificate)


def _make_organ(*, organ: str, root: Credential, at: datetime) -> Credential:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(years=ORGAN_YEARS, at=at)
        .subject_name(_name(common=f"{organ[:60]}{ORGAN_SUFFIX}", organ=organ[:64]))
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()),
            critical=False,
        )
        .sign(root.key, hashes.SHA256())
    )
    return Credential(key=key, certificate=certificate)
