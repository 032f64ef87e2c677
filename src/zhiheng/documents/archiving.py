"""One PDF that holds a whole dossier (归档): cover, list, every document and exhibit, last page.

Every page carries its number in the file; the log's proofs travel inside as JSON. Documents that
were sealed one by one keep the picture of their seal; their own signature is checked by their
code, the file as a whole by its own seal.
Law: 行政处罚法第四十七条 (全过程记录，归档保存)；住房和城乡建设行政处罚程序规定第四十条.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from pypdf import PdfReader, PdfWriter

from zhiheng.documents import archivepages, pagedata, pictures, policies, privacy, typesetting
from zhiheng.documents.models import Document, Service
from zhiheng.documents.selectors import documents_root, template_of
from zhiheng.ledger import api as ledger

ARCHIVE = "F-55"
PROOFS = "存证证明.json"
LAST = 10_000
FileOf = Callable[[Document], bytes]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing in the file: how the list names it, and its pages."""

    title: str
    reference: str
    dated: str
    pdf: bytes
    pages: int


@cache
def part_order(*, root: Path) -> dict[str, int]:
    """In which order documents lie in the file: rulebook/documents/F-55/order.yaml."""
    with (root / ARCHIVE / "order.yaml").open(encoding="utf-8") as source:
        return {code: place for place, code in enumerate(yaml.safe_load(source))}


def build(*, document: Document, file_of: FileOf) -> tuple[bytes, int]:
    """The archive file of the document's dossier, before sealing, and its number of pages.

    `file_of` gives the file of a document, made now if it has to be.
    """
    facts = privacy.open_facts(facts=document.facts)
    parts = _documents(document=document, file_of=file_of) + _exhibits(
        facts=facts, on=document.dated_on
    )
    proofs, pending = _proofs(document=document)
    front = _front(document=document, facts=facts, parts=parts, front_pages=0, back_pages=1)
    front_pages = _count(pdf=front)
    back = _back(document=document, facts=facts, parts=parts, total=0, proofs=(proofs, pending))
    back_pages = _count(pdf=back)
    total = front_pages + sum(part.pages for part in parts) + back_pages
    front = _front(
        document=document, facts=facts, parts=parts, front_pages=front_pages, back_pages=back_pages
    )
    back = _back(document=document, facts=facts, parts=parts, total=total, proofs=(proofs, pending))
    writer = archivepages.joined(pdfs=[front, *[part.pdf for part in parts], back])
    numbers = typesetting.typeset(
        root=documents_root(),
        source=documents_root() / ARCHIVE / "numbers.typ",
        data={"total": total},
        on=document.dated_on,
    )
    archivepages.stamp(writer=writer, overlay=numbers)
    attached = _attachment(document=document, parts=parts, proofs=proofs, pending=pending)
    writer.add_attachment(PROOFS, json.dumps(attached, ensure_ascii=False, indent=1).encode())
    _describe(writer=writer, document=document, parts=parts, front_pages=front_pages)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), total


