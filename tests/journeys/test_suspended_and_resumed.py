from datetime import date

from tests import cast


def test_the_clock_stands_still_while_a_case_is_suspended(walk_from):
    walk = walk_from(stage="collected")
    due = walk.clock_of("penalty.decision").due_on
    assert due == date(2026, 6, 1)
    walk.go_to(date(2026, 3, 10))
    walk.does("suspend").says("中止")
    assert walk.case.due_on is None
    for person in (cast.OFFICER, cast.AGENCY_HEAD):
        card = walk.look(person).cards["调查终结"]
        assert card.status == "blocked"
        assert "案件在中止期间" in card.text
    walk.go_to(date(2026, 3, 19))
    assert any("中止期间" in line for line in walk.cannot("conclude").errors)
    walk.does("resume").is_silent_on("案件在中止期间")
    assert walk.clock_of("penalty.decision").due_on == date(2026, 6, 11), "停了十天，顺延十天"
    assert walk.case.due_on == date(2026, 6, 11)
    walk.does("conclude").says("调查终结待审")


def test_a_case_that_is_not_suspended_cannot_be_resumed(walk_from):
    walk = walk_from(stage="filed")
    assert any("没有中止" in line for line in walk.cannot("resume").errors)


def test_an_unlisted_ground_needs_the_heads_reasons(walk_from):
    walk = walk_from(stage="filed")
    page = walk.cannot("suspend", suspend_ground="OTHER")
    assert any("不在领域规章列举之内" in line for line in page.errors)
    walk.does("suspend", suspend_ground="OTHER", reason="等上级对适用依据的批复，已附函件。")
