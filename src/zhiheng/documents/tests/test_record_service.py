"""Service: every way with its conditions, its day, its receipt."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from zhiheng.documents import api as documents
from zhiheng.documents.models import Document, Service
from zhiheng.documents.tests.factories import AT, dossier, sample
from zhiheng.kernel.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db
OFFICERS = [{"name": "李执法", "certificate_no": "339901-0001"}]
DIRECT = documents.Delivery(
    mode="DIRECT", receiver="青衡县渝香楼餐饮有限公司", place="老街路17号", sent_at=AT,
    served_on=date(2026, 11, 21), signed_by="陈当事", relation="法定代表人", officers=OFFICERS,
)  # fmt: skip


@pytest.fixture
def decision():
    return documents.prepare_document(
        dossier=dossier(), code="F-39", facts=sample("F-39"), actor=None, at=AT
    )


def serve(document, how, at=AT):
    return documents.record_service(document=document, how=how, actor=None, at=at)


@pytest.mark.law("cpl-2023:87", "cpl-2023:88")
def test_direct_service_makes_its_receipt(decision):
    service = serve(decision, DIRECT)
    assert service.state == Service.State.SERVED
    assert service.served_on == date(2026, 11, 21)
    assert service.receipt.code == "F-43"
    assert service.receipt.facts["document_number"] == decision.number


def test_only_those_named_by_law_may_sign(decision):
    with pytest.raises(Invalid, match="同住成年家属"):
        serve(decision, replace(DIRECT, relation="邻居"))


@pytest.mark.law("cpl-2023:89")
def test_leaving_needs_a_refusal_and_a_witness_or_a_film(decision):
    left = replace(DIRECT, mode="LEFT", signed_by="", relation="")
    with pytest.raises(Invalid) as refused:
        serve(decision, left)
    assert "拒收的事由" in refused.value.message
    assert "见证人签名" in refused.value.message
    filmed = replace(left, refusal="当事人看后拒绝签收", proofs=["a" * 64])
    assert serve(decision, filmed).state == Service.State.SERVED


@pytest.mark.law("apl-2021:61", "cpl-2023:90")
def test_electronic_service_needs_a_signed_confirmation(decision):
    mail = replace(DIRECT, mode="ELECTRONIC", place="party@example.cn", proofs=["b" * 64])
    with pytest.raises(Invalid, match="确认书"):
        serve(decision, mail)
    documents.prepare_document(
        dossier=decision.dossier, code="F-42", facts=sample("F-42"), actor=None, at=AT
    )
    assert serve(decision, mail).state == Service.State.SERVED


@pytest.mark.law("cpl-2023:95")
def test_an_announcement_needs_failed_attempts_and_takes_thirty_days(decision):
    notice = replace(
        DIRECT, mode="ANNOUNCEMENT", served_on=None, signed_by="", place="县政府网站",
        published_on=date(2026, 11, 21), published_at="县政府网站", proofs=["c" * 64],
    )  # fmt: skip
    with pytest.raises(Invalid, match="公告送达前"):
        serve(decision, notice)
    serve(decision, replace(DIRECT, failure="店铺关门"))
    with pytest.raises(Invalid, match="公告送达前"):
        serve(decision, notice)
    serve(decision, replace(DIRECT, mode="POST", failure="退回，查无此人"))
    service = serve(decision, notice)
    assert service.state == Service.State.SENT
    assert service.served_on == date(2026, 12, 21)
    assert documents.complete_announcements(at=AT + timedelta(days=29)) == 0
    assert documents.complete_announcements(at=AT + timedelta(days=30)) == 1
    service.refresh_from_db()
    assert service.state == Service.State.SERVED
    assert [row["result"] for row in service.receipt.facts["attempts"]] == [
        "店铺关门",
        "退回，查无此人",
    ]


def test_whereabouts_unknown_with_proof_allow_an_announcement(decision):
    notice = replace(
        DIRECT, mode="ANNOUNCEMENT", served_on=None, signed_by="", published_on=date(2026, 11, 21),
        published_at="县政府网站", proofs=["c" * 64], unknown_whereabouts="派出所证明",
    )  # fmt: skip
    assert serve(decision, notice).state == Service.State.SENT


def test_a_failed_attempt_is_kept_without_a_receipt(decision):
    service = serve(decision, replace(DIRECT, failure="店铺关门"))
    assert service.state == Service.State.FAILED
    assert service.served_on is None
    assert service.receipt is None


def test_post_follows_a_failed_direct_attempt_or_a_confirmed_address(decision):
    post = replace(DIRECT, mode="POST", proofs=["d" * 64])
    with pytest.raises(Invalid, match="直接送达有何困难"):
        serve(decision, post)
    serve(decision, replace(DIRECT, failure="店铺关门"))
    assert serve(decision, post).state == Service.State.SERVED


def test_a_day_before_sending_is_refused(decision):
    with pytest.raises(Invalid, match="早于送出日期"):
        serve(decision, replace(DIRECT, served_on=date(2026, 11, 1)))


def test_drafts_and_void_documents_cannot_be_served():
    draft = documents.prepare_document(
        dossier=dossier(), code="F-39", facts=sample("F-39"), actor=None, at=AT, issue=False
    )
    with pytest.raises(Conflict, match="已签发"):
        serve(draft, DIRECT)
    assert Document.objects.filter(code="F-43").count() == 0
