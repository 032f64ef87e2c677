"""A court is asked only when nothing can be brought against the decision any more."""

from datetime import date, timedelta

import pytest

from tests.journeys.spot_walk import Spot
from zhiheng.cases.sides.exhausted import remedies_of

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
