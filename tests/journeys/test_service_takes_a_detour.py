"""Service when nobody opens the door: left, failed, announced; the window begins when it is done."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.driver import photo
from tests.journeys.papers import made


@pytest.fixture
def issued(walk_from):
    walk = walk_from(stage="reviewed")
    walk.go_to(date(2026, 3, 12))
    walk.does("issue_notice")
    return walk


@pytest.mark.law("cpl-2023:89")
def test_a_refused_notice_is_left_before_a_witness(issued):
    page = issued.cannot("serve_notice", service_mode="LEFT", service_note="")
    assert any("拒收的事由" in line for line in page.errors)
    issued.does(
        "serve_notice",
        service_mode="LEFT",
        service_receiver="清波社区老周",
        service_note="经营者拒绝签收，已留置于店内并拍照。",
    ).says("已告知")
    receipt = next(one for one in made(issued) if one.code == "F-43")
    assert receipt.facts["mode"] == "留置送达"
    assert "清波社区老周" in receipt.facts["witnesses"]


@pytest.mark.law("apl-2021:61", "cpl-2023:90")
def test_nothing_is_served_by_wire_without_consent(issued):
    page = issued.cannot("serve_notice", service_mode="ELECTRONIC", proof=photo("截图"))
    assert any("第六十一条第二款" in line for line in page.errors)


@pytest.mark.law("cpl-2023:95")
def test_an_announcement_follows_failed_attempts_and_counts_to_its_end(issued):
    announced = {
        "service_mode": "ANNOUNCEMENT", "served_on": "2026-03-17", "proof": photo("公告"),
        "service_note": "县政府网站公告栏，2026 年 3 月 17 日发布。",
    }  # fmt: skip
    page = issued.cannot("serve_notice", **announced | {"served_on": "2026-03-12"})
    assert any("第九十五条" in line for line in page.errors)
    for day, mode in ((date(2026, 3, 13), "DIRECT"), (date(2026, 3, 16), "POST")):
        issued.go_to(day)
        issued.does(
            "fail_service",
            service_mode=mode,
            service_place="清波路18号",
            failed_on=day.isoformat(),
            service_failure="店门关闭，邻居说已搬走。",
        ).says("告知书已签发待送达")
    issued.go_to(date(2026, 3, 17))
    issued.does("serve_notice", **announced | {"proof": photo("公告")}).says("已告知")
    window = issued.clock_of("penalty.defence-window")
    assert (window.started_on, window.due_on) == (date(2026, 4, 16), date(2026, 4, 23))
    issued.go_to(date(2026, 3, 30))
    assert any("期限还没有过" in line for line in issued.cannot("decide").errors)
    issued.go_to(date(2026, 4, 24))
    assert issued.look(cast.AGENCY_HEAD).cards["作出处罚决定"].status == "offered"
