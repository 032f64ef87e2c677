"""Sealing a PDF (PAdES, pyHanko) and reading a seal. The port to a seal system is `SealPort`.

Law: 电子签名法第十三条、第十四条 (a real seal); what stands here is a simulator and says so: 模拟签章.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from zhiheng.documents import authority, sealface
from zhiheng.kernel.errors import ZhihengError

ANCHOR = "zhiheng:seal"
FIELD = "Seal"
OPACITY = 0.82


class CannotSeal(ZhihengError):
    """The seal system refused or could not be reached; the document stays unsealed."""


class SealPort(Protocol):
    """What a seal system must do for us; a province's own system is one class with these names."""

    name: str
    simulated: bool

    def seal(self, *, pdf: bytes, organ: str, at: datetime) -> bytes:
        """Return the PDF with the organ's seal at its marked place, or refuse with a sentence."""
        ...


@dataclass(frozen=True, kw_only=True)
class SealPlace:
    """Where a seal goes: page from 0 and its box in points."""

    page: int
    box: tuple[int, int, int, int]


class SimulatorSeal:
    """Seals with the demonstration authority. Every mark of it reads 模拟签章."""

    name = "模拟签章"
    simulated = True

    def seal(self, *, pdf: bytes, organ: str, at: datetime) -> bytes:
        """Sign with the organ's demonstration certificate and draw its round seal."""
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        place = take_place(writer=writer)
        signer = _signer(organ=organ, day=at.date().isoformat(), ca=str(authority.folder()))
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=f"{organ}（模拟签章）",
            name=f"{organ}{authority.ORGAN_SUFFIX}",
        )
        if place is None:
            spec, style = fields.SigFieldSpec(FIELD), None
        else:
            spec = fields.SigFieldSpec(FIELD, on_page=place.page, box=place.box)
            style = _style(organ=organ)
        machine = signers.PdfSigner(metadata, signer, stamp_style=style, new_field_spec=spec)
        try:
            out = machine.sign_pdf(writer, bytes_reserved=8192)
        except Exception as error:
            raise CannotSeal(
                f"《{organ}》印章未能加盖：{error}", next_step="平台会自动重试；请联系系统管理员。"
            ) from error
        sealed: bytes = out.getvalue()
        return sealed


def seal_port() -> SealPort:
    """The seal system in use: the setting DOCUMENT_SEAL_PORT, else the simulator."""
    path = getattr(settings, "DOCUMENT_SEAL_PORT", "")
    port: SealPort = import_string(path)() if path else SimulatorSeal()
    return port


def take_place(*, writer: IncrementalPdfFileWriter) -> SealPlace | None:
    """Find the mark that the template left for the seal, and remove it."""
    for number, reference in _pages(writer=writer):
        page = reference.get_object()
        marks: Any = page.get("/Annots") or ()
        for index, mark in enumerate(marks):
            link = mark.get_object()
            if str((link.get("/A") or {}).get("/URI", "")) == ANCHOR:
                kept = [marks.raw_get(i) for i in range(len(marks)) if i != index]
                page["/Annots"] = generic.ArrayObject(kept)
                writer.mark_update(reference)
                return SealPlace(page=number, box=_box(link["/Rect"]))
    return None


def _box(rectangle: Any) -> tuple[int, int, int, int]:
    x1, y1, x2, y2 = (round(float(value)) for value in rectangle)
    return x1, y1, x2, y2


def _pages(*, writer: IncrementalPdfFileWriter) -> Iterator[tuple[int, Any]]:
    """Pages from the last to the first: number and reference."""
    total = int(writer.root["/Pages"]["/Count"])
    for number in range(total - 1, -1, -1):
        yield number, writer.find_page_for_modification(number)[0]


@lru_cache(maxsize=256)
def _signer(*, organ: str, day: str, ca: str) -> signers.SimpleSigner:
    """The organ's signer, read once a day and folder."""
    at = datetime.fromisoformat(f"{day}T00:00:00+08:00")
    mine = authority.organ_credential(organ=organ, at=at)
    chain = SimpleCertificateStore()
    root = authority.root_certificate()
    if root is not None:
        chain.register(asn1_certificate(certificate=root))
    key = mine.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner(
        signing_cert=asn1_certificate(certificate=mine.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=chain,
    )


def asn1_certificate(*, certificate: x509.Certificate) -> asn1_x509.Certificate:
    """A certificate in the form that pyHanko takes."""
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _style(*, organ: str) -> StaticStampStyle:
    """The round seal as the signature's appearance, a little transparent so the text shows."""
    return StaticStampStyle(
        border_width=0,
        background=sealface.SealFace(organ=organ),
        background_opacity=OPACITY,
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MID,
            y_align=layout.AxisAlignment.ALIGN_MID,
            inner_content_scaling=layout.InnerScaling.STRETCH_TO_FIT,
        ),
    )
