"""The unit head asks another unit's head to countersign; the review waits for the answer."""

from tests import cast


def ask(walk):
    url = walk.url() + "beside/new/cosign/"
    offered = walk.sees(cast.UNIT_HEAD, url).options("cosign_who")
    assert not any("吴队长" in words for words in offered), "本机构的负责人不给自己加签"
    who = next(value for words, value in offered.items() if "奚队长" in words)
    return walk.begins("cosign", cosign_who=who, cosign_question="涉及城西片区的部分")


def test_the_other_head_signs_and_the_review_goes_on(walk_from):
    walk = walk_from(stage="concluded")
    walk.does("countersign")
    asked = ask(walk)
    assert any("加签" in line for line in walk.cannot("review").errors)
    walk.todo(cast.OTHER_UNIT_HEAD).says("会签同意")
    walk.as_(cast.UNIT_HEAD).post(asked.url("sign"), {"cosign_opinion": "我替他签", "key": "k"})
    assert asked.state == "ASKED", "只有被请的人能签"
    asked.does("sign", by=cast.OTHER_UNIT_HEAD).says("已会签同意")
    walk.does("review")


def test_another_opinion_is_dealt_with_before_the_review(walk_from):
    walk = walk_from(stage="concluded")
    walk.does("countersign")
    asked = ask(walk)
    asked.does("object", by=cast.OTHER_UNIT_HEAD, cosign_objection="档次应当从轻。")
    assert any("加签" in line for line in walk.cannot("review").errors)
    asked.does("settle", cosign_settled="已经从轻。").says("档次应当从轻").says("已经从轻")
    walk.does("review")


def test_the_question_is_taken_back(walk_from):
    walk = walk_from(stage="concluded")
    ask(walk).does("withdraw").says("已撤回")
