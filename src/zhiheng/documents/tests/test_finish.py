"""Finishing: rendering, sealing, storing; twice, killed midway, tampered with afterwards."""

import io
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from zhiheng.documents import api as documents
from zhiheng.documents import production, services
from zhiheng.documents.tests.factories import AT, dossier, sample
from zhiheng.kernel import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued():
    return documents.prepare_document(
        dossier=dossier(), code="F-39", facts=sample("F-39"), actor=None, at=AT
    )


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_a_finished_document_is_sealed_stored_and_digested(issued):
    done = documents.finish(document_id=issued.pk, at=AT)
    assert done.is_ready
    assert done.sealed
    assert done.seal_name == "青衡县综合行政执法局（模拟签章）"
    assert done.pages >= 2
    assert files.verify(done.file_sha256, area="documents").sm3 == done.file_sm3
    reading = documents.read_seal(pdf=documents.document_pdf(done, at=AT))
    assert reading.valid
    assert reading.simulated
    assert reading.signer == "青衡县综合行政执法局（演示）"


def test_finishing_twice_changes_nothing(issued):
    first = documents.finish(document_id=issued.pk, at=AT)
    second = documents.finish(document_id=issued.pk, at=AT + timedelta(hours=1))
    assert (first.file_sha256, first.finished_at) == (second.file_sha256, second.finished_at)


def test_whoever_finishes_first_wins(issued, monkeypatch):
    made = production.make_file

    def slow(**kwargs):
        monkeypatch.setattr(production, "make_file", made)
        documents.finish(document_id=issued.pk, at=AT)
        return made(**kwargs)

    monkeypatch.setattr(production, "make_file", slow)
    done = documents.finish(document_id=issued.pk, at=AT + timedelta(hours=1))
    assert done.finished_at == AT
    assert files.exists(done.file_sha256, area="documents")


def test_a_failure_is_remembered_and_the_document_can_be_finished_later(issued, monkeypatch):
    def broken(**kwargs):
        raise OSError("存储空间已满")

    with monkeypatch.context() as patch:
        patch.setattr(production, "make_file", broken)
        with pytest.raises(OSError, match="已满"):
            documents.finish(document_id=issued.pk, at=AT)
    issued.refresh_from_db()
    assert (issued.attempts, issued.last_error) == (1, "存储空间已满")
    done = documents.finish(document_id=issued.pk, at=AT)
    assert done.is_ready
    assert done.last_error == ""


def test_what_a_killed_worker_left_is_enqueued_again_once(issued):
    ProcrastinateJob.objects.all()._raw_delete("default")
    later = AT + timedelta(minutes=10)
    for _ in range(2):
        services.requeue_unfinished(at=later, older_than_seconds=180, limit=50)
    jobs = ProcrastinateJob.objects.filter(task_name=services.FINISH_TASK)
    assert [job.args for job in jobs] == [{"document_id": issued.pk}]


def test_the_same_facts_make_the_same_bytes_before_sealing(issued):
    assert documents.render(issued) == documents.render(issued)


def test_looking_at_an_unfinished_document_finishes_it(issued):
    assert documents.document_pdf(issued, at=AT).startswith(b"%PDF")
    issued.refresh_from_db()
    assert issued.is_ready


def test_one_changed_byte_breaks_the_seal(issued):
    pdf = documents.document_pdf(issued, at=AT)
    place = pdf.index(b"/Title")
    broken = pdf[: place + 8] + bytes([pdf[place + 8] ^ 1]) + pdf[place + 9 :]
    reading = documents.read_seal(pdf=broken)
    assert reading.sealed
    assert not reading.valid
    assert "改动" in reading.sentence or "无效" in reading.sentence


def test_something_added_behind_the_seal_is_not_valid(issued):
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(documents.document_pdf(issued, at=AT)))
    writer.root["/Injected"] = generic.pdf_string("改")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert not documents.read_seal(pdf=out.getvalue()).valid


def test_another_authority_is_not_trusted(issued, tmp_path, settings):
    pdf = documents.document_pdf(issued, at=AT)
    settings.DATA_DIR = tmp_path / "elsewhere"
    reading = documents.read_seal(pdf=pdf)
    assert not reading.valid
    assert "信任" in reading.sentence


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n", b"GIF89a", b"%PDF-1.7\n" + b"\x00" * 500])
def test_junk_is_read_as_junk(junk):
    reading = documents.read_seal(pdf=junk)
    assert not reading.valid
    assert reading.sentence


def test_the_seal_leaves_no_words_in_the_text_layer(issued):
    before = text_of(documents.render(issued))
    after = text_of(documents.document_pdf(issued, at=AT))
    assert before == after


def test_a_draft_is_shown_with_a_mark_and_without_code():
    draft = documents.prepare_document(
        dossier=dossier(), code="F-39", facts=sample("F-39"), actor=None, at=AT, issue=False
    )
    pdf = documents.document_pdf(draft, at=AT)
    assert not documents.read_seal(pdf=pdf).sealed
    assert "核验码" not in text_of(pdf)
