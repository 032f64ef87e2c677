"""Reading the seal of a PDF: whether it holds, whose it is, whether it is a simulated one."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from zhiheng.documents import authority, sealing


@dataclass(frozen=True, kw_only=True)
class SealReading:
    """What the seal of a PDF says.

    valid: intact, covering the whole file, and by a certificate that we trust.
    simulated: sealed with the demonstration certificate (模拟签章).
    """

    sealed: bool
    valid: bool
    simulated: bool = False
    signer: str = ""
    signed_at: datetime | None = None
    sentence: str = ""


KEEP = 2000
_kept: dict[tuple[str, str], SealReading] = {}
NOT_SEALED = SealReading(sealed=False, valid=False, sentence="这份文件没有电子签章。")
UNREADABLE = SealReading(
    sealed=False, valid=False, sentence="这份文件不是可以读取的 PDF，无法查验签章。"
)


def read_seal(*, pdf: bytes) -> SealReading:
    """Validate the seal of a PDF against the organs that we trust; never raises for bad input."""
    try:
        signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        if not signatures:
            return NOT_SEALED
        signature = signatures[-1]
        status = validate_pdf_signature(signature, _trust(marker=_root_marker()))
    except (SignatureValidationError, SigningError) as error:
        return SealReading(sealed=True, valid=False, sentence=f"签章无效：{error}")
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
        return UNREADABLE
    signer = signature.signer_cert.subject.native.get("common_name", "")
    untouched = status.modification_level in (None, ModificationLevel.NONE)
    intact = bool(status.intact and status.valid and untouched)
    valid = intact and bool(status.trusted)
    return SealReading(
        sealed=True,
        valid=valid,
        simulated=str(signer).endswith(authority.ORGAN_SUFFIX),
        signer=str(signer),
        signed_at=signature.self_reported_timestamp,
        sentence=_sentence(intact=intact, valid=valid),
    )


def read_kept_seal(*, sha256: str, pdf_of: Callable[[], bytes]) -> SealReading:
    """The reading of a stored file, kept in memory: the same digest always reads the same."""
    key = (sha256, _root_marker())
    if key not in _kept:
        if len(_kept) >= KEEP:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = read_seal(pdf=pdf_of())
    return _kept[key]


def _sentence(*, intact: bool, valid: bool) -> str:
    if valid:
        return "签章有效：文件自签章以来没有改动。"
    if intact:
        return "文件没有改动，但签章证书不在本平台信任的范围内。"
    return "签章无效：文件在签章以后被改动过。"


def _root_marker() -> str:
    """Changes when another root takes its place."""
    path = authority.root_path()
    return f"{path}:{path.stat().st_mtime_ns}" if path.exists() else ""


@lru_cache(maxsize=4)
def _roots(*, marker: str) -> tuple[object, ...]:
    root = authority.root_certificate() if marker else None
    return (sealing.asn1_certificate(certificate=root),) if root else ()


def _trust(*, marker: str) -> ValidationContext:
    """Only our roots, no fetching of anything from outside."""
    return ValidationContext(
        trust_roots=list(_roots(marker=marker)), allow_fetching=False, revocation_mode="soft-fail"
    )
