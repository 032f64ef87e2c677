"""Evidence that may vanish is registered and kept beside the case (先行登记保存)."""

from datetime import date

import pytest

from tests import cast
from zhiheng.cases.sides.pending import known_sides, pending_facts


def test_registered_evidence_is_disposed_of_within_seven_workdays(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins("measure.registration", registration_items="净化器滤网 2 片")
    assert beside.state == "REQUESTED"
    walk.todo(cast.AGENCY_HEAD).says("批准先行登记保存")
    beside.does("approve")
    beside.does("register").says("登记保存中")
    assert beside.clock_of("registration.disposal").due_on == date(2026, 3, 13)
    assert any("七个工作日还没有过" in line for line in beside.cannot("lapse").errors)
    beside.does("dispose", registration_disposal="RELEASE").says("已处理")
    assert pending_facts(known_sides(walk.case))["registration_pending"] is False, (
        "处理了就不再挡住决定"
    )
    beside.does("finish").says("已了结")
    assert beside.side.closed_on == walk.day
    assert [good.state for good in beside.goods()] == ["RETURNED"]
    walk.look().says("先行登记保存").says("已了结")


def test_a_case_cannot_be_decided_while_something_lies_registered(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins("measure.registration")
    beside.does("approve", "register")
    assert walk.case.dossier.run.facts.get("registration_pending") is None, "问登记簿，不另外记"
    assert pending_facts(known_sides(walk.case))["registration_pending"] is True
    beside.does("dispose")
    assert pending_facts(known_sides(walk.case))["registration_pending"] is False


def test_another_sees_it_and_cannot_go_on(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins("measure.registration")
    walk.sees(cast.SUPERVISOR, beside.url()).says("待批准")
    walk.sees(cast.SUPERVISOR, beside.url("approve"), status=403)
    page = walk.sees(cast.UNIT_HEAD, beside.url())
    assert page.cards["批准先行登记保存"].status != "offered" or "等" in page.words
    assert beside.state == "REQUESTED"


@pytest.mark.parametrize("times", [2])
def test_the_same_form_sent_twice_begins_one(walk_from, times):
    walk = walk_from(stage="collected")
    beside_url = walk.url().rstrip("/") + "/beside/new/measure.registration/"
    form = walk.sees(cast.OFFICER, beside_url)
    typed = {"registration_reason": "可能被拆走", "registration_items": "净化器一台"}
    for _ in range(times):
        page = walk.sends(cast.OFFICER, beside_url, form, typed)
        assert page.path.endswith("/beside/1/")
    assert walk.case.sides.count() == 1
