"""A report changes after it was handed in: before the countersign freely, after review not."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.papers import made


def test_the_officer_takes_a_report_back_before_it_is_countersigned(walk_from):
    walk = walk_from(stage="concluded")
    walk.does("recall_report").says("调查取证")
    walk.todo(cast.UNIT_HEAD).says("没有等您办的事")
    walk.does("conclude", "countersign")
    page = walk.cannot("recall_report")
    assert any("已经会签" in line for line in page.errors)


@pytest.mark.law("apl-2021:58")
def test_a_report_changed_after_review_voids_the_review(walk_from):
    walk = walk_from(stage="reviewed")
    walk.go_to(date(2026, 3, 12))
    walk.does("amend_report", facts_found="另查明：该店上月已被劝告一次。")
    card = walk.look(cast.AGENCY_HEAD).cards["签发事先告知书"]
    assert card.status == "blocked"
    assert "审核后又改过" in card.text
    assert any("第五十八条" in line for line in walk.cannot("issue_notice").errors)
    walk.does("return_proposal", return_reason="报告改过，请重新会签、审核。")
    walk.does("countersign", "review", "issue_notice").says("告知书已签发待送达")
    first, second = [one for one in made(walk) if one.code == "F-31"]
    assert first.facts["report_digest"] != second.facts["report_digest"]
    notice = next(one for one in made(walk) if one.code == "F-32")
    assert "另查明" in notice.facts["facts_found"]
