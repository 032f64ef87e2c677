"""The organ's counsel reads the case masked and advises; the legal review stays with the organ."""

from django.urls import reverse

from tests import cast

QUESTION = "程序有没有漏洞？"


def ask(walk, by=cast.OFFICER):
    url = walk.url() + "beside/new/lawyer_advice/"
    offered = walk.sees(by, url).options("lawyer")
    who = next(value for words, value in offered.items() if words.startswith("章守正"))
    return walk.begins("lawyer_advice", by=by, lawyer=who, lawyer_question=QUESTION)


def test_counsel_advises_before_the_review_and_what_was_made_of_it_is_written(walk_from):
    walk = walk_from(stage="concluded")
    asked = ask(walk)
    walk.todo(cast.LAWYER).says("给出律师意见")
    walk.does("countersign")
    assert any("律师意见" in line for line in walk.cannot("review").errors)
    page = walk.sees(cast.LAWYER, reverse("consult", args=[asked.side.pk]))
    page.says(QUESTION)
    assert walk.case.party_name not in page.words
    asked.does("advise", by=cast.LAWYER, lawyer_advice="告知书应写明听证权利。").says("律师已答复")
    asked.does("settle", lawyer_taken="TAKEN").says("告知书应写明听证权利")
    walk.does("review")
    assert walk.state == "REVIEWED"


def test_a_reviewer_asks_and_counsel_declines(walk_from):
    walk = walk_from(stage="concluded")
    asked = ask(walk, by=cast.LEGAL_REVIEWER)
    asked.does("decline", by=cast.LAWYER).says("律师谢绝")


def test_counsel_cannot_review_nor_another_answer(walk_from):
    walk = walk_from(stage="concluded")
    asked = ask(walk)
    walk.sees(cast.LAWYER, walk.url("review"), status=403)
    walk.sees(cast.EXPERT, reverse("consult", args=[asked.side.pk]), status=404)
    asked.does("withdraw").says("已撤回")
