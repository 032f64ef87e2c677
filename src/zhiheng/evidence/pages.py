"""What the screens of evidence show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from zhiheng.evidence import policies
from zhiheng.evidence.carrying import origin_of
from zhiheng.evidence.models import EvidenceItem
from zhiheng.web.faces import EvidenceFace
from zhiheng.web.words import moment

TONES = {"COLLECTED": "warn", "VERIFIED": "ok", "EXCLUDED": "stop"}
ICONS = {
    "application/pdf": "file-text",
    "video/mp4": "video",
    "audio/wav": "mic",
    "audio/mpeg": "mic",
}


@dataclass(frozen=True)
class EvidenceListPage:
    """Evidence in scope, newest first, or that of one dossier."""

    title: str
    filters: list[Any]
    faces: list[EvidenceFace]
    rows: Any
    add_href: str = ""


@dataclass(frozen=True)
class EvidencePage:
    """One piece of evidence."""

    item: EvidenceItem
    facts: list[tuple[str, Any]]
    tone: str
    thumb_href: str
    file_href: str
    dossier_href: str
    may_verify: bool
    may_exclude: bool


@dataclass(frozen=True)
class UploadPage:
    """Uploading to one dossier."""

    title: str
    dossier: Any
    back_href: str


@dataclass(frozen=True)
class DecidePage:
    """Verifying or excluding one piece."""

    title: str
    note: str
    item: EvidenceItem
    back_href: str
    danger: bool = False


def face_of(item: EvidenceItem) -> EvidenceFace:
    """A piece of evidence as a tile."""
    return EvidenceFace(
        title=item.title,
        kind=item.get_kind_display(),
        href=reverse("evidence_item", args=[item.pk]),
        thumb=reverse("evidence_thumb", args=[item.pk]) if item.is_image else "",
        when=item.collected_at,
        who="、".join(str(one.get("name", "")) for one in item.collectors),
        state=item.get_status_display(),
        tone=TONES[item.status],  # type: ignore[arg-type]
        icon=ICONS.get(item.mime, "file-text"),
    )


def facts_of(item: EvidenceItem) -> list[tuple[str, Any]]:
    """What stands beside the picture."""
    people = "、".join(
        f"{one.get('name', '')}（{one.get('certificate_no') or '无证号'}）"
        for one in item.collectors
    )
    rows = [
        ("种类", item.get_kind_display()),
        ("卷宗", item.dossier.number),
        ("收集人", people),
        ("收集时间", moment(item.collected_at)),
        ("设备时间", moment(item.device_at) if item.device_at else ""),
        ("收集地点", item.place),
        ("来源", item.source),
        ("证明对象", item.proves),
        ("说明", item.description),
        ("文件", f"{item.name}（{policies.MIME_ZH.get(item.mime, '文件')}，{policies.size_zh(size=item.size)}）"),
        ("SHA-256", item.file_sha256),
        ("SM3", item.sm3),
        ("上传", f"{item.created_by}　{moment(item.created_at)}"),
    ]  # fmt: skip
    if item.status_at:
        said = f"{item.status_by}　{moment(item.status_at)}　{item.status_reason}"
        rows.append((item.get_status_display(), said))
    if origin := origin_of(item):
        said = f"{origin.dossier.number}（第 {origin.pk} 号证据），摘要一致，没有重新收集"
        rows.append(("移送来源", said))
    return [(label, value) for label, value in rows if value]
