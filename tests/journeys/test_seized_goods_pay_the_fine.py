"""Nobody contests, nobody pays: what was seized before is auctioned for the fine."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.paying import order_of
from tests.journeys.test_fine_is_enforced import PERMIT
from zhiheng.documents import api as documents

ROAD = ("conclude", "countersign", "review", "issue_notice", "serve_notice")


@pytest.fixture
def urged(walk_from):
    """Goods were seized, the fine is overdue and urged, the time for remedies is over."""
    walk = walk_from(stage="collected")
    seizure = walk.begins("measure.seizure")
    seizure.does("approve", "implement")
    walk.go_to(date(2026, 3, 9))
    walk.does(*ROAD)
    walk.go_to(date(2026, 3, 23))
    walk.does("decide", "serve_decision")
    walk.go_to(date(2026, 4, 13))
    beside = walk.begins("execution.court", urge_until="2026年4月27日")
    beside.does("serve_urge", **PERMIT)
    return walk, beside, seizure


def decided(walk, beside):
    """The head says why, though the period of the seizure is over; it is served."""
    walk.go_to(date(2026, 9, 28))
    page = beside.cannot("decide_auction")
    page.says("还能不能拍卖抵缴，法律没有写明")
    beside.does("decide_auction", reason="法律另行规定了更长的扣押期限。")
    beside.does("serve_auction", **PERMIT)


@pytest.mark.law("acl-2011:46", "acl-2011:48", "acl-2011:49")
def test_the_auction_pays_the_fine_and_what_is_left_over_goes_back(urged):
    walk, beside, seizure = urged
    walk.go_to(date(2026, 4, 28))
    beside.cannot("decide_auction").says("期限没有过的请等届满")
    decided(walk, beside)
    paper = next(each for each in beside.papers() if each.code == "F-47")
    assert documents.render(paper).startswith(b"%PDF")
    walk.go_to(date(2026, 10, 20))
    beside.cannot("auction", auction_proceeds="0").says("流拍、没有成交的")
    beside.does("auction", auction_proceeds="20,000.00", auction_receipt_no="库0100")
    order = order_of(walk)
    assert (order.state, order.paid_cents) == ("PAID", 1600000), "罚款和封顶的加处"
    assert order.refunds.get().cents == 400000, "多出的退给当事人"
    (good,) = seizure.goods()
    assert (good.state, good.proceeds_cents) == ("AUCTIONED", 2000000)
    beside.does("settle").says("当事人已缴清")
    walk.does("confirm_performance")


@pytest.mark.law("acl-2011:41")
def test_what_was_auctioned_for_a_decision_that_falls_is_paid_back(urged):
    walk, beside, _ = urged
    decided(walk, beside)
    beside.does("auction", auction_proceeds="8,000.00", auction_receipt_no="库0100")
    mending = walk.begins("revision", revision_kind="REVOKE", rights_affected="true")
    mending.does("review", "decide")
    mending.does("serve", service_mode="DIRECT")
    mending.does("finish_revoked", refund_done="true")
    restoring = walk.goes_on("execution.restoring")
    restoring.look().says("还没有退的钱 8,000.00 元")


@pytest.mark.law("acl-2011:46")
def test_who_went_for_a_remedy_is_taken_to_court(urged):
    walk, beside, _ = urged
    remedy = walk.begins("remedy.reconsideration")
    remedy.does("reply", "uphold")
    walk.go_to(date(2026, 9, 28))
    beside.cannot("decide_auction").says("请申请法院强制执行")


@pytest.mark.law("acl-2011:46")
def test_nobody_bids_and_the_court_is_asked(urged):
    walk, beside, seizure = urged
    decided(walk, beside)
    walk.todo(cast.OFFICER).says("登记拍卖款抵缴")
    beside.does("drop_auction").says("已催告")
    assert [good.state for good in seizure.goods()] == ["HELD"]
    beside.does("apply_court").says("等法院受理")


def test_nothing_is_auctioned_that_was_not_seized(walk_from):
    walk = walk_from(stage="served")
    walk.go_to(date(2026, 4, 13))
    beside = walk.begins("execution.court", urge_until="2026年4月27日")
    beside.does("serve_urge", **PERMIT)
    walk.go_to(date(2026, 9, 28))
    walk.sees(cast.AGENCY_HEAD, beside.url("decide_auction")).says("本案没有，请申请法院")
