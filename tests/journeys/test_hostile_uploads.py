"""What is no evidence is refused with a sentence; what was typed beside it stays."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys.driver import photo
from zhiheng.evidence.models import EvidenceItem


def _docx_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    return out.getvalue()


HOSTILE = {
    "空文件": ("空.jpg", b""),
    "程序": ("照片.jpg", b"MZ\x90\x00" + b"\x00" * 400),
    "脚本": (
        "照片.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    ),
    "网页": ("照片.jpg", b"<!doctype html><script>alert(1)</script>"),
    "半张照片": ("照片.jpg", photo("半张").read()[:900]),
    "只有文件头": ("照片.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 60),
    "压缩包": ("照片.zip", b"PK\x03\x04" + b"\x00" * 100),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_is_no_evidence_is_refused(walk_from, what):
    walk = walk_from(stage="filed")
    walk.go_to(date(2026, 3, 4))
    walk.does("show_id")
    name, content = HOSTILE[what]
    page = walk.cannot(
        "add_photo",
        file=SimpleUploadedFile(name, content, "image/jpeg"),
        photo_note="后厨排气口没有净化设施，油污明显。",
    )
    assert all(line.endswith("。") for line in page.errors), page.errors
    page.says("文件请再选一次")
    assert not EvidenceItem.objects.exists()


def test_a_file_too_large_is_refused(walk_from, settings):
    settings.EVIDENCE_LIMIT = 2000
    walk = walk_from(stage="filed")
    walk.does("show_id")
    page = walk.cannot("add_photo")
    assert any("太大" in line or "超过" in line for line in page.errors), page.errors
    assert not EvidenceItem.objects.exists()


def test_a_name_never_becomes_a_path(walk_from):
    walk = walk_from(stage="filed")
    walk.does("show_id")
    file = SimpleUploadedFile("../../etc/passwd\x00.jpg", photo("甲").read(), "text/html")
    walk.does("add_photo", file=file, evidence_title="<script>alert(1)</script>")
    item = EvidenceItem.objects.get()
    assert "/" not in item.name
    assert item.mime == "image/jpeg", "种类看内容，不看声称"
    assert b"<script>alert(1)</script>" not in walk.look(tab="evidence").response.content


def test_the_digest_is_in_the_record_before_anyone_else_sees_the_file(walk_from):
    walk = walk_from(stage="filed")
    walk.does("show_id", "add_photo")
    item = EvidenceItem.objects.get()
    kinds = {act.kind: act.evidence_digests for act in walk.case.dossier.acts.all()}
    assert kinds["evidence.add"] == [item.file_sha256]
    assert kinds["case.add_photo"] == [item.file_sha256]
