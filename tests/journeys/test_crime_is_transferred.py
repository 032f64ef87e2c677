from datetime import date

import pytest

from tests import cast


@pytest.mark.law("apl-2021:27")
def test_a_suspected_crime_goes_to_the_police_and_no_fine_replaces_it(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", crime_suspected="true")
    walk.does("countersign", "review")
    assert any("以罚代刑" in line for line in walk.cannot("issue_notice").errors)
    assert any("第二十七条" in line for line in walk.cannot("withdraw").errors)
    page = walk.cannot("transfer_crime", transfer_package_complete="false")
    assert any("移送材料不齐" in line for line in page.errors)
    page = walk.does("transfer_crime")
    page.says("已移送")
    assert not page.cards
    assert not page.all("div", "clock"), "移送之后没有期限在走"
    for person in (cast.OFFICER, cast.UNIT_HEAD, cast.LEGAL_REVIEWER, cast.AGENCY_HEAD):
        walk.todo(person).says("没有等您办的事")


def test_a_transfer_needs_the_suspicion(walk_from):
    walk = walk_from(stage="collected")
    page = walk.cannot("transfer_crime", crime_suspected="false")
    assert any("第二十七条" in line and "没有认定涉嫌犯罪" in line for line in page.errors)
