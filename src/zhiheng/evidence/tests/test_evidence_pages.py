"""Screens of evidence: uploading, looking, downloading; scope; harmless files."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests import cast
from zhiheng.evidence.models import EvidenceItem
from zhiheng.evidence.tests.samples import HOSTILE, photo, photo_with_position
from zhiheng.evidence.tests.test_add_evidence import add

pytestmark = pytest.mark.django_db
TYPED = {
    "key": "k1", "kind": "AUDIOVISUAL", "title": "管口照片", "collected_at": "2026-11-20 14:05",
    "place": "后巷", "source": "执法记录仪", "proves": "没有净化设施", "description": "",
}  # fmt: skip


@pytest.fixture
def officer(client):
    return cast.sign_in(client, cast.OFFICER)


def upload(client, matter, content, name="a.jpg", **changes):
    data = {**TYPED, **changes, "file": SimpleUploadedFile(name, content, "image/jpeg")}
    return client.post(reverse("evidence_add", args=[matter.pk]), data)


def test_an_officer_uploads_and_sees_the_piece(officer, matter):
    answer = upload(officer, matter, photo())
    item = EvidenceItem.objects.get()
    assert answer.url == reverse("evidence_item", args=[item.pk])
    page = officer.get(answer.url).content.decode()
    assert item.file_sha256 in page
    assert item.collectors[0]["name"] == "李执法"
    assert "待核实" in page


def test_sending_the_form_twice_keeps_one_piece(officer, matter):
    upload(officer, matter, photo())
    upload(officer, matter, photo())
    assert EvidenceItem.objects.count() == 1


@pytest.mark.parametrize("what", sorted(set(HOSTILE) - {"an empty file"}))
def test_a_hostile_upload_keeps_what_was_typed(officer, matter, what):
    name, content = HOSTILE[what]
    answer = upload(officer, matter, content, name=name)
    assert answer.status_code == 422
    assert "没有净化设施" in answer.content.decode()
    assert not EvidenceItem.objects.exists()


def test_the_original_comes_as_a_download_and_cannot_run(officer, matter):
    item = add(matter)
    answer = officer.get(reverse("evidence_file", args=[item.pk]))
    assert b"".join(answer.streaming_content) == photo()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_thumbnail_is_upright_small_and_without_metadata(officer, matter):
    item = add(matter, photo_with_position())
    answer = officer.get(reverse("evidence_thumb", args=[item.pk]))
    small = Image.open(io.BytesIO(answer.content))
    assert small.size == (40, 80)
    assert not small.getexif()
    assert b"SecretCamera" not in answer.content
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["evidence_item", "evidence_file", "evidence_thumb", "evidence_verify", "evidence_exclude"])  # fmt: skip
def test_absent_and_forbidden_answer_alike(client, matter, name):
    item = add(matter)
    stranger = cast.sign_in(client, cast.OTHER_OFFICER)
    assert stranger.get(reverse(name, args=[item.pk])).status_code == 404
    assert stranger.get(reverse(name, args=[item.pk + 999])).status_code == 404


def test_uploading_to_a_dossier_of_others_is_not_found(client, matter):
    stranger = cast.sign_in(client, cast.OTHER_OFFICER)
    assert upload(stranger, matter, photo()).status_code == 404


def test_verify_and_exclude_on_screen(officer, matter):
    item = add(matter)
    officer.post(reverse("evidence_verify", args=[item.pk]), {"note": "与笔录印证"})
    item.refresh_from_db()
    assert item.status == "VERIFIED"
    empty = officer.post(
        reverse("evidence_exclude", args=[item.pk]), {"ground": "X1", "reason": ""}
    )
    assert empty.status_code == 422
    officer.post(reverse("evidence_exclude", args=[item.pk]), {"ground": "X1", "reason": "未亮证"})
    item.refresh_from_db()
    assert item.status == "EXCLUDED"


def test_a_reviewer_looks_but_does_not_decide(client, matter):
    item = add(matter)
    reviewer = cast.sign_in(client, cast.LEGAL_REVIEWER)
    assert reviewer.get(reverse("evidence_item", args=[item.pk])).status_code == 200
    assert reviewer.get(reverse("evidence_verify", args=[item.pk])).status_code == 403


def test_the_list_stays_cheap(officer, matter, django_assert_max_num_queries):
    for number in range(5):
        add(matter, photo(size=(10 + number, 10)))
    officer.get(reverse("evidence_list"))
    with django_assert_max_num_queries(12):
        page = officer.get(reverse("evidence_list"), {"status": "COLLECTED"})
    assert page.content.decode().count("排烟管口照片") == 5
