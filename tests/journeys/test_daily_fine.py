"""按日连续处罚: fined, told to correct, looked at again and nothing done; so many days, one sum."""

from datetime import date

import pytest

from tests.journeys.papers import finished, reader, text_of

pytestmark = pytest.mark.law("eco-code-2026:1060", "safety-2021:112")


@pytest.fixture
def walk(walk_from):
    """A fine of 15,000 yuan with an order to correct of 2 September, served; then a second case."""
    walk = walk_from(date(2026, 9, 1), fine=1_500_000).opened()
    walk.go_to(date(2026, 9, 2))
    walk.does("file", "show_id", "record_site", "add_photo", "verify_evidence", "order_correction")
    walk.does("confirm_address", "conclude", "countersign", "review")
    walk.does("issue_notice", "serve_notice")
    walk.does("waive_defence", hearing_waived="true")
    walk.does("decide", "serve_decision")
    walk.go_to(date(2026, 9, 7))
    walk.opened()
    walk.does("file", "show_id", "record_site", "add_photo", "verify_evidence")
    walk.does("recheck_correction", recheck_result="NOT_DONE")
    walk.go_to(date(2026, 9, 8))
    return walk


def reported(walk, **typed):
    given = {
        "daily_fine": "true",
        "daily_fine_days": "5",
        "fine_proposed": "75,000",
        "tier_code": "NORMAL",
    }
    return {**given, **typed}


def test_the_days_are_counted_up_to_the_re_check_and_the_sum_may_exceed_a_single_fine(walk):
    page = walk.cannot("conclude", **reported(walk, fine_proposed="70,000"))
    assert any("原罚款数额乘以天数" in line for line in page.errors)
    walk.does("conclude", **reported(walk))
    walk.does("countersign", "review")
    page = walk.cannot("issue_notice", fine_notified="90,000", hearing_told="true")
    assert any("原罚款数额乘以天数" in line for line in page.errors)
    page = walk.cannot("issue_notice", fine_notified="75,000", hearing_told="false")
    assert any("听证" in line for line in page.errors)
    walk.does("issue_notice", fine_notified="75,000", hearing_told="true")
    walk.does("serve_notice")
    walk.does("waive_defence", hearing_waived="true")
    page = walk.cannot("decide", fine_decided="70,000", reason="")
    assert any("整日" in line for line in page.errors)
    walk.does("decide", fine_decided="60,000", reason="自9月3日起算，采纳申辩少计一日，计四日。")
    assert walk.state == "DECIDED"
    assert walk.case.fine_cents == 6_000_000
    papers = {one.code: text_of(reader(one)) for one in finished(walk)}
    for code, total, days in (("F-32", "75,000", "5日"), ("F-39", "60,000", "4日")):
        assert total in papers[code]
        assert "原罚款数额15,000" in papers[code]
        assert f"连续处罚{days}" in papers[code]
        assert "第一千零六十条" in papers[code]
