"""Cash that an officer takes goes to the organ and on to the bank (行政处罚法 67–71)."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from tests.journeys.paying import Party, finance, order_of
from zhiheng.documents import api as documents


@pytest.fixture
def agreed(fast_case):
    """A fast case whose decision is served."""
    walk = fast_case
    walk.does("file", "show_id", "check_eligibility", "consent", "add_photo", "verify_evidence")
    walk.does("order_correction", "conclude", "review", "approve", "issue_notice", "serve_notice")
    walk.does("waive_defence", "decide", "serve_decision")
    return walk


def test_cash_is_handed_in_and_banked_before_the_case_is_closed(walk_from):
    walk = walk_from(stage="served")  # Monday, 23 March 2026
    assert "当场收缴罚款" not in walk.todo(cast.OFFICER).says("登记缴款").words, "收现金是例外"
    walk.look().says("去办：登记缴款").says("当场收缴罚款")
    assert "去办：当场收缴罚款" not in walk.look().words
    walk.cannot("hand_in_cash").says("没有当场收缴现金")
    walk.cannot("collect_cash", on_spot_ground="").says("请选择当场收缴情形")
    walk.cannot("collect_cash", on_spot_request="").says("请填写当事人怎么提出的")
    walk.does("collect_cash").says("现金交回机关")
    assert walk.clock_of("payment.cash-hand-in").due_on == date(2026, 3, 25)
    order = order_of(walk)
    assert (order.state, order.payments.get().channel) == ("PAID", "ON_SPOT")
    assert walk.fine_facts()["paid_in_full"] is True
    finance(walk, "cash").says(walk.case.number)
    walk.todo(cast.OFFICER).says("现金交回机关")
    assert "现金缴付银行" not in walk.todo(cast.UNIT_HEAD).words
    walk.does("confirm_performance")
    walk.cannot("close").says("还没有交回机关、缴付银行")

    walk.go_to(date(2026, 3, 25))
    walk.cannot("hand_in_cash", cash_handed_on="2026-03-20").says("不会早于那一天")
    walk.does("hand_in_cash")
    assert walk.clock_of("payment.cash-hand-in").state == "MET"
    assert walk.clock_of("payment.cash-to-bank").due_on == date(2026, 3, 27)
    walk.cannot("close").says("还没有交回机关、缴付银行")
    assert "现金交回机关" not in walk.todo(cast.OFFICER).words
    walk.todo(cast.UNIT_HEAD).says("现金缴付银行")

    walk.go_to(date(2026, 3, 26))
    walk.does("bank_cash")
    assert walk.clock_of("payment.cash-to-bank").state == "MET"
    assert "现金缴付银行" not in walk.todo(cast.UNIT_HEAD).words
    money = order_of(walk).payments.get()
    assert (money.handed_on, money.banked_on) == (date(2026, 3, 25), date(2026, 3, 26))
    finance(walk, "cash").says("没有这样的缴款单")
    walk.does("close", "archive")
    assert walk.state == "ARCHIVED"


def test_cash_handed_in_late_is_told_and_stays_on_record(agreed):
    agreed.does("collect_cash")
    assert agreed.clock_of("payment.cash-hand-in").due_on == date(2026, 3, 5)
    agreed.go_to(date(2026, 3, 6))
    agreed.todo(cast.OFFICER).says("现金交回机关").says("逾期")
    agreed.look().says("当场收缴的罚款交回机关的期限").says("已超 1 天")
    agreed.does("hand_in_cash")
    assert agreed.clock_of("payment.cash-hand-in").state == "MISSED"
    agreed.does("confirm_performance")
    agreed.cannot("close").says("还没有交回机关、缴付银行")
    agreed.does("bank_cash", "close")
    assert agreed.state == "CLOSED"


def test_the_two_days_run_from_the_day_cash_was_taken_or_came_ashore(walk_from):
    walk = walk_from(stage="served")
    walk.go_to(date(2026, 3, 25))
    walk.does("collect_cash", paid_cents="3000", paid_on="2026-03-23")
    assert walk.clock_of("payment.cash-hand-in").due_on == date(2026, 3, 25)
    walk.cannot("collect_cash", paid_cents="5000").says("上一笔现金还没有缴付银行")
    walk.does("hand_in_cash", "bank_cash")
    sum_and_day = {"paid_cents": "5000", "paid_on": "2026-03-24"}
    walk.cannot("collect_cash", **sum_and_day, cash_landed_on="2026-03-23").says("抵岸不会早于")
    walk.does("collect_cash", paid_cents="5000", paid_on="2026-03-23", cash_landed_on="2026-03-24")
    assert walk.clock_of("payment.cash-hand-in").due_on == date(2026, 3, 26)
    assert [walk.fine_facts()[each] for each in ("cash_collected", "paid_in_full")] == [True, True]
    slips = [one for one in walk.papers() if one.code == "F-45"]
    assert [one.facts["state"] for one in slips] == ["DUE", "PARTLY", "PAID"]
    assert documents.render(slips[-1]).startswith(b"%PDF")
    walk.does("confirm_performance")
    walk.cannot("close").says("还没有交回机关、缴付银行")
    walk.does("hand_in_cash", "bank_cash", "close")


def test_cash_is_not_entered_among_payments_of_the_bank(walk_from):
    walk = walk_from(stage="served")
    form = walk.sees(cast.OFFICER, walk.url("record_payment"))
    assert "ON_SPOT" not in form.options("payment_channel").values()
    assert "on_spot_ground" not in form.asked
    page = walk.tries("record_payment", payment_channel="ON_SPOT")
    assert page.status == 422
    assert walk.acts()[-1] == "case.serve_decision"
    Party(walk).pays("3000").says("电子票据")
    walk.does("collect_cash", paid_cents="5000")
    assert order_of(walk).state == "PAID"
    walk.does("confirm_performance")
    walk.cannot("close").says("还没有交回机关、缴付银行")


def test_the_finance_page_leads_to_the_case_that_is_told_of_the_cash(walk_from):
    walk = walk_from(stage="served")
    walk.does("collect_cash")
    order = order_of(walk)
    page = walk.sees(cast.OFFICER, reverse("payment_order", args=[order.code]))
    page.says("在执法人员手中").says("到案件里去办")
    typed = {"payment": order.payments.get().pk, "on": "2026-03-23", "what": "handed"}
    answer = walk.as_(cast.OFFICER).post(reverse("payment_cash", args=[order.code]), typed)
    assert answer.status_code == 422
    assert "请到案件里办" in answer.content.decode()
    assert order.payments.get().handed_on is None
