"""A decision made on the spot is contested: reconsideration first, then the court; or revoked."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.spot_walk import Spot
from zhiheng.payments import api as payments


@pytest.fixture
def fined(db):
    """Two hundred yuan and below, handed over in the street, not yet paid."""
    walk = Spot(date(2026, 3, 3))
    walk.begins_here()
    walk.tells(amount="5000")
    walk.presses(quick="1")
    walk.signs()
    assert walk.state == "SERVED"
    yield walk
    walk.close()


def test_a_suit_without_reconsideration_is_held_back(fined):
    page = fined.begins_not("remedy.litigation", prior_reconsideration="NEVER")
    page.says("应当先申请行政复议")
    page = fined.begins_not("remedy.litigation", prior_reconsideration="DECIDED")
    page.says("请把复议结果登记在“行政复议”里")


def test_the_suit_follows_once_reconsideration_has_upheld_it(fined):
    beside = fined.begins("remedy.reconsideration", remedy_organ="青衡县人民政府")
    beside.does("reply")
    beside.does("uphold", upheld_kind="UPHELD").says("决定未改变")
    suit = fined.begins("remedy.litigation", prior_reconsideration="DECIDED")
    suit.does("reply", "lose_first").says("一审改变决定")


def test_an_application_taken_back_does_not_open_the_way_to_court(fined):
    beside = fined.begins("remedy.reconsideration")
    beside.does("reply")
    beside.does("uphold", upheld_kind="WITHDRAWN")
    fined.begins_not("remedy.litigation", prior_reconsideration="DECIDED").says(
        "应当先申请行政复议"
    )


def test_refused_or_unanswered_reconsideration_opens_it_with_the_proof_named(fined):
    page = fined.begins_not("remedy.litigation", prior_reconsideration="REFUSED")
    page.says("文号和收到日期")
    suit = fined.begins(
        "remedy.litigation", prior_reconsideration="REFUSED",
        prior_reconsideration_note="青政复不受〔2026〕3号，三月九日收到",
    )  # fmt: skip
    suit.look().says("青政复不受")


def test_a_reconsideration_that_runs_without_an_answer_opens_it_too(fined):
    fined.begins("remedy.reconsideration")
    fined.begins_not("remedy.litigation", prior_reconsideration="NEVER").says("复议期间不得起诉")
    suit = fined.begins(
        "remedy.litigation", prior_reconsideration="UNANSWERED",
        prior_reconsideration_note="三月三日受理，五月四日届满",
    )  # fmt: skip
    assert suit.state == "RECEIVED"


def test_what_is_revoked_is_not_executed_and_the_case_closes(fined):
    fined.cannot("end_revoked").says("决定没有被撤销")
    beside = fined.begins("revision", revision_kind="REVOKE", rights_affected="true")
    beside.does("review", "decide")
    assert [p.code for p in beside.papers()] == ["F-41"]
    beside.does("serve", service_mode="DIRECT")
    assert payments.fine_order_of(fined.case.pk) is not None
    beside.does("finish_revoked").says("已撤销")
    assert payments.fine_order_of(fined.case.pk) is None, "撤销了的不再缴"
    fined.todo(cast.UNIT_HEAD).says("终结执行")
    fined.does("end_revoked").says("已履行")
    fined.does("close", closing_ground="EXECUTION_ENDED")
    assert fined.state == "CLOSED"


def test_enforced_like_any_other_fine(fined):
    fined.go_to(date(2026, 4, 20))
    beside = fined.begins(
        "execution.own", power_level="LAW", execution_object="MONEY", urge_until="2026年5月8日"
    )
    assert beside.state == "URGE_ISSUED"
    assert "当罚字" in beside.papers()[0].facts["decision_number"], "据以执行的是当场处罚决定书"
