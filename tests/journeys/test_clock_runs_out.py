"""The ninety days: reminders before, a mark after, and a decision only with the head's reasons."""

from datetime import date

import pytest

from tests import cast
from zhiheng.kernel import clock
from zhiheng.ledger import api as ledger

LI, ZHAO = cast.OFFICER, cast.AGENCY_HEAD


def _worker_comes_round():
    """What the worker's task does every ten minutes."""
    ledger.remind(at=clock.now())


@pytest.mark.law("apl-2021:60")
def test_the_officer_is_reminded_and_a_late_decision_needs_reasons(walk_from):
    walk = walk_from(stage="collected")
    assert walk.clock_of("penalty.decision").due_on == date(2026, 6, 1)
    _worker_comes_round()
    walk.todo(LI).is_silent_on("到期")
    walk.go_to(date(2026, 5, 29))
    _worker_comes_round()
    walk.todo(LI).says("作出处罚决定的期限", "将于2026年6月1日到期")
    walk.todo(cast.SECOND_OFFICER).is_silent_on("将于2026年6月1日到期")
    walk.go_to(date(2026, 6, 2))
    _worker_comes_round()
    walk.todo(LI).says("尚未完成。请立即办理")
    assert walk.clock_of("penalty.decision").state == "MISSED"
    assert walk.acts()[-1] == "deadline.missed"
    walk.does("conclude", "countersign", "review", "issue_notice", "serve_notice", "waive_defence")
    card = walk.look(ZHAO).cards["作出处罚决定"]
    assert card.status == "warned"
    assert "第六十条" in card.text
    assert any("已过办案期限" in line for line in walk.cannot("decide").errors)
    walk.does("decide", reason="关联案件复核，延误七日。").says("已决定待送达")


@pytest.mark.law("apl-2021:45")
def test_a_window_that_ends_is_no_delay_and_calls_the_head(walk_from):
    walk = walk_from(stage="notified")
    walk.go_to(date(2026, 3, 20))
    _worker_comes_round()
    assert "deadline.missed" not in walk.acts()
    walk.todo(LI).is_silent_on("逾期")


def test_an_extension_before_the_end_moves_no_warning(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 5, 28))
    due = walk.clock_of("penalty.decision").due_on
    assert any(
        "超过本领域规章" in line for line in walk.cannot("extend", extension_days="61").errors
    )
    walk.does("extend", extension_days="30")
    assert (walk.clock_of("penalty.decision").due_on - due).days == 30
    assert walk.case.due_on == walk.clock_of("penalty.decision").due_on
    walk.go_to(date(2026, 6, 2))
    walk.does("conclude", "countersign", "review", "issue_notice", "serve_notice", "waive_defence")
    assert walk.look(ZHAO).cards["作出处罚决定"].status == "offered"
