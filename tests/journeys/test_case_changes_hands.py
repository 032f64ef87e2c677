from datetime import UTC, date, datetime

from django.urls import reverse

from tests import cast
from zhiheng.elements import services
from zhiheng.elements.models import Officer

LI, ZHOU, MAO = cast.OFFICER, cast.SECOND_OFFICER, "maopaiqian"


def _changes(walk, by, **typed):
    url = reverse("case_handlers", args=[walk.case.code])
    form = walk.sees(by, url)
    to = next(v for words, v in form.options("to").items() if typed["to"] in words)
    return walk.fills(by, url, {**typed, "to": to})


def test_a_case_is_handed_to_another_officer_with_its_to_dos(walk_from):
    walk = walk_from(stage="filed")
    walk.todo(LI).says(walk.case.title)
    walk.todo(MAO).says("没有等您办的事")
    walk.is_not_let_in(MAO, "show_id", "这一步由本案办案人员（主办李执法）办理。")
    page = _changes(walk, LI, what="lead", to="毛派遣", reason="调离城东中队。")
    page.says("办案人员已调整", "主办 毛派遣", "移交主办")
    walk.todo(LI).says("没有等您办的事")
    walk.todo(MAO).says(walk.case.title)
    walk.go_to(date(2026, 3, 4))
    walk.does("show_id", "record_site", by=MAO)
    walk.does("record_interview", by=LI).says("协办 李执法")


def test_an_officer_joins_a_case_and_stands_on_its_papers(walk_from):
    walk = walk_from(stage="filed")
    walk.is_not_let_in(MAO, "show_id", "由本案办案人员")
    page = _changes(walk, cast.UNIT_HEAD, what="co", to="毛派遣", reason="需要熟悉工地的人员。")
    page.says("协办 毛派遣")
    walk.does("show_id", "record_site", by=MAO)
    record = next(one for one in walk.papers() if one.code == "F-09")
    assert [one["name"] for one in record.facts["officers"]] == ["李执法", "周执法", "毛派遣"]
    page = _changes(walk, LI, what="co", to="毛派遣", reason="再加一次。")
    assert any("已在办案人员中" in line for line in page.errors)


def test_an_officer_whose_certificate_is_revoked_stops_the_case_until_replaced(walk_from):
    walk = walk_from(stage="filed")
    _changes(walk, LI, what="co", to="毛派遣", reason="协助取证。")
    officer = Officer.objects.known().get(account__username=MAO)
    services.amend(
        row=officer, changes={"cert_status": "REVOKED"}, valid_from=walk.day,
        at=datetime(walk.day.year, walk.day.month, walk.day.day, 0, 30, tzinfo=UTC),
    )  # fmt: skip
    page = walk.cannot("show_id")
    assert any("执法证今天无效" in line and "第四十二条" in line for line in page.errors)


def test_only_the_lead_and_the_unit_head_change_the_handlers(walk_from):
    walk = walk_from(stage="filed")
    url = reverse("case_handlers", args=[walk.case.code])
    typed = {"what": "lead", "to": str(cast.account(ZHOU).pk), "reason": "我来主办。"}
    page = walk.fills(ZHOU, url, typed)
    assert page.status in (403, 422)
    assert walk.case.lead.username == LI
