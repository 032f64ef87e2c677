"""Minor, corrected, first time: no penalty, but taught and told."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.papers import made

ZHAO = cast.AGENCY_HEAD


def _reviewed(walk):
    walk.does("conclude", tier_code="NONE", fine_proposed="0", mitigation_ground="NONE")
    walk.does("countersign", "review")


@pytest.mark.law("apl-2021:33", "apl-2021:57")
def test_a_first_and_minor_violation_put_right_is_not_punished(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    _reviewed(walk)
    page = walk.cannot("issue_notice", fine_notified="0", hearing_told="false")
    assert any("不予处罚" in line for line in page.errors)
    page = walk.cannot("decide_no_penalty", first_violation_checked="false")
    assert any("第三十三条" in line and "全平台查询" in line for line in page.errors)
    walk.does("decide_no_penalty").says("已决定待送达")
    walk.go_to(date(2026, 3, 10))
    page = walk.does("serve_decision")
    page.says("申请行政复议的期限").is_silent_on("缴纳罚款的期限")
    assert "登记缴款" not in page.further
    walk.does("confirm_performance", performance_note="违法行为已改正。")
    assert any("教育" in line for line in walk.cannot("close", educated="false").errors)
    walk.does("close", closing_ground="NO_PENALTY")
    walk.does("archive").says("已归档")
    codes = {one.code for one in made(walk)}
    assert "F-40" in codes
    assert not {"F-32", "F-39", "F-45"} & codes


def test_a_minor_violation_corrected_in_time_is_not_punished(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    _reviewed(walk)
    page = walk.cannot(
        "decide_no_penalty", no_penalty_ground="MINOR_CORRECTED", correction_done="false"
    )
    assert any("及时改正" in line for line in page.errors)
    walk.does(
        "decide_no_penalty", no_penalty_ground="MINOR_CORRECTED", first_violation_checked="false"
    )
    decision = next(one for one in made(walk) if one.code == "F-40")
    assert "第三十三条第一款" in decision.facts["ground_basis"][0]


def test_a_ground_must_fit_what_the_register_says(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    _reviewed(walk)
    page = walk.cannot("decide_no_penalty", no_penalty_ground="UNDER_14")
    assert any("年龄" in line for line in page.errors)