def _count(*, pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def kept_documents(*, document: Document) -> list[Document]:
    """The documents that lie in the file, in order: this dossier's, those of what ran beside it,
    and the one it came from.

    A receipt lies behind the document that it is the receipt of.
    """
    found = (
        Document.objects.filter(
            dossier__in=ledger.family_of(document.dossier), state=Document.State.ISSUED
        )
        .exclude(code=ARCHIVE)
        .select_related("dossier")
    )
    order = part_order(root=documents_root())
    receipts = Service.objects.filter(receipt__in=found).select_related("document")
    served = {one.receipt_id: one.document for one in receipts}

    def place(one: Document) -> tuple[int, int, int, int]:
        main = served.get(one.pk, one)
        return (order.get(main.code, LAST), main.pk, int(main is not one), one.pk)

    return sorted(found, key=place)


def _documents(*, document: Document, file_of: FileOf) -> list[Part]:
    parts = []
    for one in kept_documents(document=document):
        pdf = file_of(one)
        parts.append(
            Part(
                title=one.title,
                reference=one.number or f"核验码 {one.check_code}",
                dated=policies.date_zh(value=one.dated_on.isoformat()),
                pdf=pdf,
                pages=_count(pdf=pdf),
            )
        )
    return parts


def _exhibits(*, facts: dict[str, Any], on: date) -> list[Part]:
    """A sheet for each piece of evidence; pictures are printed, others named by their digest."""
    template = template_of(code=ARCHIVE)
    shown = policies.presented(template=template, facts=facts)
    raw = facts.get("exhibits") or []
    parts = []
    for index, (entry, source) in enumerate(zip(shown["exhibits"] or [], raw, strict=True), 1):
        picture = pictures.picture_svg(sha256=source.get("sha256", ""), mime=source.get("mime", ""))
        pdf = typesetting.typeset(
            root=documents_root(),
            source=documents_root() / ARCHIVE / "exhibit.typ",
            data={
                "exhibit": entry,
                "no": index,
                "picture": picture,
                "organ": facts["organ"]["name"],
                "case_no": facts["case_no"],
            },
            on=on,
        )
        parts.append(
            Part(
                title=f"证据{index}　{entry['title']}",
                reference=f"{entry['kind']}　{source['sha256'][:16]}",
                dated=(entry["collected_at"] or "").split("日")[0] + "日",
                pdf=pdf,
                pages=_count(pdf=pdf),
            )
        )
    return parts


def contents_of(*, parts: Sequence[Part], first: int) -> list[dict[str, str]]:
    """The list of the file: title, number, date, pages from–to; `first` is the first part's."""
    rows, page = [], first
    for part in parts:
        last = page + part.pages - 1
        pages = str(page) if last == page else f"{page}–{last}"
        rows.append(
            {"title": part.title, "reference": part.reference, "date": part.dated, "pages": pages}
        )
        page = last + 1
    return rows


def _front(
    *,
    document: Document,
    facts: dict[str, Any],
    parts: Sequence[Part],
    front_pages: int,
    back_pages: int,
) -> bytes:
    total = front_pages + sum(part.pages for part in parts) + back_pages
    contents = contents_of(parts=parts, first=front_pages + 1)
    extra = {"contents": contents, "pages_total": total}
    return _own_page(document=document, facts=facts, name="template.typ", extra=extra)


def _back(
    *,
    document: Document,
    facts: dict[str, Any],
    parts: Sequence[Part],
    total: int,
    proofs: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> bytes:
    proven, pending = proofs
    head = proven[-1]["proof"]["head"] if proven else None
    extra = {
        "pages_total": total,
        "parts": len(parts),
        "proven": len(proven),
        "pending": len(pending),
        "head": {"size": head["size"], "root": head["root"]} if head else None,
        "attachment": PROOFS,
    }
    return _own_page(document=document, facts=facts, name="back.typ", extra=extra)


def _own_page(
    *, document: Document, facts: dict[str, Any], name: str, extra: dict[str, Any]
) -> bytes:
    template = template_of(code=ARCHIVE)
    data = pagedata.page_data(
        template=template,
        facts=facts,
        title=document.title,
        number=document.number or "",
        check_code=document.check_code,
        simulated=True,
        extra=extra,
    )
    pdf: bytes = typesetting.typeset(
        root=documents_root(), source=template.folder / name, data=data, on=document.dated_on
    )
    return pdf


def _proofs(*, document: Document) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The log's proofs of all acts of the dossier, and the acts that the log has yet to take."""
    proven, pending = [], []
    for dossier in ledger.family_of(document.dossier):
        for act in ledger.acts_of(dossier):
            named = {
                "dossier": dossier.number,
                "seq": act.seq,
                "kind": act.kind,
                "title": act.title,
                "digest": bytes(act.digest).hex(),
            }
            try:
                proven.append({**named, "proof": ledger.prove(act).as_json()})
            except ledger.NotYet:
                pending.append(named)
    return proven, pending


def _attachment(
    *,
    document: Document,
    parts: Sequence[Part],
    proofs: list[dict[str, Any]],
    pending: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "format": "zhiheng-archive-v1",
        "dossier": document.dossier.number,
        "check_url": pagedata.check_url(check_code=document.check_code),
        "log": f"{settings.SITE_URL.rstrip('/')}/log/",
        "documents": [
            {
                "title": one.title,
                "number": one.number,
                "check_code": one.check_code,
                "sha256": one.file_sha256,
                "sm3": one.file_sm3,
                "sealed": one.sealed,
            }
            for one in kept_documents(document=document)
        ],
        "parts": len(parts),
        "acts": proofs,
        "pending": pending,
    }


def _describe(
    *, writer: PdfWriter, document: Document, parts: Sequence[Part], front_pages: int
) -> None:
    """Title and bookmarks, so that a long file can be walked through."""
    writer.add_metadata({"/Title": f"{document.title} {document.dossier.number}"})
    writer.add_outline_item(title="封面和目录", page_number=0)
    page = front_pages
    for part in parts:
        writer.add_outline_item(title=part.title, page_number=page)
        page += part.pages
    writer.add_outline_item(title="备考表", page_number=page)
