"""Screens: the document for those in scope, the public check for anyone."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from zhiheng.documents import api as documents
from zhiheng.documents.tests.factories import AT, dossier, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision():
    made = documents.prepare_document(
        dossier=dossier(), code="F-39", facts=sample("F-39"), actor=None, at=AT
    )
    return documents.finish(document_id=made.pk, at=AT)


@pytest.fixture
def officer(client):
    return cast.sign_in(client, cast.OFFICER)


def test_an_officer_sees_the_document_and_its_file(officer, decision):
    page = officer.get(reverse("document", args=[decision.pk]))
    assert page.status_code == 200
    assert decision.number in page.content.decode()
    assert "模拟签章" in page.content.decode()
    file = officer.get(reverse("document_pdf", args=[decision.pk]))
    assert file["Content-Type"] == "application/pdf"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"].startswith("inline")
    saved = officer.get(reverse("document_pdf", args=[decision.pk]), {"download": "1"})
    assert saved["Content-Disposition"].startswith("attachment")


def test_absent_and_forbidden_answer_alike(client, decision):
    other = cast.sign_in(client, cast.OTHER_OFFICER)
    forbidden = other.get(reverse("document", args=[decision.pk]))
    absent = other.get(reverse("document", args=[decision.pk + 999]))
    assert forbidden.status_code == absent.status_code == 404


def test_a_village_cadre_may_not(client, decision):
    client = cast.sign_in(client, cast.VILLAGE_CADRE)
    assert client.get(reverse("document", args=[decision.pk])).status_code == 403


@pytest.mark.parametrize("code", ["{}", " {} ", "{0:.4}-{0}"])
def test_the_public_enters_a_code(client, decision, code):
    typed = code.format(decision.check_code)
    if typed.count("-"):
        typed = "-".join(decision.check_code[i : i + 4] for i in range(0, 16, 4)).lower()
    answer = client.get(reverse("check"), {"code": typed})
    assert answer.url == reverse("check_code", args=[decision.check_code])


def test_the_public_page_shows_no_person(client, decision):
    page = client.get(reverse("check_code", args=[decision.check_code])).content.decode()
    assert decision.number in page
    assert decision.file_sha256 in page
    assert "签章有效" in page
    for private in ("渝香楼", "陈当事", "13800000000", "91339901MA00000079", "李执法"):
        assert private not in page


def test_an_unknown_code_is_a_page_with_advice(client):
    answer = client.get(reverse("check_code", args=["0000000000000000"]))
    assert answer.status_code == 404
    assert "向文书上写明的机关核实" in answer.content.decode()


def test_a_malformed_code_is_a_sentence(client):
    answer = client.get(reverse("check"), {"code": "短"})
    assert answer.status_code == 422
    assert "16 位" in answer.content.decode()


def test_the_same_file_is_the_same_and_another_is_not(client, decision):
    pdf = documents.document_pdf(decision, at=AT)
    address = reverse("check_code", args=[decision.check_code])
    same = client.post(address, {"file": SimpleUploadedFile("a.pdf", pdf)})
    assert "完全一致" in same.content.decode()
    other = client.post(address, {"file": SimpleUploadedFile("a.pdf", pdf + b" ")})
    assert "不一致" in other.content.decode()
    none = client.post(address, {})
    assert none.status_code == 422


def test_a_void_document_says_so(client, decision):
    documents.void_document(document=decision, reason="陈当事投诉", actor=None, at=AT)
    page = client.get(reverse("check_code", args=[decision.check_code])).content.decode()
    assert "已经作废" in page
    assert "陈当事" not in page


def test_a_draft_cannot_be_checked(client):
    draft = documents.prepare_document(
        dossier=dossier(), code="F-39", facts=sample("F-39"), actor=None, at=AT, issue=False
    )
    assert client.get(reverse("check_code", args=[draft.check_code])).status_code == 404


def test_a_stored_file_that_was_changed_does_not_pass(client, decision, data_dir):
    folder = data_dir / "documents" / decision.file_sha256[:2] / decision.file_sha256[2:4]
    path = folder / decision.file_sha256
    path.chmod(0o600)
    path.write_bytes(io.BytesIO(b"%PDF-1.7 forged").getvalue())
    page = client.get(reverse("check_code", args=[decision.check_code])).content.decode()
    assert "未能通过查验" in page


def test_looking_costs_few_queries(client, decision, django_assert_max_num_queries):
    address = reverse("check_code", args=[decision.check_code])
    client.get(address)
    with django_assert_max_num_queries(2):
        client.get(address)
