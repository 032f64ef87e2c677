"""Light, admitted, agreed: handled fast (轻微速罚); and back to the ordinary road at any time."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.driver import Walk


@pytest.fixture
def agreed(fast_case):
    """A shop's goods on the pavement; the case is opened to be handled fast."""
    return fast_case


def test_agreed_and_closed_within_a_week(agreed):
    agreed.look().says("行政处罚快速办理").says("立案待批")
    agreed.does("file", "show_id", "check_eligibility")
    agreed.does("consent").says("简化取证")
    agreed.does("add_photo", "verify_evidence", "order_correction", "conclude")
    agreed.cannot("approve").says("应当法制审核")
    agreed.does("review", "approve", "issue_notice", "serve_notice")
    agreed.cannot("decide").says("也没有明确放弃")
    agreed.does("waive_defence", "decide", "serve_decision")
    agreed.go_to(date(2026, 3, 9))
    agreed.does("record_payment", "confirm_performance", "close", "archive")
    assert agreed.state == "ARCHIVED"
    codes = [p.code for p in agreed.papers()]
    assert {"F-03", "F-30", "F-31", "F-32", "F-33", "F-39", "F-43", "F-45", "F-54", "F-55"} <= set(
        codes
    )


def test_consent_withdrawn_after_the_notice_the_evidence_stays(agreed):
    agreed.does("file", "show_id", "check_eligibility", "consent", "add_photo", "verify_evidence")
    agreed.does("conclude", review_due="false")
    agreed.does("approve", "issue_notice", "serve_notice")
    agreed.does("to_ordinary", to_ordinary_ground="CONSENT", to_ordinary_reason="当事人不再同意。")
    assert agreed.state == "FILED"
    agreed.look().says("行政处罚普通程序").says("调查取证")
    assert agreed.fine_facts()["fine_first_notified"] == 30000, "不同意也不会罚得更重"
    assert not agreed.fine_facts().get("notice_served"), "要重新告知"
    assert "现场照片" in agreed.look(tab="evidence").words
    agreed.does("record_site", "conclude")


def test_disputed_facts_are_not_handled_fast(agreed):
    agreed.does("file", "show_id")
    agreed.does("check_eligibility", fast_exclusion="DISPUTED")
    agreed.cannot("consent").says("不适用快速办理")
    agreed.does("to_ordinary", to_ordinary_ground="DISPUTED", to_ordinary_reason="对面积有争议。")
    assert agreed.state == "FILED"


def test_an_item_that_is_not_on_the_list_is_not_offered_fast(db):
    walk = Walk(date(2026, 3, 3))
    walk.report()
    walk.match()
    walk.check()
    form = walk.sees(cast.OFFICER, walk.clue_url("propose_filing"))
    assert "procedure" not in form.asked
    walk.close()


def test_a_clue_may_lead_to_a_penalty_on_the_spot(db):
    walk = Walk(date(2026, 3, 3), party="面馆")
    walk.report(description="有店家往路边倒污水", target="面馆")
    walk.match(item="QH-CG-025")
    walk.check()
    walk.propose(procedure="penalty.summary").says("取证、告知")
    assert walk.state == "FOUND"
    assert walk.clue.dossier.number in str(walk.case.dossier.parent.number)
    walk.close()


def test_what_the_camera_and_the_till_show_is_taken_in_fast_too(agreed):
    agreed.does("file", "show_id", "check_eligibility", "consent")
    agreed.does("draw_plan", "take_statement", "extract_data", "add_recording", "verify_evidence")
    codes = {paper.code for paper in agreed.papers()}
    assert {"F-10", "F-13", "F-16", "F-17"} <= codes
    agreed.does("order_correction", "recheck_correction")
    agreed.does("conclude", review_due="false")
    agreed.does("approve", "issue_notice", "serve_notice", "waive_defence", "decide")
    agreed.does("serve_decision")
    assert [p.code for p in agreed.papers()][-1] == "F-45", "缴款单和决定书一起交给当事人"
