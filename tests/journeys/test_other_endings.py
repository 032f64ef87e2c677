"""Endings that come seldom: refused, dropped, ended half-way, put right again."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.leniency import listed
from tests.journeys.paying import Party, order_of
from tests.journeys.spot_walk import Spot

SEIZURE = "measure.seizure"
CRIME = {"to_ordinary_ground": "CRIME", "to_ordinary_reason": "数额达到追诉标准。"}
PERMIT = {"service_mode": "DIRECT"}


@pytest.fixture
def fast(fast_case):
    """A case that is opened to be handled fast."""
    return fast_case


@pytest.fixture
def late(walk_from):
    """The fine is served and was not paid in time."""
    walk = walk_from(stage="served")
    walk.go_to(date(2026, 4, 13))
    return walk


def urged(walk, kind, **typed):
    beside = walk.begins(kind, urge_until="2026年4月27日", **typed)
    beside.does("serve_urge", **PERMIT)
    return beside


def ordered(walk, what="OTHER"):
    """Execution of its own is decided, for something to be done."""
    beside = urged(
        walk, "execution.own", power_level="LAW", power_basis="《城乡规划法》第六十五条",
        execution_object=what,
    )  # fmt: skip
    walk.go_to(date(2026, 9, 28))
    beside.does("decide", execution_way="清除。")
    beside.does("serve_order", **PERMIT)
    return beside


def test_a_fast_case_is_refused_before_it_begins(fast):
    fast.does("refuse_filing", refusal_ground="NO_JURISDICTION").says("不予立案")
    assert fast.state == "NOT_FILED"
    fast.todo(cast.OFFICER).says("没有等您办的事")


def test_a_fast_case_turns_out_to_be_a_crime(fast):
    fast.does("file", "show_id", "check_eligibility", "consent", "add_photo", "verify_evidence")
    fast.does("to_ordinary", **CRIME).says("普通程序")
    assert fast.state == "FILED"
    fast.does("record_site")
    fast.does("conclude", crime_suspected="true")
    police = fast.begins("transfer.police")
    police.does("approve", transfer_to="青衡县公安局", transfer_package_complete="true")
    police.does("send").says("已送交待公安决定")


def test_what_was_found_on_the_spot_is_a_crime(db):
    walk = Spot(date(2026, 3, 3))
    walk.begins_here()
    walk.tells(amount="5000")
    walk.does("to_ordinary", **CRIME)
    walk.does("file")
    assert (walk.state, walk.case.dossier.procedure_id) == ("FILED", "penalty.ordinary")
    walk.close()


def test_the_party_would_rather_not_serve(walk_from):
    walk = walk_from(stage="collected")
    listed(walk.case.item, "SERVICE", legal_ground="行政处罚法第三十二条")
    beside = walk.begins("community_service", service_hours="4", service_due="2026年3月8日")
    beside.does("decline").says("当事人不愿意")
    assert beside.side.closed_on == walk.day


def test_a_seizure_is_not_needed_any_more(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(SEIZURE, seizure_kind="DETAIN")
    beside.does("approve", "abandon").says("没有实施")
    assert not beside.goods()


def test_a_sample_is_not_tested_after_all(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins("measure.sampling", sample_sealed="true")
    beside.does("drop").says("不再检测")
    assert not [good for good in beside.goods() if good.state == "HELD"]


def test_an_agreement_is_not_agreed_to(late):
    urged(late, "execution.court")
    beside = late.begins(
        "execution.agreement", agreement_schedule="2026-05-13 4000.00\n2026-06-15 5440.00",
        agreement_harmless="true", addition_waived="0",
    )  # fmt: skip
    beside.does("refuse").says("不同意")


def test_the_court_finds_only_a_part(late):
    beside = urged(late, "execution.court")
    late.go_to(date(2026, 9, 28))
    beside.does("apply_court", "accept", "permit")
    beside.does("collect", court_collected="3,000.00", court_receipt_no="库0007")
    beside.cannot("finish")
    beside.does("finish_partly").says("部分执行，法院终结")
    assert order_of(late).state == "OPEN", "没有缴清就是没有缴清"
    late.does("confirm_performance", performance_note="法院已终结执行，余款没有财产可供执行。")
    late.does("close", closing_ground="EXECUTION_ENDED")


def test_paid_after_the_order_to_execute(late):
    beside = ordered(late, "MONEY")
    beside.cannot("settle")
    Party(late).pays()
    beside.does("settle").says("当事人已履行")


def test_execution_of_its_own_is_ended(late):
    beside = ordered(late)
    beside.does("end", ending_ground="ORG_GONE").says("依法终结执行")


def test_what_was_wrongly_executed_is_restored(late):
    beside = ordered(late)
    beside.does(
        "carry_out", implement_on="2026年9月29日", implement_from="09:00", implement_to="16:00"
    )
    beside.does("restore").says("执行有错，已恢复或者退还")


def test_the_party_clears_it_away_before_another_does(late):
    beside = late.begins(
        "execution.substitute", substitute_harm="POLLUTION", substitute_budget="5,000.00"
    )
    beside.does("issue_urge", urge_until="2026年4月27日")
    beside.does("stop").says("当事人已履行，停止代履行")


def test_the_court_sets_the_decision_aside(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins("remedy.litigation", remedy_organ="青衡县人民法院")
    beside.does("reply")
    beside.does("lose_first", overturned_kind="ANNULLED", overturned_for_form="false")
    beside.does("lose", overturned_kind="ANNULLED", overturned_for_form="false")
    page = beside.cannot("comply", redo="SAME")
    assert any("不得以同一" in line for line in page.errors)
    beside.does("comply", redo="NONE").says("裁判已履行")


def test_a_decision_is_looked_at_again_and_stays(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins("revision", revision_kind="REVOKE", rights_affected="true")
    beside.does("review", "refuse").says("不予改变")
    walk.cannot("end_revoked", performance_note="—")
