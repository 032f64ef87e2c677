"""A court is asked only when nothing can be brought against the decision any more."""

from datetime import date, timedelta

import pytest

from tests.journeys.spot_walk import Spot
from zhiheng.cases.sides.exhausted import remedies_of
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments

PERMIT = {"service_mode": "DIRECT"}


def urged(walk, until):
    beside = walk.begins("execution.court", urge_until=until)
    beside.does("serve_urge", **PERMIT)
    return beside


@pytest.mark.law("all-2017:45", "acl-2011:53")
def test_who_was_answered_by_the_reconsideration_organ_has_fifteen_days_for_a_suit(walk_from):
    walk = walk_from(stage="served")
    walk.go_to(date(2026, 4, 13))
    remedy = walk.begins("remedy.reconsideration")
    remedy.does("reply")
    beside = urged(walk, "2026年4月28日")
    walk.go_to(date(2026, 5, 11))
    remedy.does("uphold", upheld_kind="UPHELD")
    last = date(2026, 5, 26)
    walk.go_to(last)
    page = beside.cannot("apply_court")
    assert any("期限还没有都届满" in line for line in page.errors)
    walk.go_to(last + timedelta(days=1))
    beside.does("apply_court").says("等法院受理")
    assert "复议机关没有改变本决定" in remedies_of(walk.case).said
    assert remedies_of(walk.case).end == last, "不再是六个月"


def answered(walk, **typed):
    """The decision of the eleventh of May stands; the party got the answer some day."""
    remedy = walk.begins("remedy.reconsideration")
    remedy.does("reply")
    walk.go_to(date(2026, 5, 11))
    page = remedy.tries("uphold", upheld_kind="UPHELD", **typed)
    return page, remedy


@pytest.mark.law("all-2017:45")
def test_the_period_for_a_suit_outlives_the_reconsideration_and_ends_with_the_suit(walk_from):
    walk = walk_from(stage="served")
    walk.go_to(date(2026, 4, 13))
    page, remedy = answered(walk, reconsidered_on="2026年4月12日")
    assert page.status == 422, "不会早于收到申请书副本的那一天"
    page.says("收到复议申请是2026年4月13日")
    remedy.does("uphold", upheld_kind="UPHELD", reconsidered_on="2026年5月8日")
    clock = walk.clock_of("remedy.after-reconsideration")
    assert (clock.state, clock.started_on, clock.due_on) == (
        "RUNNING", date(2026, 5, 8), date(2026, 5, 23),
    )  # fmt: skip
    assert walk.clock_of("remedy.litigation") is None, "直接起诉的六个月不再适用"
    remedy.look().says("当事人起诉的期限至 2026-05-23")
    assert remedies_of(walk.case).end == clock.due_on
    walk.go_to(date(2026, 5, 20))
    suit = walk.begins("remedy.litigation", prior_reconsideration="DECIDED")
    assert walk.clock_of("remedy.after-reconsideration").state == "MET"
    walk.go_to(date(2026, 6, 1))
    ledger.remind(at=walk.clock_now())
    assert remedies_of(walk.case).running
    assert not remedies_of(walk.case).over(walk.day)
    told = [act.rule_id for act in ledger.acts_of(walk.case.dossier)]
    assert "remedy.after-reconsideration" not in told, "已经起诉，没有什么期满"
    order = payments.fine_order_of(walk.case.pk)
    assert payments.late_days(order, on=walk.day) == payments.late_days(order, on=date(2026, 5, 20))
    suit.does("reply", "win_first", "win")
    assert remedies_of(walk.case).over(date(2026, 6, 2))


@pytest.mark.law("all-2017:45")
def test_what_is_withdrawn_opens_no_period_of_its_own(walk_from):
    walk = walk_from(stage="served")
    remedy = walk.begins("remedy.reconsideration")
    remedy.does("reply")
    remedy.does("uphold", upheld_kind="WITHDRAWN")
    assert walk.clock_of("remedy.after-reconsideration") is None
    assert walk.clock_of("remedy.litigation").state == "RUNNING"


@pytest.mark.law("arl-2023:78", "acl-2011:40")
def test_what_the_reconsideration_organ_annulled_is_not_taken_to_court(walk_from):
    walk = walk_from(stage="served")
    walk.go_to(date(2026, 4, 13))
    beside = urged(walk, "2026年4月28日")
    remedy = walk.begins("remedy.reconsideration")
    remedy.does("reply")
    remedy.does("overturn", overturned_kind="ANNULLED", overturned_for_form="false")
    remedy.does("comply", redo="NONE")
    walk.go_to(date(2026, 10, 20))
    beside.cannot("apply_court")
    assert remedies_of(walk.case).overturned


@pytest.mark.law("arl-2023:23", "acl-2011:53")
def test_what_was_decided_on_the_spot_stands_after_sixty_days_without_reconsideration(db):
    street = Spot(date(2026, 3, 3))
    street.begins_here()
    street.tells(amount="5000")
    street.presses(quick="1")
    street.signs()
    street.go_to(date(2026, 4, 7))
    beside = urged(street, "2026年4月22日")
    last = remedies_of(street.case).end
    assert last == date(2026, 5, 6), "六十日到五月二日，逢假顺延"
    street.go_to(last)
    beside.cannot("apply_court")
    street.go_to(last + timedelta(days=1))
    beside.does("apply_court")
    street.close()
