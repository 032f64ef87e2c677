"""What the screens of documents show."""

from dataclasses import dataclass
from typing import Any

from zhiheng.documents.models import Document, Service
from zhiheng.documents.sealcheck import SealReading
from zhiheng.documents.selectors import CheckResult
from zhiheng.web.words import day_zh, moment

TONES = {"DRAFT": "warn", "ISSUED": "ok", "VOID": "stop"}


@dataclass(frozen=True)
class DocumentPage:
    """One document: what it is, its file, its seal, how it was served."""

    document: Document
    facts: list[tuple[str, Any]]
    tone: str
    pdf_href: str
    download_href: str
    check_href: str
    seal: SealReading | None
    simulated: bool
    services: list[list[tuple[str, Any]]]


@dataclass(frozen=True)
class CheckPage:
    """The public check of one code: what anyone may know, and the comparison of a file."""

    code: str
    result: CheckResult | None
    facts: list[tuple[str, Any]]
    tone: str
    verdict: str
    seal: SealReading | None
    compared: str = ""
    compared_tone: str = ""


def facts_of(document: Document) -> list[tuple[str, Any]]:
    """What stands on the page of a document."""
    rows = [
        ("文号", document.number),
        ("制作机关", document.organ_name),
        ("文书日期", day_zh(document.dated_on)),
        ("类别", document.get_kind_display()),
        ("版次", document.version),
        ("制作", f"{document.created_by}　{moment(document.created_at)}"),
        ("签发", moment(document.issued_at) if document.issued_at else ""),
        ("签章", f"{document.seal_name}　{moment(document.sealed_at)}" if document.sealed_at else ""),
        ("页数", document.pages or ""),
        ("核验码", document.check_code if document.issued_at else ""),
        ("SHA-256", document.file_sha256),
        ("SM3", document.file_sm3),
        ("模板", f"{document.code} 第 {document.template_version} 版"),
        ("作废原因", document.void_reason),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def service_facts(service: Service) -> list[tuple[str, Any]]:
    """One attempt to serve."""
    rows = [
        ("方式", service.get_mode_display()),
        ("结果", service.get_state_display()),
        ("受送达人", service.receiver),
        ("地点", service.place),
        ("送出", moment(service.sent_at)),
        ("送达日期", day_zh(service.served_on) if service.served_on else ""),
        ("签收人", service.signed_by),
        ("未成原因", service.detail.get("failure", "")),
    ]
    return [(label, value) for label, value in rows if value]


def check_facts(result: CheckResult) -> list[tuple[str, Any]]:
    """What the public reads; no party, no officer."""
    rows = [
        ("文书名称", result.title),
        ("文号", result.number),
        ("制作机关", result.organ_name),
        ("文书日期", day_zh(result.dated_on)),
        ("状态", result.state_label),
        ("作废原因", "已登记" if result.void_reason else ""),
        ("签章", result.seal_name),
        ("签章时间", moment(result.sealed_at) if result.sealed_at else ""),
        ("页数", result.pages or ""),
        ("文件摘要 SHA-256", result.file_sha256),
        ("文件摘要 SM3", result.file_sm3),
    ]
    return [(label, value) for label, value in rows if value]
