"""Minor, corrected, first time: no penalty, on what the record shows; taught and told."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.leniency import listed
from tests.journeys.papers import made

ZHAO = cast.AGENCY_HEAD


def _reviewed(walk):
    walk.does("conclude", tier_code="NONE", fine_proposed="0", mitigation_ground="NONE")
    walk.does("countersign", "review")


def _let_off(walk):
    """From the order to correct to a closed file."""
    _reviewed(walk)
    walk.does("recheck_correction", "assess_leniency", "educate", "decide_no_penalty")
    walk.does("serve_decision")
    walk.does("confirm_performance", performance_note="违法行为已改正。")
    walk.does("close", closing_ground="NO_PENALTY")


@pytest.mark.law("apl-2021:33", "apl-2021:57")
def test_a_first_and_minor_violation_put_right_is_not_punished(walk_from):
    walk = walk_from(stage="collected")
    listed(walk.case.item, "FIRST")
    walk.go_to(date(2026, 3, 9))
    _reviewed(walk)
    page = walk.cannot("issue_notice", fine_notified="0", hearing_told="false")
    assert any("不予处罚" in line for line in page.errors)
    walk.does("recheck_correction")
    page = walk.cannot("decide_no_penalty")
    assert any("第三十三条" in line and "全平台查询" in line for line in page.errors)
    walk.sees(cast.OFFICER, walk.url("assess_leniency")).says("没有查到同一当事人")
    walk.does("assess_leniency")
    shot = walk.fine_facts()["_first_snapshot"]
    assert (shot["entry"], shot["found"], shot["since"]) == ("QH-RX-FIRST", 0, "2024-03-09")
    walk.sees(ZHAO, walk.url("decide_no_penalty")).says("与现在一致").says(shot["digest"][:12])
    walk.does("decide_no_penalty").says("已决定待送达")
    walk.go_to(date(2026, 3, 10))
    page = walk.does("serve_decision")
    page.says("申请行政复议的期限").is_silent_on("缴纳罚款的期限")
    assert "登记缴款" not in page.further
    walk.does("confirm_performance", performance_note="违法行为已改正。")
    assert any("教育" in line for line in walk.cannot("close").errors)
    walk.does("educate")
    walk.does("close", closing_ground="NO_PENALTY")
    walk.does("archive").says("已归档")
    codes = {one.code for one in made(walk)}
    assert "F-40" in codes
    assert not {"F-32", "F-39", "F-45"} & codes


@pytest.mark.law("apl-2021:33")
def test_the_second_time_within_the_look_back_is_no_first_offence(walk_from):
    walk = walk_from(stage="collected")
    listed(walk.case.item, "FIRST")
    walk.go_to(date(2026, 3, 9))
    _let_off(walk)
    first = walk.case.number
    walk.go_to(date(2026, 6, 1))
    walk.opened().does("file")
    walk.does("show_id", "record_site", "record_interview", "add_photo")
    walk.does("verify_evidence", "order_correction")
    _reviewed(walk)
    walk.does("recheck_correction", "assess_leniency")
    walk.sees(ZHAO, walk.url("decide_no_penalty")).says("查到 1 件").says(first)
    page = walk.cannot("decide_no_penalty")
    assert any("查无前例" in line for line in page.errors)


def test_an_item_that_is_not_on_the_list_gives_no_first_offence(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    _reviewed(walk)
    walk.does("recheck_correction", "assess_leniency")
    assert any("现行清单" in line for line in walk.cannot("decide_no_penalty").errors)


def test_a_minor_violation_corrected_in_time_is_not_punished(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    _reviewed(walk)
    walk.does("assess_leniency", harm_level="NONE", list_conditions_met="false")
    page = walk.cannot("recheck_correction", recheck_result="NONE")
    assert any("复查结论" in line for line in page.errors)
    page = walk.cannot("recheck_correction", recheck_basis="PHOTO")
    assert any("责令改正之后" in line for line in page.errors)
    walk.does("recheck_correction", recheck_result="PARTLY")
    page = walk.cannot("decide_no_penalty", no_penalty_ground="MINOR_CORRECTED")
    assert any("及时改正" in line for line in page.errors)
    walk.does("recheck_correction")
    walk.does("decide_no_penalty", no_penalty_ground="MINOR_CORRECTED")
    decision = next(one for one in made(walk) if one.code == "F-40")
    assert "第三十三条第一款" in decision.facts["ground_basis"][0]


def test_a_picture_taken_after_the_order_shows_that_it_was_corrected(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    walk.does("add_photo")
    walk.cannot("recheck_correction", recheck_basis="PHOTO")
    walk.does("verify_evidence")
    walk.does("recheck_correction", recheck_basis="PHOTO")
    assert walk.fine_facts()["correction_done"] is True
    walk.does("order_correction")
    assert "correction_done" not in walk.fine_facts()


def test_a_ground_must_fit_what_the_register_says(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    _reviewed(walk)
    page = walk.cannot("decide_no_penalty", no_penalty_ground="UNDER_14")
    assert any("年龄" in line for line in page.errors)
