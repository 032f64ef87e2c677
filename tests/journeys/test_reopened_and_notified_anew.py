from datetime import date

import pytest

from tests import cast
from tests.journeys.papers import made


@pytest.mark.law("apl-2021:44", "apl-2021:45")
def test_new_facts_mean_a_new_notice_and_a_new_window(walk_from):
    walk = walk_from(stage="notified")
    walk.go_to(date(2026, 3, 20))
    page = walk.does("reopen", reopen_ground="NEW_FACTS", reopen_reason="又查到一处排气口。")
    page.says("调查取证")
    walk.todo(cast.OFFICER).says("被退回：调查终结", "赵局长退回：又查到一处排气口。")
    walk.does("add_photo", "verify_evidence")
    walk.does("conclude", fine_proposed="9,500")
    walk.does("countersign", "review")
    walk.does("issue_notice", fine_notified="9,500")
    walk.go_to(date(2026, 3, 23))
    walk.does("serve_notice")
    assert walk.clock_of("penalty.defence-window").due_on == date(2026, 3, 30)
    walk.go_to(date(2026, 3, 30))
    assert any(
        "期限还没有过" in line for line in walk.cannot("decide", fine_decided="9,500").errors
    )
    walk.go_to(date(2026, 3, 31))
    walk.does("decide", fine_decided="9,500")
    notices = [one for one in made(walk) if one.code == "F-32"]
    decision = next(one for one in made(walk) if one.code == "F-39")
    assert len(notices) == 2
    assert decision.facts["notice_number"] == notices[1].number
