from datetime import date

import pytest

from tests import cast

LI, FENG, ZHAO = cast.OFFICER, cast.INTAKE_CLERK, cast.AGENCY_HEAD


@pytest.mark.law("apl-2021:22", "apl-2021:25")
def test_a_clue_of_another_agency_is_referred(walk_from):
    walk = walk_from(date(2026, 3, 2))
    walk.report()
    walk.match()
    walk.check(in_jurisdiction="false", check_suggestion="REFER")
    assert "不归本机关管" in walk.sees(LI, walk.clue_url()).cards["提请立案"].text
    page = walk.clue_does(
        "refer", ZHAO, refer_to="青衡县市场监督管理局", refer_reason="属食品安全监督管理职责。"
    )
    page.says("已移送其他机关")
    for person in (LI, FENG, ZHAO):
        walk.todo(person).says("没有等您办的事")


def test_a_clue_that_could_be_filed_is_not_refused_silently(walk_from):
    walk = walk_from(date(2026, 3, 2))
    walk.report()
    walk.match()
    walk.check()
    reasons = {"clue_refusal_ground": "OTHER", "clue_refusal_reason": "店家已停业。"}
    page = walk.fills(ZHAO, walk.clue_url("refuse"), reasons)
    assert page.status == 422
    assert any("有案不立" in line and "第五十四条" in line for line in page.errors)
    walk.fills(ZHAO, walk.clue_url("refuse"), {**reasons, "reason": "店家已拆除设施并停业。"}).says(
        "不予立案"
    )


def test_a_clue_goes_back_to_the_desk_and_to_the_officer_with_reasons(walk_from):
    walk = walk_from(date(2026, 3, 2))
    walk.report()
    walk.match(item="QH-CG-018")
    walk.clue_does("return_clue", LI, clue_return_reason="是油烟，不是占道。")
    walk.todo(FENG).says("被退回：匹配事项", "李执法退回：是油烟，不是占道。")
    walk.todo(LI).is_silent_on("核查线索")
    walk.match()
    walk.todo(FENG).is_silent_on("被退回：")
    walk.check()
    walk.clue_does("recheck", ZHAO, clue_return_reason="没有写明排气口位置。")
    walk.todo(LI).says("被退回：核查线索", "赵局长退回：没有写明排气口位置。")
    walk.check(check_findings="排气口在居民窗下两米。")
    walk.todo(LI).is_silent_on("被退回：")
    walk.propose().says("立案待批")
