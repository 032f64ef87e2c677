"""Punished on the spot, from the phone: each way that it can end."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.journeys.spot_walk import DECORATING, SLOPS, Spot
from zhiheng.cases.models import Case
from zhiheng.documents import api as documents
from zhiheng.payments import api as payments

AUTUMN = date(2026, 9, 8)  # the code of the environment, which knows a warning here, is in force


@pytest.fixture
def street(db):
    walk = Spot(date(2026, 3, 3))
    yield walk
    walk.close()


def test_fined_on_the_spot_and_paid_by_code(street):
    street.begins_here().says("取证、告知")
    street.tells(amount="5000").says("念给当事人听").says("不会因为你申辩而罚得更重")
    street.presses(quick="1").says("交付决定书").says("先向青衡县人民政府申请行政复议")
    page = street.signs()
    order = payments.fine_order_of(street.case.pk)
    page.says("缴款码").says(order.code)
    assert Client().get(reverse("pay", args=[order.code])).status_code == 200
    assert street.state == "SERVED"
    assert [p.code for p in street.papers()] == ["F-08", "F-43", "F-45"]
    assert [kind for kind in street.acts() if kind.startswith("case.")] == [
        "case.found", "case.show_id", "case.add_photo", "case.verify_evidence", "case.tell",
        "case.hear", "case.decide", "case.serve_decision", "case.report",
    ]  # fmt: skip
    proof = documents.services_of(street.case.dossier)[0].proofs
    assert len(proof) == 1
    assert len(proof[0]) == 64, "签名有摘要"
    street.go_to(date(2026, 3, 5))
    street.does("record_payment", paid_cents="50.00", receipt_no="33900001")
    street.presses().says("现场办完了")
    street.does("close", closing_ground="PERFORMED")
    street.does("archive")
    assert street.state == "ARCHIVED"


def test_warned_on_the_spot(street):
    street.go_to(AUTUMN)
    street.begins_here(item=DECORATING)
    street.tells(amount="0", refusal_recorded="on")
    street.presses(
        said="LENIENCE", statement_text="第一次，马上停。", statement_check="采纳，只给警告。"
    )
    street.signs().says("办结")
    street.presses().says("现场办完了")
    assert street.fine_facts()["fine_decided"] == 0
    assert [p.code for p in street.papers()] == ["F-08", "F-43"]


def test_whoever_may_still_put_it_right_is_not_punished_yet(street):
    street.go_to(AUTUMN)
    street.begins_here(item=DECORATING)
    page = street.tells(amount="0")
    assert page.status == 422
    page.says("责令改正后拒不改正")


def test_cash_in_a_remote_place(street):
    street.begins_here(item=SLOPS)
    street.tells(amount="20000")
    cash = {"said": "NO_OBJECTION", "payment_channel": "ON_SPOT"}
    page = street.presses(**cash, spot_collection_ground="SMALL", spot_receipt_no="3390A1")
    assert page.status == 422
    page.says("当场收缴只限")
    page = street.presses(**cash, spot_collection_ground="REMOTE_ASKED")
    page.says("专用票据号")
    street.presses(**cash, spot_collection_ground="REMOTE_ASKED", spot_receipt_no="3390A1")
    street.signs().says("收现金")
    street.presses(receipt_issued="on").says("现场办完了")
    assert payments.fine_order_of(street.case.pk).state == "PAID", "缴款单也知道收了现金"
    street.look(cast.UNIT_HEAD).says("还没有交回机关")
    street.todo(cast.OFFICER).says("现金交回机关")
    street.does("hand_in_cash")
    street.todo(cast.UNIT_HEAD).says("现金缴付银行")
    street.does("bank_cash", by=cast.UNIT_HEAD)
    assert payments.fine_order_of(street.case.pk).payments.get().banked_on is not None
    street.does("close", closing_ground="PERFORMED")


def test_refused_to_sign(street):
    street.begins_here()
    street.tells(amount="5000")
    street.presses(quick="1")
    page = street.presses(refused="1")
    assert page.status == 422
    page.says("请写明拒绝签收的情况")
    page = street.presses()
    assert page.status == 422, "没有签名也不写拒签，交不出去"
    street.presses(refused="1", service_note="看过决定书后拒绝签字，全程录像。").says("缴款码")
    assert street.fine_facts()["delivery_signed"] == "REFUSED"


def test_over_the_limit_goes_to_the_ordinary_procedure(street):
    street.begins_here(item=SLOPS)
    page = street.tells(amount="other", other_amount="300")
    assert page.status == 422
    page.says("超过了当场处罚的限额")
    street.does("to_ordinary", to_ordinary_ground="OVER_LIMIT", to_ordinary_reason="拟罚三百元。")
    assert street.state == "PROPOSED"
    street.look().says("普通程序").says("立案待批")
    street.does("file")
    assert street.state == "FILED"


def test_disputed_facts_go_to_the_ordinary_procedure_with_the_evidence(street):
    street.begins_here()
    street.tells(amount="5000")
    street.presses(said="DISPUTES", statement_text="不是我扔的。").says("不认可违法事实")
    street.does("to_ordinary", to_ordinary_ground="DISPUTED", to_ordinary_reason="当事人否认。")
    street.does("file")
    assert street.fine_facts()["fine_first_notified"] == 5000
    assert street.look(tab="evidence").words.count("现场照片") >= 1


def test_not_punished_on_the_spot(street):
    street.begins_here()
    page = street.cannot(
        "decide_no_penalty", no_penalty_ground="MINOR_CORRECTED", facts_found="扔了一个烟头。"
    )
    assert any("改正" in line for line in page.errors)
    street.does("recheck_correction")
    street.does("assess_leniency", harm_level="NONE", list_conditions_met="false")
    street.does(
        "decide_no_penalty",
        no_penalty_ground="MINOR_CORRECTED",
        facts_found="扔了一个烟头，当场捡起。",
    )
    street.signs().says("办结")
    street.presses().says("现场办完了")
    street.does("educate")
    street.does("close", closing_ground="NO_PENALTY")
    assert [p.code for p in street.papers()] == ["F-27", "F-40", "F-43", "F-53", "F-53"]


def test_the_same_form_sent_twice_is_one_case_and_one_of_each_act(street):
    url = reverse("spot")
    street.wait()
    form = street.sees(cast.OFFICER, url)
    partner = next(v for words, v in form.options("co_handler").items() if "周执法" in words)
    typed = {"item": "QH-CG-024", "co_handler": partner, "party": "路过乙", "party_kind": "CITIZEN",
             "party_address": "渡口街3号", "place": "渡口街口"}  # fmt: skip
    for _ in range(2):
        street.sends_on(url, form, typed)
    assert Case.objects.count() == 1
    street._case = Case.objects.get()
    street.tells(amount="5000")
    lying_open = street.sees(cast.OFFICER, street.here())
    for _ in range(2):
        street.sends_on(street.here(), lying_open, {"quick": "1"})
    assert street.acts().count("case.decide") == 1
    assert len([p for p in street.papers() if p.code == "F-08"]) == 1


def test_two_officers_at_the_same_moment_decide_once(street):
    street.begins_here()
    street.tells(amount="5000")
    mine = street.sees(cast.OFFICER, street.here())
    theirs = street.sees(cast.SECOND_OFFICER, street.here())
    street.sends_on(street.here(), mine, {"quick": "1"})
    page = street.sends_on(street.here(), theirs, {"quick": "1"}, cast.SECOND_OFFICER)
    page.says("已经办过了").says("交付决定书")
    assert street.acts().count("case.decide") == 1


def test_what_was_typed_is_kept_when_something_is_missing(street):
    page = street.begins_here(party_kind="", party="路过丙", place="清波路口")
    assert page.status == 422
    assert page.fields["place"] == ["清波路口"]
    assert page.fields["party"] == ["路过丙"]
    page.says("请选个人、个体户还是单位")


def test_another_agency_sees_nothing(street):
    street.begins_here()
    assert street.as_(cast.OTHER_OFFICER).get(street.here()).status_code == 404
    assert street.as_(cast.AGENCY_HEAD).get(reverse("spot")).status_code == 403


def test_the_list_says_each_state_in_its_own_words(street):
    street.begins_here()
    street.sees(cast.OFFICER, reverse("case_list") + "?state=FOUND").says("当场取证")
    street.todo(cast.OFFICER).says("告知拟作的处罚")


def test_the_same_act_is_not_fined_twice_on_one_day(street):
    for _ in range(2):
        street.begins_here()
        page = street.tells(amount="5000")
        if street.state == "TOLD":
            street.presses(quick="1")
    assert page.status == 422
    page.says("同一个行为不能罚两次")
    street.tells(amount="5000", reason="上午改正后，下午又扔，是另一次。").says("念给当事人听")
