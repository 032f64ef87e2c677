"""The party asks that somebody stand aside; the head decides; the investigation does not stop."""

from tests import cast


def ask(walk, name):
    url = walk.url() + "beside/new/recusal/"
    who = next(
        v
        for words, v in walk.sees(cast.OFFICER, url).options("recusal_whom").items()
        if name in words
    )
    return walk.begins("recusal", recusal_whom=who, recusal_reason="是当事人的表弟。")


def test_no_decision_while_the_request_is_open_and_the_investigation_goes_on(walk_from):
    walk = walk_from(stage="filed")
    aside = ask(walk, "周执法")
    walk.does("show_id")
    walk.todo(cast.AGENCY_HEAD).says("决定回避")
    aside.does("refuse", recusal_answer="没有亲属关系，已核对。").says("决定不回避")
    walk.does("record_site")


def test_who_stands_aside_leaves_and_another_comes(walk_from):
    walk = walk_from(stage="collected")
    aside = ask(walk, "周执法")
    aside.does("grant").says("决定回避").says("周执法")
    assert {each.account.username for each in walk.case.handlers.filter(until=None)} == {
        cast.OFFICER
    }
    assert any("不得少于" in line or "人数" in line for line in walk.cannot("conclude").errors)


def test_a_reviewer_who_stands_aside_cannot_review(walk_from):
    walk = walk_from(stage="concluded")
    ask(walk, "王审核").does("grant")
    walk.does("countersign")
    assert any("应当回避" in line for line in walk.cannot("review").errors)
