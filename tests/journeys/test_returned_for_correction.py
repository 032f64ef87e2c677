"""What is sent back reaches the right person with the reason, and is put right."""

from datetime import date

from tests import cast

LI, WU = cast.OFFICER, cast.UNIT_HEAD
WANG, ZHAO = cast.LEGAL_REVIEWER, cast.AGENCY_HEAD


def test_the_head_sends_a_filing_back_and_the_officer_completes_it(walk_from):
    walk = walk_from(date(2026, 3, 2)).opened()
    assert "补充后再报" not in walk.look(LI).further
    walk.does("return_filing", return_reason="没有写明持续时间。")
    walk.todo(LI).says("被退回：补充后再报", "赵局长退回：没有写明持续时间。")
    walk.todo(ZHAO).is_silent_on("批准立案")
    walk.does("amend_proposal")
    walk.todo(LI).says("没有等您办的事")
    walk.todo(ZHAO).says("批准立案").is_silent_on("被退回：")
    walk.does("file").says("调查取证")


def test_the_unit_head_sends_a_report_back(walk_from):
    walk = walk_from(stage="concluded")
    walk.todo(WU).says("办案机构负责人会签")
    page = walk.cannot("return_report", by=WU, return_reason="")
    assert any("退回理由" in line for line in page.errors)
    walk.does("return_report", by=WU, return_reason="照片没有写明拍摄位置。")
    _put_right(walk, "吴队长退回：照片没有写明拍摄位置。")


def test_the_reviewer_sends_a_report_back_and_the_countersign_is_void(walk_from):
    walk = walk_from(stage="concluded")
    walk.does("countersign")
    walk.does("return_report", by=WANG, return_reason="裁量理由没有引用基准。")
    _put_right(walk, "王审核退回：裁量理由没有引用基准。")


def _put_right(walk, told):
    walk.todo(LI).says("被退回", told)
    walk.todo(LI, "?returned=1").says(told)
    walk.todo(WU).says("没有等您办的事")
    walk.todo(WANG).says("没有等您办的事")
    walk.does("conclude", discretion_reason="初次被查，当场停止；引用基准从轻一档。")
    walk.todo(LI).says("没有等您办的事")
    assert any("还没有会签" in line for line in walk.cannot("review").errors)
    walk.does("countersign", "review").says("审核通过待告知")


def test_the_head_sends_a_proposal_back_to_the_unit_head(walk_from):
    walk = walk_from(stage="reviewed")
    walk.does("return_proposal", return_reason="数额偏高，请复核。")
    walk.todo(WU).says("被退回：办案机构负责人会签", "赵局长退回：数额偏高，请复核。")
    walk.todo(ZHAO).says("没有等您办的事")
    walk.does("countersign", "review", "issue_notice").says("告知书已签发待送达")
    walk.todo(WU).says("没有等您办的事")
