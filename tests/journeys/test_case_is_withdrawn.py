from datetime import date

from tests import cast


def test_a_case_without_violation_is_withdrawn_by_the_head(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    page = walk.cannot("withdraw", withdraw_ground="NONE")
    assert any("撤销立案情形" in line for line in page.errors)
    page = walk.does("withdraw", withdraw_reason="检测合格，油烟没有超标。")
    page.says("已撤销立案")
    assert not page.cards
    assert not page.all("div", "clock")
    assert walk.case.dossier.closed_at
    walk.todo(cast.OFFICER).says("没有等您办的事")
    answer = walk.tries("show_id")
    assert answer.status == 422
    assert any("赵局长刚刚办理了“撤销立案”" in line for line in answer.errors)
