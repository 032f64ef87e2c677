from datetime import date

import pytest

from tests import cast


@pytest.mark.law("apl-2021:45")
def test_a_fine_does_not_grow_because_the_party_defended_itself(walk_from):
    walk = walk_from(stage="notified")
    walk.go_to(date(2026, 3, 13))
    walk.does("record_defence", "answer_defence")
    walk.go_to(date(2026, 3, 23))
    page = walk.cannot("decide", fine_decided="9,500")
    assert any("第四十五条第二款" in line and "决定比告知的重" in line for line in page.errors)
    assert page.fields["fine_decided"] == ["9,500"]
    assert walk.state == "NOTIFIED"
    walk.does("decide", fine_decided="7,000").says("已决定待送达")


@pytest.mark.law("apl-2021:45")
def test_a_new_notice_is_no_way_round(walk_from):
    walk = walk_from(stage="notified")
    walk.go_to(date(2026, 3, 13))
    walk.does("record_defence")
    walk.does("reopen", reopen_ground="FORM").says("调查取证")
    walk.does("conclude", fine_proposed="9,500", tier_code="LIGHT")
    walk.does("countersign", "review")
    page = walk.cannot("issue_notice", fine_notified="9,500")
    assert any("第四十五条第二款" in line and "比首次重" in line for line in page.errors)
    walk.does("issue_notice", by=cast.AGENCY_HEAD, fine_notified="8,000")
