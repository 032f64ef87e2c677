"""The party hands its application for reconsideration in to the organ that fined it."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.spot_walk import Spot
from tests.journeys.test_kinds_of_evidence import admitted, device
from zhiheng.cases.sides.exhausted import remedies_of
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments

FINED = date(2026, 3, 3)


@pytest.fixture
def fined(db):
    """Fined in the street on a Tuesday, not yet paid."""
    walk = Spot(FINED)
    walk.begins_here()
    walk.tells(amount="5000")
    walk.presses(quick="1")
    walk.signs()
    yield walk
    walk.close()


def handed_in(walk, **typed):
    return walk.begins("remedy.handed_in", handed_in_how="本人当面交来", **typed)


@pytest.mark.law("arl-2023:32", "arl-2023:88", "arl-2023:48")
def test_what_the_organ_means_to_uphold_is_forwarded_within_five_workdays(fined):
    fined.go_to(date(2026, 3, 6))
    page = fined.begins_not("remedy.handed_in", handed_in_on="2026年3月2日")
    page.says("处罚决定是2026年3月3日")
    beside = handed_in(fined, handed_in_on="2026年3月5日", remedy_request="罚得太重，请求撤销。")
    assert beside.clock_of("remedy.forward").due_on == date(2026, 3, 12), "五个工作日"
    form = fined.sees(cast.AGENCY_HEAD, beside.url("forward"))
    assert form.fields["forward_to"] == ["青衡县人民政府"], "复议机关登记过，不用再填"
    fined.todo(cast.AGENCY_HEAD).says("转送复议机关")
    beside.cannot("correct", applicant_content="true").says("决定还没有变更或者撤销")
    fined.go_to(date(2026, 3, 12))
    beside.does("forward", forward_to="青衡县人民政府").says("等复议机关审查")
    assert beside.clock_of("remedy.forward").state == "MET"
    order = payments.fine_order_of(fined.case.pk)
    assert order.pauses.get().since == date(2026, 3, 5), "从交来那一天起不加处"
    assert remedies_of(fined.case).running
    fined.go_to(date(2026, 3, 18))
    beside.does("accept").says("复议机关已受理")
    remedy = fined.goes_on("remedy.reconsideration")
    form = fined.sees(cast.OFFICER, remedy.url("receive"))
    assert form.fields["remedy_request"] == ["罚得太重，请求撤销。"], "申请书里写过的不用再填"
    assert remedies_of(fined.case).running, "申请书副本还在路上"
    remedy.does("receive", remedy_organ="青衡县人民政府")
    remedy.does("reply")
    remedy.does("uphold", upheld_kind="UPHELD").says("决定未改变")


@pytest.mark.law("arl-2023:32")
def test_what_lay_too_long_is_forwarded_all_the_same_and_told_of(fined):
    fined.go_to(date(2026, 3, 4))
    beside = handed_in(fined)
    fined.go_to(date(2026, 3, 12))
    ledger.remind(at=fined.clock_now())
    assert beside.clock_of("remedy.forward").state == "MISSED"
    fined.sees(cast.AGENCY_HEAD, beside.url()).says("转送复议申请的期限", "已超")
    beside.does("forward").says("等复议机关审查")


def test_the_copy_may_come_before_anybody_entered_the_acceptance(fined):
    beside = handed_in(fined, remedy_request="请求撤销。")
    beside.does("forward", forward_to="青衡县人民政府")
    url = fined.url().rstrip("/") + "/beside/new/remedy.reconsideration/"
    assert fined.sees(cast.OFFICER, url).fields["remedy_organ"] == ["青衡县人民政府"]
    remedy = fined.begins("remedy.reconsideration")
    beside.does("accept")
    assert fined.case.sides.filter(procedure_id="remedy.reconsideration").count() == 1
    remedy.does("reply").says("已答复待决定")


@pytest.mark.law("arl-2023:34")
def test_a_refusal_opens_fifteen_days_for_a_suit(fined):
    fined.go_to(date(2026, 4, 7))
    beside = handed_in(fined)
    beside.does("forward")
    beside.cannot("not_accept", not_accepted_kind="NONE")
    fined.go_to(date(2026, 4, 27))
    beside.does("not_accept", not_accepted_kind="REFUSED", reconsidered_on="2026年4月24日")
    clock = fined.clock_of("remedy.after-reconsideration")
    assert (clock.started_on, clock.due_on) == (date(2026, 4, 24), date(2026, 5, 9))
    found = remedies_of(fined.case)
    assert found.end == date(2026, 5, 9), "比决定书送达后的六十日晚"
    assert "不予受理" in found.said
    suit = fined.begins(
        "remedy.litigation", prior_reconsideration="REFUSED",
        prior_reconsideration_note="青政复不受〔2026〕3号，四月二十四日收到",
    )  # fmt: skip
    assert fined.clock_of("remedy.after-reconsideration").state == "MET"
    assert suit.state == "RECEIVED"


@pytest.mark.law("arl-2023:32", "arl-2023:65")
def test_who_is_content_with_the_revocation_is_not_forwarded(fined):
    fined.go_to(date(2026, 3, 4))
    beside = handed_in(fined)
    mending = fined.begins("revision", revision_kind="REVOKE", rights_affected="true")
    mending.does("review", "decide")
    mending.does("serve", service_mode="DIRECT")
    beside.cannot("correct", applicant_content="true")
    mending.does("finish_revoked")
    fined.todo(cast.AGENCY_HEAD).says("决定已自行改正，不再转送")
    beside.cannot("correct", applicant_content="false").says("申请人没有表示不再要求复议")
    beside.does("correct", applicant_content="true").says("决定已改正")
    assert not remedies_of(fined.case).running


def test_an_application_is_taken_back_before_it_is_forwarded(fined):
    beside = handed_in(fined)
    beside.does("take_back").says("申请人取回")
    assert remedies_of(fined.case).way == "NONE"


@pytest.mark.law("arl-2023:32")
def test_an_ordinary_decision_is_contested_at_the_organ_of_reconsideration(walk_from):
    walk = walk_from(stage="served")
    walk.begins_not("remedy.handed_in").says("请告知当事人直接向复议机关申请")


@pytest.mark.law("arl-2023:32")
def test_a_decision_that_rests_on_a_cameras_record_is_contested_here_too(walk_from):
    walk = walk_from(stage="collected")
    device("QH-SB-91")
    admitted(walk, "QH-SB-91", monitor_basis_level="LAW", monitor_reviewed="true")
    walk.does("tell_monitoring")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", "countersign", "review", "issue_notice", "serve_notice")
    walk.go_to(date(2026, 3, 23))
    walk.does("decide", "serve_decision")
    beside = handed_in(walk)
    beside.does("forward").says("等复议机关审查")
    beside.does("not_accept", not_accepted_kind="REFUSED")
    assert walk.clock_of("remedy.after-reconsideration") is None, "不是先复议的，仍可直接起诉"
    assert remedies_of(walk.case).end == walk.clock_of("remedy.litigation").due_on
