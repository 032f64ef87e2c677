from datetime import date

import pytest

from tests import cast


def suspected(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", crime_suspected="true")
    walk.does("countersign", "review")
    return walk


def sent(walk_from):
    walk = suspected(walk_from)
    police = walk.begins("transfer.police")
    police.does("approve", transfer_to="青衡县公安局", transfer_package_complete="true")
    police.does("send")
    return walk, police


@pytest.mark.law("apl-2021:27")
def test_a_suspected_crime_goes_to_the_police_and_no_fine_replaces_it(walk_from):
    walk = suspected(walk_from)
    assert any("以罚代刑" in line for line in walk.cannot("issue_notice").errors)
    assert any("第二十七条" in line for line in walk.cannot("withdraw").errors)
    assert any("公安机关还没有" in line for line in walk.cannot("transfer_crime").errors)
    police = walk.begins("transfer.police")
    walk.todo(cast.AGENCY_HEAD).says("批准移送")
    assert police.clock_of("transfer.decide").due_on == date(2026, 3, 12)
    page = police.cannot("approve", transfer_package_complete="false")
    assert any("移送材料不齐" in line for line in page.errors)
    police.does("approve", transfer_to="青衡县公安局", transfer_package_complete="true")
    assert police.clock_of("transfer.hand-over").due_at.date() == date(2026, 3, 10), "二十四小时"
    police.does("send")
    walk.go_to(date(2026, 3, 11))
    police.does("police_file")
    page = police.cannot("hand_over", party_told_transfer="false")
    assert any("书面告知当事人" in line for line in page.errors)
    police.does("hand_over", party_told_transfer="true").says("公安机关立案并已交接")
    page = walk.does("transfer_crime")
    page.says("已移送")
    assert not page.all("div", "clock"), "移送之后没有期限在走"
    for person in (cast.OFFICER, cast.UNIT_HEAD, cast.LEGAL_REVIEWER, cast.AGENCY_HEAD):
        walk.todo(person).says("没有等您办的事")


def test_the_police_refuse_and_the_penalty_goes_on(walk_from):
    walk, police = sent(walk_from)
    assert any("没有公安机关不立案的定论" in line for line in walk.cannot("crime_refused").errors)
    walk.go_to(date(2026, 3, 12))
    police.does("police_refuse").says("公安机关不立案")
    assert police.clock_of("transfer.again").due_on == date(2026, 3, 15)
    police.does("ask_again")
    walk.go_to(date(2026, 3, 16))
    police.does("police_refuse", "ask_procurator")
    walk.go_to(date(2026, 3, 30))
    police.does("police_refuse", "accept_refusal")
    walk.does("crime_refused")
    assert any("重新送审" in line for line in walk.cannot("issue_notice").errors), "认定变了"
    walk.does("return_proposal", return_reason="公安机关不立案，重新审核。")
    walk.does("countersign", "review")
    walk.does("issue_notice").says("告知书已签发")


def test_the_head_refuses_to_transfer_and_the_reason_stays(walk_from):
    walk = suspected(walk_from)
    police = walk.begins("transfer.police")
    police.does("refuse", transfer_refusal="数额没有达到追诉标准。").says("数额没有达到追诉标准")
    assert any("以罚代刑" in line for line in walk.cannot("issue_notice").errors)


def test_nothing_is_transferred_without_the_suspicion(walk_from):
    walk = walk_from(stage="collected")
    page = walk.begins_not("transfer.police")
    assert any("没有认定涉嫌犯罪" in line for line in page.errors)
    assert not walk.case.sides.exists()
