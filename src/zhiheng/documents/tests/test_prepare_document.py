"""Making and issuing documents: numbers, idempotency, refusal, jobs."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from zhiheng.documents import api as documents
from zhiheng.documents import services
from zhiheng.documents.models import Document
from zhiheng.documents.tests.factories import AT, dossier, sample
from zhiheng.kernel.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db


def make(code, matter, **changes):
    facts = {**sample(code), **changes}
    return documents.prepare_document(dossier=matter, code=code, facts=facts, actor=None, at=AT)


def test_an_issued_document_has_a_number_of_its_series_and_a_code():
    made = make("F-39", dossier())
    assert made.number == "青综执罚决字〔2026〕第000001号"
    assert made.state == Document.State.ISSUED
    assert len(made.check_code) == 16


def test_the_same_facts_again_give_the_same_document_and_use_no_number():
    matter = dossier()
    first, second = make("F-39", matter), make("F-39", matter)
    assert first.pk == second.pk
    other = make("F-39", matter, date="2026-11-22")
    assert other.number == "青综执罚决字〔2026〕第000002号"
    assert other.version == 2


def test_more_facts_than_the_document_shows_do_not_change_it():
    matter = dossier()
    assert make("F-39", matter).pk == make("F-39", matter, mood="sunny").pk


def test_series_count_apart():
    matter = dossier()
    assert make("F-32", matter).number.endswith("第000001号")
    assert make("F-39", matter).number.endswith("第000001号")


def test_internal_forms_carry_no_number():
    assert make("F-03", dossier()).number is None


@pytest.mark.law("apl-2021:59")
def test_a_missing_fact_is_refused_by_name_and_nothing_is_kept():
    facts = sample("F-39")
    facts["party"].pop("address")
    del facts["performance"]
    with pytest.raises(Invalid) as refused:
        documents.prepare_document(dossier=dossier(), code="F-39", facts=facts, actor=None, at=AT)
    assert "当事人地址" in refused.value.message
    assert "履行方式和期限" in refused.value.message
    assert set(refused.value.fields) == {"party.address", "performance"}
    assert not Document.objects.exists()


def test_blank_words_do_not_count_as_filled():
    with pytest.raises(Invalid, match="违法事实"):
        make("F-39", dossier(), facts_found="   ")


def test_a_fact_of_the_wrong_shape_is_refused():
    with pytest.raises(Invalid, match="格式不对：罚款金额"):
        make("F-39", dossier(), fine="8000")


def test_conditional_fields_are_due_only_when_they_apply():
    facts = sample("F-39")
    for name in ("fine", "payment", "late_addition"):
        facts.pop(name)
    assert documents.missing_fields(code="F-39", facts=facts) == []
    facts["fine"] = 800000
    names = [field.name for field in documents.missing_fields(code="F-39", facts=facts)]
    assert names == ["payment.bank", "payment.account", "late_addition"]


def test_an_unknown_document_is_a_sentence():
    with pytest.raises(Invalid, match="没有代码为 F-99"):
        documents.prepare_document(dossier=dossier(), code="F-99", facts={}, actor=None, at=AT)


def test_the_job_is_enqueued_with_the_document():
    made = make("F-39", dossier())
    jobs = ProcrastinateJob.objects.filter(task_name=services.FINISH_TASK)
    assert [job.args for job in jobs] == [{"document_id": made.pk}]


def test_a_draft_has_no_number_until_it_is_issued():
    matter = dossier()
    draft = documents.prepare_document(
        dossier=matter, code="F-39", facts=sample("F-39"), actor=None, at=AT, issue=False
    )
    assert draft.number is None
    assert not ProcrastinateJob.objects.filter(task_name=services.FINISH_TASK).exists()
    issued = make("F-39", matter)
    assert issued.pk == draft.pk
    assert issued.number


def test_personal_facts_are_cipher_text_in_the_row():
    made = make("F-39", dossier())
    made.refresh_from_db()
    assert "91339901MA00000079" not in str(made.facts)
    assert "13800000000" not in str(made.facts)


def test_void_needs_a_reason_and_stays_void():
    matter = dossier()
    made = make("F-39", matter)
    with pytest.raises(Invalid, match="写明原因"):
        documents.void_document(document=made, reason=" ", actor=None, at=AT)
    documents.void_document(document=made, reason="金额写错", actor=None, at=AT)
    with pytest.raises(Conflict, match="已作废"):
        documents.issue_document(document=made, actor=None, at=AT)
    again = make("F-39", matter)
    assert again.pk != made.pk
    assert again.number == "青综执罚决字〔2026〕第000002号"
