"""A late step is listed for supervisors; the officer explains, the supervisor verifies."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.procedures.api import SupervisionClue

LIST = "/supervision/"
SENTENCE = "当场收缴的罚款没有按期交回机关、缴付银行"


@pytest.fixture
def cash_in_hand(fast_case):
    """A fast case whose fine was taken in cash, to be handed in by 5 March."""
    walk = fast_case
    walk.does("file", "show_id", "check_eligibility", "consent", "add_photo", "verify_evidence")
    walk.does("order_correction", "conclude", "review", "approve", "issue_notice", "serve_notice")
    walk.does("waive_defence", "decide", "serve_decision", "collect_cash")
    return walk


def test_cash_handed_in_in_time_is_listed_nowhere(cash_in_hand):
    walk = cash_in_hand
    walk.does("hand_in_cash", "bank_cash")
    assert "监督线索" not in walk.look().words
    walk.sees(cast.SUPERVISOR, LIST).says("没有这样的线索")


def test_cash_handed_in_late_is_explained_by_the_officer_and_verified(cash_in_hand):
    walk = cash_in_hand
    walk.go_to(date(2026, 3, 6))
    walk.sees(cast.OFFICER, walk.url("hand_in_cash")).says("注意：").says("将列为监督线索")
    walk.sees(cast.SUPERVISOR, LIST).says("没有这样的线索")
    walk.does("hand_in_cash")
    clue = SupervisionClue.objects.get()
    at = reverse("supervision_clue", args=[clue.pk])

    walk.sees(cast.SUPERVISOR, LIST).says(SENTENCE).says("2026-03-05到期，超1天").says(
        walk.case.number
    ).says("《行政处罚法》第七十一条")
    walk.look().says("监督线索").says(SENTENCE).says("待核实")
    assert "监督线索" not in walk.look(cast.SECOND_OFFICER).words
    form = walk.sees(cast.OFFICER, at)
    told = {"text": "银行系统停机一天，次日上午交回。"}
    walk.sends(cast.OFFICER, reverse("supervision_explain", args=[clue.pk]), form, told).says(
        "情况说明已提交"
    )

    form = walk.sees(cast.SUPERVISOR, at)
    form.says("银行系统停机一天").says("李执法")
    found = {"outcome": "DISMISSED", "text": "核对了银行的停机通知，情况属实，没有拖延。"}
    verify = reverse("supervision_verify", args=[clue.pk])
    walk.sends(cast.SUPERVISOR, verify, form, found).says("不构成问题")
    walk.sends(cast.SUPERVISOR, verify, form, found).says("核实结论已记录")
    walk.look().says("不构成问题")
    walk.look(tab="acts").says("核实监督线索").says("说明情况")
    walk.sees(cast.SUPERVISOR, LIST).says("没有这样的线索")


def test_who_acts_after_the_lapse_is_not_listed_for_it_again(cash_in_hand):
    walk = cash_in_hand
    walk.go_to(date(2026, 3, 6))
    walk.does("hand_in_cash", "bank_cash", "confirm_performance")
    assert SupervisionClue.objects.get().step_id == "hand_in_cash"


def test_what_nobody_does_anything_about_stands_among_the_missed_periods(cash_in_hand):
    from zhiheng.ledger import api as ledger

    walk = cash_in_hand
    walk.go_to(date(2026, 3, 9))
    ledger.remind(at=walk._moment())
    page = walk.sees(cast.SUPERVISOR, reverse("supervision_overdue"))
    page.says("当场收缴的罚款交回机关的期限").says("还没有办，已超 4 天").says(walk.case.number)
    assert not SupervisionClue.objects.exists()


def test_what_was_done_in_time_and_entered_late_says_so(cash_in_hand):
    walk = cash_in_hand
    walk.go_to(date(2026, 3, 6))
    walk.does("hand_in_cash", cash_handed_on="2026-03-05")
    page = walk.sees(cast.SUPERVISOR, LIST)
    page.says("“现金交回机关”过了期限才登记").says("所填的日期是2026-03-05，2026-03-06才登记")
    assert SENTENCE not in page.words
