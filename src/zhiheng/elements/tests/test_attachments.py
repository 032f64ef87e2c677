"""Attachments: read for what they are, kept as they came, given out as downloads only."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import cast
from zhiheng.elements.models import Attachment, Subject
from zhiheng.elements.tests.factories import (
    AT,
    DRAFTER,
    PDF,
    attachment,
    boundary,
    draft_of_boundary,
    published,
)
from zhiheng.kernel import files
from zhiheng.kernel.errors import Invalid, NotAllowed

pytestmark = pytest.mark.usefixtures("county")
HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def _store(tmp_path):
    files.configure(root=tmp_path)


def upload(client, address: str, content: bytes, name: str):
    return client.post(address, {"title": "批准文件", "file": SimpleUploadedFile(name, content)})


def test_a_file_is_listed_with_its_digest_and_comes_back_as_a_download(client):
    admin, uid = cast.sign_in(client, DRAFTER), boundary().uid
    address = reverse("element_file_add", args=["boundaries", uid])
    assert upload(admin, address, PDF, "../../批准<1>.html").status_code == 302
    digest = hashlib.sha256(PDF).hexdigest()
    page = admin.get(reverse("element_show", args=["boundaries", uid])).content.decode()
    assert digest[:16] in page
    kept = Attachment.objects.get()
    assert (kept.sha256, kept.mime, kept.name) == (digest, "application/pdf", "批准1.pdf")
    answer = admin.get(reverse("element_file", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_page_dressed_as_a_pdf_is_refused(client):
    admin = cast.sign_in(client, DRAFTER)
    address = reverse("element_file_add", args=["boundaries", boundary().uid])
    answer = upload(admin, address, HTML, "批准.pdf")
    assert answer.status_code == 422
    assert "不是可接受的类型" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_what_is_too_large_is_refused(monkeypatch):
    from zhiheng.elements.attachments import services

    monkeypatch.setattr(services, "LIMIT", 20)
    with pytest.raises(Invalid, match="上限"):
        attachment()


def test_the_same_file_twice_is_kept_once():
    assert attachment().pk == attachment().pk


def test_a_file_cannot_be_changed_or_removed():
    kept = attachment()
    for change in (lambda: kept.delete(), lambda: Attachment.objects.update(title="改")):
        with pytest.raises(IntegrityError, match="不能修改或删除"), transaction.atomic():
            change()


def test_a_file_of_a_draft_is_seen_on_the_element_after_publication(client):
    proposal = draft_of_boundary(dispute_channel="新")
    kept = attachment(proposal=proposal)
    reader = cast.sign_in(client, cast.OFFICER)
    page = reverse("element_show", args=["boundaries", boundary().uid])
    address = reverse("element_file", args=[kept.pk])
    assert kept.sha256[:16] not in reader.get(page).content.decode()
    assert reader.get(address).status_code == 404
    published(proposal, at=AT)
    assert kept.sha256[:16] in reader.get(page).content.decode()
    assert reader.get(address).status_code == 200


def test_only_the_drafter_adds_to_a_proposal():
    proposal = draft_of_boundary(dispute_channel="新")
    with pytest.raises(NotAllowed):
        attachment(proposal=proposal, actor=cast.actor("weiyaosu"))


def test_files_about_a_person_are_for_those_whose_work_needs_them(client):
    person = Subject.objects.known().filter(kind="CITIZEN").first()
    from zhiheng.elements.attachments.services import attach

    kept = attach(
        slug="subjects", element_uid=person.uid, title="身份证", file=io.BytesIO(PDF),
        name="a.pdf", actor=cast.actor(DRAFTER), at=AT,
    )  # fmt: skip
    address = reverse("element_file", args=[kept.pk])
    page = reverse("element_show", args=["subjects", person.uid])
    for username, status in (("fengjiexian", 404), (cast.OFFICER, 200)):
        seen = cast.sign_in(client, username)
        assert seen.get(address).status_code == status
        assert (kept.sha256[:16] in seen.get(page).content.decode()) == (status == 200)
