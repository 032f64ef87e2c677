"""The archive file: cover, list, every document and picture, page numbers, the log's proofs."""

import io
import json
import re

import pytest
from PIL import Image
from pypdf import PdfReader

from zhiheng.documents import api as documents
from zhiheng.documents.tests.factories import AT, dossier, sample
from zhiheng.kernel import files
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db


def picture(colour="navy", size=(900, 600)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def exhibit(**changes):
    stored = files.store(io.BytesIO(picture()))
    row = sample("F-55")["exhibits"][0]
    return {**row, "sha256": stored.sha256, "sm3": stored.sm3, **changes}


@pytest.fixture
def matter():
    clue = dossier(number="青线〔2026〕000458")
    case = dossier(parent=clue)
    at = {"actor": None, "at": AT}
    documents.prepare_document(dossier=clue, code="F-01", facts=sample("F-01"), **at)
    for code in ("F-03", "F-30", "F-32", "F-39", "F-54"):
        documents.prepare_document(dossier=case, code=code, facts=sample(code), **at)
    draft = {**sample("F-26"), "correction": "草稿不入卷。"}
    documents.prepare_document(dossier=case, code="F-26", facts=draft, issue=False, **at)
    return case


@pytest.fixture
def archived(matter):
    rows = [exhibit(), exhibit(title="现场录像", mime="video/mp4", sha256="0" * 64)]
    made = documents.archive(dossier=matter, facts=sample("F-55"), exhibits=rows, actor=None, at=AT)
    return documents.finish(document_id=made.pk, at=AT)


def pages_of(document):
    pdf = documents.document_pdf(document, at=AT)
    reader = PdfReader(io.BytesIO(pdf))
    return reader, ["".join(page.extract_text().split()) for page in reader.pages]


def test_every_page_carries_its_number_once(archived):
    reader, texts = pages_of(archived)
    assert len(reader.pages) == archived.pages
    for number, text in enumerate(texts, 1):
        assert text.count(f"卷内第{number}页") == 1


def test_the_list_leads_to_the_page_where_each_thing_begins(archived):
    reader, texts = pages_of(archived)
    listed = reader.pages[1].extract_text()
    assert "卷内目录" in texts[1]
    rows = re.findall(r"日 (\d+)(?:–(\d+))?$", listed, re.MULTILINE)
    assert len(rows) == 8
    ends = [int(last or first) for first, last in rows]
    assert [int(first) for first, _ in rows] == [3, *[end + 1 for end in ends[:-1]]]
    assert ends[-1] == archived.pages - 1
    for first, title in (
        (3, "行政处罚决定书"),
        (int(rows[1][0]), "线索登记表"),
        (int(rows[-1][0]), "证据材料"),
    ):
        assert title in texts[first - 1]


def test_documents_lie_in_the_order_of_the_rulebook_and_drafts_do_not(archived):
    _, texts = pages_of(archived)
    whole = "".join(texts)
    assert (
        whole.index("违法事实和证据")
        < whole.index("核查期限自收到线索")
        < whole.index("机关负责人意见")
    )
    assert "草稿不入卷" not in whole


def test_pictures_are_printed_and_other_files_named_by_digest(archived):
    reader, texts = pages_of(archived)
    sheets = [n for n, text in enumerate(texts) if "证据材料" in text and "证明对象" in text]
    assert len(sheets) == 2
    assert reader.pages[sheets[0]].images
    assert "原始文件存于平台" in texts[sheets[1]]


def test_the_proofs_are_attached(archived, matter):
    reader, texts = pages_of(archived)
    attached = json.loads(reader.attachments["存证证明.json"][0])
    acts = attached["acts"] + attached["pending"]
    assert {act["dossier"] for act in acts} == {matter.number, matter.parent.number}
    assert len(acts) == len(ledger.acts_of(matter)) + len(ledger.acts_of(matter.parent))
    assert all(len(paper["sha256"]) == 64 for paper in attached["documents"])
    assert "卷内备考表" in texts[-1]


def test_the_whole_is_sealed(archived):
    reading = documents.read_seal(pdf=documents.document_pdf(archived, at=AT))
    assert reading.valid
    assert reading.simulated


def test_the_pictures_of_single_seals_stay(archived):
    reader, texts = pages_of(archived)
    last = max(n for n, text in enumerate(texts) if "受送达人（签名或者盖章）" in text)
    assert any(
        name.startswith("/SealFace") for name in reader.pages[last]["/Resources"]["/XObject"]
    )
    assert not reader.pages[last].get("/Annots")


def test_archiving_the_same_twice_is_one_file(archived, matter):
    again = documents.archive(
        dossier=matter,
        facts=sample("F-55"),
        exhibits=[exhibit(), exhibit(title="现场录像", mime="video/mp4", sha256="0" * 64)],
        actor=None,
        at=AT,
    )
    assert again.pk == archived.pk


def test_a_damaged_picture_does_not_stop_the_file(matter):
    stored = files.store(io.BytesIO(b"\xff\xd8\xff\xe0 not a picture" + b"\x00" * 99))
    row = exhibit(sha256=stored.sha256, sm3=stored.sm3)
    made = documents.archive(
        dossier=matter, facts=sample("F-55"), exhibits=[row], actor=None, at=AT
    )
    _, texts = pages_of(documents.finish(document_id=made.pk, at=AT))
    assert any("不能打印" in text for text in texts)
