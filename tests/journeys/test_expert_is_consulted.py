"""An expert is asked, sees the case without names, and answers; the organ says what it makes of it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.cases.models import Asked
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Expert
from zhiheng.evidence import api as evidence

PHONE, NUMBER = "13912345678", "110105194912310024"


def ask(walk, question="裁量基准没有写的情形怎样选档？", **typed):
    url = walk.url() + "beside/new/consultation/"
    offered = walk.sees(cast.OFFICER, url).options("consult_expert")
    who = next(value for words, value in offered.items() if words.startswith("卫专家"))
    return walk.begins("consultation", consult_expert=who, consult_question=question, **typed)


def test_an_opinion_is_given_and_adopted(walk_from):
    walk = walk_from(stage="filed")
    asked = ask(walk)
    walk.todo(cast.EXPERT).says("给出意见").says("专家咨询")
    asked.does("answer", consult_opinion="可以选从轻档。").says("专家已答复")
    walk.todo(cast.OFFICER).says("写采纳说明")
    page = asked.does("adopt", consult_adopted="PART", consult_reason="从轻的理由成立。")
    page.says("可以选从轻档").says("部分采纳")
    walk.sees(cast.EXPERT, reverse("consult", args=[asked.side.pk])).says("部分采纳")


def test_an_expert_declines_and_another_question_is_put(walk_from):
    walk = walk_from(stage="filed")
    ask(walk).does("decline").says("专家谢绝")
    ask(walk).does("answer")
    assert walk.case.sides.count() == 2


def test_a_question_is_taken_back(walk_from):
    walk = walk_from(stage="filed")
    asked = ask(walk)
    asked.does("withdraw").says("已撤回")
    assert "给出意见" not in walk.todo(cast.EXPERT).words


def test_the_expert_reads_no_name_number_address_or_phone(walk_from):
    walk = walk_from(stage="concluded")
    case = walk.case
    person = case.subject.legal_representative or case.party_name
    asked = ask(walk, f"{case.party_name}的{person}（{NUMBER}，{PHONE}，{case.place}）该怎样处理？")
    page = walk.sees(cast.EXPERT, reverse("consult", args=[asked.side.pk]))
    page.says("案情").says("当事人").says("现场照片")
    listing = walk.sees(cast.EXPERT, reverse("consult_list"))
    form = walk.sees(cast.EXPERT, asked.url("answer"))
    for hidden in (case.party_name, person, NUMBER, PHONE, case.place, "李执法", "周执法"):
        for seen in (page, listing, form, walk.todo(cast.EXPERT)):
            assert hidden not in seen.words, f"{hidden} 没有隐去"
    walk.sees(cast.EXPERT, walk.url(), status=403)


def test_the_expert_sees_small_pictures_of_that_case_and_nothing_else(walk_from):
    walk = walk_from(stage="concluded")
    asked = ask(walk)
    piece = evidence.evidence_of(walk.case.dossier).first()
    thumb = reverse("consult_thumb", args=[asked.side.pk, piece.pk])
    assert walk.as_(cast.EXPERT).get(thumb)["Content-Type"] == "image/jpeg"
    assert walk.as_(cast.EXPERT).get(reverse("evidence_thumb", args=[piece.pk])).status_code == 403
    Asked.objects.update(account=cast.account(cast.SUPERVISOR))
    assert walk.as_(cast.EXPERT).get(thumb).status_code == 404


def appointed(**more):
    """Another expert of the register with 卫专家's account."""
    row = Expert(uid=uuid4(), code="QH-ZX-90", name="严回避", kind="LEGAL", organisation="衡州律所",
                 domains=["urban"], account=cast.account(cast.EXPERT), **{**header(), **more})  # fmt: skip
    store([row])
    return "严回避（衡州律所，QH-ZX-90）"


@pytest.mark.parametrize("why", ["应当回避", "没有平台账号", "没有这位专家"])
def test_who_has_to_stand_aside_or_is_no_expert_today_is_not_asked(walk_from, why):
    walk = walk_from(stage="filed")
    who = "花解语（衡州大学法学院，QH-ZX-12）"
    if why == "应当回避":
        who = appointed(recusal_ties=[f"是{walk.case.party_name}的顾问"])
    elif why == "没有这位专家":
        who = appointed(valid_until=walk.day)
    page = walk.begins_not("consultation", consult_expert=who, consult_question="怎样选档？")
    assert page.errors
    assert "怎样选档？" in page.fields["consult_question"][0]


def test_a_decision_before_the_answer_needs_reasons(walk_from):
    walk = walk_from(stage="notified")
    ask(walk)
    walk.does("waive_defence")
    assert any("请教专家" in line for line in walk.cannot("decide").errors)
    walk.does("decide", reason="问题已由鉴定意见解决。")
    assert walk.state == "DECIDED"
