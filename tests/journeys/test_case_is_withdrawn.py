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
    walk.is_not_let_in(cast.OFFICER, "show_id", "赵局长刚刚办理了“撤销立案”")


def test_whoever_still_has_a_form_open_is_told_what_happened_and_keeps_what_was_typed(walk_from):
    walk = walk_from(stage="collected")
    form = walk.sees(cast.OFFICER, walk.url("conclude"))
    walk.does("withdraw")
    page = walk.sends(cast.OFFICER, walk.url("conclude"), form, walk.usual("conclude"))
    assert page.status == 422
    assert any("赵局长刚刚办理了“撤销立案”" in line for line in page.errors)
    assert "互相印证" in page.fields["facts_found"][0]
