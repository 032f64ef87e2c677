from datetime import date

import pytest

from tests import cast
from tests.journeys.papers import made
from zhiheng.kernel import files


@pytest.mark.law("apl-2021:45")
def test_every_point_of_a_defence_is_answered_before_the_decision(walk_from):
    walk = walk_from(stage="notified")
    walk.go_to(date(2026, 3, 16))
    walk.does(
        "record_defence",
        defence_points="2",
        defence_text="已经装好净化设施。\n经营困难，请求从轻。",
    )
    walk.todo(cast.OFFICER).says("复核陈述申辩")
    walk.go_to(date(2026, 3, 20))
    card = walk.look(cast.AGENCY_HEAD).cards["作出处罚决定"]
    assert card.status == "blocked"
    assert "第四十五条第一款" in card.text
    assert "复核陈述申辩" in card.text
    walk.does("answer_defence", defence_points_answered="1", defence_answers="改正属实。")
    assert any("还有没复核的" in line for line in walk.cannot("decide").errors)
    walk.does(
        "answer_defence",
        defence_points_answered="2",
        defence_answers="改正属实，告知时已考虑。\n经营困难不是法定情形，不予采纳。",
    )
    form = walk.sees(cast.AGENCY_HEAD, walk.url("decide"))
    form.says("已经装好净化设施", "经营困难不是法定情形")
    walk.does("decide")
    facts = {one.code: one.facts for one in made(walk)}
    assert [row["point"] for row in facts["F-33"]["points"]] == [
        "已经装好净化设施。",
        "经营困难，请求从轻。",
    ]
    assert "2点" in facts["F-39"]["defence"]
    assert "不予采纳" in facts["F-39"]["defence_answer"]


@pytest.mark.law("apl-2021:45")
def test_a_party_that_speaks_twice_is_told_both_times_what_became_of_it(walk_from):
    walk = walk_from(stage="notified")
    walk.go_to(date(2026, 3, 16))
    walk.does("record_defence", defence_points="1", defence_text="已经装好净化设施。")
    walk.does("answer_defence", defence_points_answered="1", defence_answers="改正属实，已考虑。")
    walk.does("record_defence", defence_points="1", defence_text="经营困难，请求从轻。")
    walk.does("answer_defence", defence_points_answered="1", defence_answers="没有证据。")
    walk.does("answer_defence", defence_points_answered="1", defence_answers="不是法定情形。")
    walk.go_to(date(2026, 3, 20))
    walk.does("decide")
    decision = {one.code: one.facts for one in made(walk)}["F-39"]
    assert "先后2次" in decision["defence"]
    assert "第一次，已经装好净化设施。第二次，经营困难，请求从轻。" in decision["defence"]
    assert decision["defence_answer"] == (
        "对“已经装好净化设施”的意见：改正属实，已考虑。对“经营困难，请求从轻”的意见：不是法定情形。"
    )


def test_evidence_brought_by_the_party_has_its_digest_in_the_record(walk_from):
    walk = walk_from(stage="filed")
    walk.does("show_id", "add_photo")
    act = next(a for a in walk.case.dossier.acts.all() if a.kind == "case.add_photo")
    (digest,) = act.evidence_digests
    assert files.exists(digest, area="evidence")
    walk.look(tab="evidence").says("现场照片1", "李执法、周执法")
