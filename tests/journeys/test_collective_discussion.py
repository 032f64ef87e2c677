from datetime import date

import pytest

from tests import cast
from tests.journeys.papers import made


@pytest.mark.law("apl-2021:57")
def test_a_complex_case_is_discussed_and_discussed_again_after_a_late_defence(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", complex_case="true")
    walk.does("countersign", "review", "issue_notice", "serve_notice")
    walk.go_to(date(2026, 3, 17))
    page = walk.look(cast.AGENCY_HEAD)
    card = page.cards["作出处罚决定"]
    assert card.status == "blocked"
    assert "第五十七条第二款" in card.text
    assert "集体讨论" in [*page.further, *page.cards]
    walk.does("discuss")
    walk.does("record_defence", "answer_defence")
    assert any("集体讨论" in line for line in walk.cannot("decide").errors), "又有申辩，须重新讨论"
    walk.does("discuss", "decide")
    papers = [one for one in made(walk) if one.code == "F-38"]
    assert len(papers) == 2
    decision = next(one for one in made(walk) if one.code == "F-39")
    assert "集体讨论" in decision.facts["review"]


def discussed(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", complex_case="true")
    walk.does("countersign", "review", "issue_notice", "serve_notice")
    walk.go_to(date(2026, 3, 17))
    return walk


def test_the_record_shows_who_was_there_and_how_each_voted(walk_from):
    walk = discussed(walk_from)
    differs = {
        "discussion_follows": "false",
        "discussion_differs": "少数意见关于主动改正的理由成立。",
    }
    walk.does("discuss", **differs, **{"discussion_votes-1-vote": "不同意"})
    facts = next(one.facts for one in made(walk) if one.code == "F-38")
    assert [(row["name"], row["vote"]) for row in facts["opinions"]] == [
        ("赵局长", "同意"), ("吴队长", "不同意"), ("奚队长", "同意"), ("王审核", "同意"), ("郑听证", "弃权")
    ]  # fmt: skip
    assert facts["result"] == "应到6人，实到5人；同意3票，不同意1票，弃权1票。"
    assert facts["absent"] == "钱副局长：外出开会"
    assert "少数意见" in facts["conclusion"]


@pytest.mark.parametrize(("typed", "says"), [
    ({"discussion_votes-1-vote": ""}, "请选择吴队长的表决"),
    ({"discussion_votes-1-opinion": ""}, "请写明吴队长的意见"),
    ({"discussion_votes-5-opinion": ""}, "请写明钱副局长缺席的原因"),
    ({"discussion_votes-5-name": "李执法"}, "只汇报，不参加表决"),
    ({"discussion_follows": "false"}, "与多数意见不一致"),
])  # fmt: skip
def test_what_is_missing_of_a_discussion_is_said_and_what_was_typed_stays(walk_from, typed, says):
    walk = discussed(walk_from)
    page = walk.cannot("discuss", **typed)
    assert any(says in line for line in page.errors), page.errors
    assert page.fields["discussion_votes-3-opinion"] == ["程序合法，裁量适当"]
    assert page.fields["discussion_votes-5-there"] == ["缺席"]


def test_a_meeting_to_which_too_few_came_decides_nothing(walk_from):
    walk = discussed(walk_from)
    away = {f"discussion_votes-{n}-there": "缺席" for n in (2, 3)}
    walk.does("discuss", **away)
    assert any("集体讨论" in line for line in walk.cannot("decide").errors)
    walk.does("discuss", "decide")
