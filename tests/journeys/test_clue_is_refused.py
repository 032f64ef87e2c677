from datetime import date

from tests import cast


def test_a_clue_without_evidence_is_refused_by_the_head_with_reasons(walk_from):
    walk = walk_from(date(2026, 3, 2))
    walk.report().says("已登记，线索编号", "楼下饭店排出的油烟", "热心群众")
    walk.match().says("已匹配待核查", "等执法人员办理")
    walk.check(initial_evidence="false", check_suggestion="REFUSE").says("已核查待处理")
    card = walk.sees(cast.OFFICER, walk.clue_url()).cards["提请立案"]
    assert card.status == "blocked"
    assert "还没有初步证据" in card.text
    assert "行政处罚法（2021年修订）" in card.text or "第五十四条" in card.text
    page = walk.clue_does(
        "refuse",
        cast.AGENCY_HEAD,
        clue_refusal_ground="NOT_ESTABLISHED",
        clue_refusal_reason="复查三次没有发现反映的情况。",
    )
    page.says("不予立案")
    assert not page.cards
    walk.todo(cast.OFFICER).says("没有等您办的事")
