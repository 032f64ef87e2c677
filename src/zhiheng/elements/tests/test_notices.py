"""A notice from draft to the day it takes effect, and back."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhiheng.elements import api, services
from zhiheng.elements.models import AdjustmentNotice, Grant, Item
from zhiheng.elements.notices import drafting, life
from zhiheng.elements.notices.matters import OpenMatter
from zhiheng.elements.notices.plan import make_plan
from zhiheng.elements.notices.preview import preview
from zhiheng.elements.tests.notice_tools import (
    AT,
    CENTRE,
    DRAFTER,
    NEXT_MONTH,
    PUBLISHER,
    REVIEWER,
    TOWN,
    TOWN_REGION,
    Kind,
    add,
    body,
    draft,
    item,
    many_items,
    publish,
)
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.usefixtures("county")
EVE = NEXT_MONTH - timedelta(days=1)


def may(code, holder, region="339901", on=NEXT_MONTH) -> bool:
    return api.may_body_do_item(holder, code, region, on).ok


def delegated(codes=("QH-CG-015",)) -> AdjustmentNotice:
    notice = draft()
    add(notice, list(codes), Kind.DELEGATE, from_body=body(CENTRE), to_body=body(TOWN))
    return notice


def test_what_goes_to_a_town_is_the_town_s_there_from_midnight_and_the_holder_s_elsewhere():
    publish(delegated())
    assert may("QH-CG-015", CENTRE, TOWN_REGION, EVE)
    assert not may("QH-CG-015", TOWN, TOWN_REGION, EVE)
    assert may("QH-CG-015", TOWN, TOWN_REGION)
    assert not may("QH-CG-015", CENTRE, TOWN_REGION)
    assert may("QH-CG-015", CENTRE, "339901002")
    assert may("QH-CG-015", CENTRE)


def test_what_a_town_gives_back_closes_the_gap_in_the_county_s_grant():
    publish(delegated())
    later = NEXT_MONTH + timedelta(days=30)
    back = draft("青政通〔2026〕91号", effective_on=later)
    add(back, ["QH-CG-015"], Kind.TAKE_BACK, from_body=body(TOWN), to_body=body(CENTRE))
    publish(back, at=AT + timedelta(hours=1))
    assert may("QH-CG-015", CENTRE, TOWN_REGION, later)
    assert not may("QH-CG-015", TOWN, TOWN_REGION, later)
    assert may("QH-CG-015", TOWN, TOWN_REGION, later - timedelta(days=1))


def test_an_item_moved_as_a_whole_changes_hands_everywhere():
    notice = draft()
    add(notice, ["QH-SC-001"], from_body=body("QH-SCJG"), to_body=body(CENTRE))
    publish(notice)
    assert may("QH-SC-001", "QH-SCJG", on=EVE)
    assert not may("QH-SC-001", "QH-SCJG")
    found = api.may_body_do_item(CENTRE, "QH-SC-001", "339901", NEXT_MONTH)
    assert found.ok
    assert found.chain[0].doc_no == notice.notice_no


def test_a_cancelled_item_ends_with_every_grant_on_it():
    notice = draft()
    add(notice, ["QH-CG-023"], Kind.CANCEL)
    publish(notice)
    assert may("QH-CG-023", CENTRE, on=EVE)
    assert "不存在" in api.may_body_do_item(CENTRE, "QH-CG-023", "339901", NEXT_MONTH).reason
    assert not Grant.objects.active(NEXT_MONTH).filter(item__code="QH-CG-023").exists()


def test_a_new_name_and_a_new_clause_hold_from_the_day():
    notice = draft()
    node = item("QH-SC-002").penalty_basis
    lines = "QH-CG-018 新的名称"
    rows = drafting.read_lines(text=lines, kind=Kind.RENAME, on=NEXT_MONTH).rows
    drafting.add_actions(
        notice_id=notice.pk, actor=cast.actor(DRAFTER), terms=drafting.Terms(kind=Kind.RENAME),
        rows=rows,
    )  # fmt: skip
    where = f"{node.basis.code} {node.article} {node.paragraph} {node.item}"
    pasted = drafting.read_lines(text=f"QH-SC-001 {where}", kind=Kind.REBASE, on=NEXT_MONTH)
    drafting.add_actions(
        notice_id=notice.pk, actor=cast.actor(DRAFTER), terms=drafting.Terms(kind=Kind.REBASE),
        rows=pasted.rows,
    )  # fmt: skip
    publish(notice)
    assert item("QH-CG-018").name == "新的名称"
    assert item("QH-CG-018", EVE).name != "新的名称"
    assert item("QH-SC-001").penalty_basis_id == node.pk


def test_withdrawn_before_its_day_everything_is_as_it_was():
    before = state_of_the_day()
    notice = publish(delegated(["QH-CG-015", "QH-CG-028"]))
    assert state_of_the_day() != before
    life.withdraw(
        notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT + timedelta(days=1), reason="暂缓"
    )
    assert state_of_the_day() == before
    assert may("QH-CG-015", CENTRE, TOWN_REGION)


def test_on_its_day_it_can_no_longer_be_withdrawn():
    notice = publish(delegated())
    midnight = datetime(2026, 12, 14, 16, 0, tzinfo=UTC)  # 15 December in Shanghai
    with pytest.raises(Conflict, match="已经生效"):
        life.withdraw(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=midnight, reason="迟了")


def test_what_was_built_on_is_not_taken_back_over_somebody_s_head():
    notice = publish(delegated())
    grant = Grant.objects.known().get(body__code=TOWN, item__code="QH-CG-015")
    services.amend(row=grant, changes={"doc_title": "更正"}, valid_from=grant.valid_from, at=AT)
    with pytest.raises(Conflict):
        life.withdraw(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT, reason="撤")
    assert may("QH-CG-015", TOWN, TOWN_REGION)


def state_of_the_day() -> list[tuple]:
    rows = Grant.objects.as_of(NEXT_MONTH).order_by("uid")
    return list(
        rows.values_list("uid", "body__code", "valid_from", "valid_until", "except_regions")
    )


def test_three_different_people_draft_approve_and_publish():
    notice = delegated()
    life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)
    with pytest.raises(NotAllowed, match="起草人"):
        life.approve(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)
    life.approve(notice_id=notice.pk, actor=cast.actor(REVIEWER), at=AT)
    with pytest.raises(NotAllowed, match="三个人"):
        life.publish(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)
    with pytest.raises(NotAllowed):
        life.publish(notice_id=notice.pk, actor=cast.actor(cast.OFFICER), at=AT)
    life.publish(notice_id=notice.pk, actor=cast.actor(PUBLISHER), at=AT)


def test_a_second_click_does_nothing_and_says_so():
    notice = publish(delegated())
    rows = Grant.objects.count()
    with pytest.raises(Conflict, match="已经办过"):
        life.publish(notice_id=notice.pk, actor=cast.actor(PUBLISHER), at=AT)
    assert Grant.objects.count() == rows
    assert draft().pk == notice.pk  # the same form sent twice is one notice


def test_a_returned_notice_is_mended_and_previewed_anew():
    notice = delegated()
    life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)
    with pytest.raises(Invalid, match="理由"):
        life.send_back(notice_id=notice.pk, actor=cast.actor(REVIEWER), at=AT, reason=" ")
    life.send_back(notice_id=notice.pk, actor=cast.actor(REVIEWER), at=AT, reason="少了培训期限")
    with pytest.raises(Conflict):
        life.approve(notice_id=notice.pk, actor=cast.actor(REVIEWER), at=AT)
    publish(notice)


def test_a_grant_changed_since_the_preview_stops_approval_and_publication():
    notice = delegated()
    life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)
    grant = Grant.objects.known().get(body__code=CENTRE, item__code="QH-CG-015")
    changed = services.amend(
        row=grant, changes={"doc_no": "改"}, valid_from=grant.valid_from, at=AT
    )
    with pytest.raises(Conflict, match="变动"):
        life.approve(notice_id=notice.pk, actor=cast.actor(REVIEWER), at=AT)
    life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)
    life.approve(notice_id=notice.pk, actor=cast.actor(REVIEWER), at=AT)
    services.end(row=changed, valid_until=EVE, at=AT)
    with pytest.raises(Conflict, match="变动"):
        life.publish(notice_id=notice.pk, actor=cast.actor(PUBLISHER), at=AT)


def test_of_two_notices_on_one_item_the_second_is_told():
    first, second = delegated(), draft("青政通〔2026〕92号")
    add(second, ["QH-CG-015"], Kind.CANCEL)
    assert first.notice_no in preview(notice=second).elsewhere["QH-CG-015"]
    life.submit(notice_id=second.pk, actor=cast.actor(DRAFTER), at=AT)
    life.approve(notice_id=second.pk, actor=cast.actor(REVIEWER), at=AT)
    publish(first)
    with pytest.raises(Conflict, match="变动"):
        life.publish(notice_id=second.pk, actor=cast.actor(PUBLISHER), at=AT)


def test_what_cannot_be_done_is_named_item_by_item():
    notice = draft()
    add(notice, ["QH-SC-001"], Kind.MOVE_OUT, from_body=body(CENTRE), to_body=body("QH-SCJG"))
    add(notice, ["QH-CG-018"], Kind.ADD, to_body=body(CENTRE))
    told = {one.item_code: one.says for one in make_plan(notice=notice).problems}
    assert "没有这个事项的授权" in told["QH-SC-001"]
    assert "已有" in told["QH-CG-018"]
    with pytest.raises(Invalid, match="2 项办不成"):
        life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)


def test_pasted_lines_are_answered_line_by_line():
    text = "QH-CG-001\n\nqh-cg-002\nQH-XX-9\nQH-CG-001"
    pasted = drafting.read_lines(text=text, kind=Kind.MOVE_IN, on=NEXT_MONTH)
    assert [found.code for found, _ in pasted.rows] == ["QH-CG-001", "QH-CG-002"]
    assert [line[:6] for line in pasted.errors] == ["第 4 行：", "第 5 行："]
    rename = drafting.read_lines(text="QH-CG-001", kind=Kind.RENAME, on=NEXT_MONTH)
    assert "新名称" in rename.errors[0]


def test_the_preview_tells_who_gains_and_loses_and_which_open_matters_it_meets(monkeypatch):
    from zhiheng.elements.notices import matters

    uid = item("QH-CG-023").uid
    opened = OpenMatter("案件", "青综执立〔2026〕1号", "乱张贴案", "/cases/1/", CENTRE, uid)
    monkeypatch.setattr(matters, "_finders", [lambda **_: [opened]])
    notice = draft()
    add(notice, ["QH-CG-023"], Kind.MOVE_OUT, from_body=body(CENTRE), to_body=body("QH-ZJ"))
    seen = preview(notice=notice)
    changes = {one.body.code: (one.lost, one.gained) for one in seen.bodies}
    assert changes == {CENTRE: (1, 0), "QH-ZJ": (0, 1)}
    assert "李执法" in next(one for one in seen.bodies if one.body.code == CENTRE).officers
    assert [grant.body.code for grant in seen.derived] == ["QH-HW"]
    assert [(one.organ, one.rule) for one in seen.open_matters] == [
        ("青衡县综合行政执法局", "由立案机关办结（待核）")
    ]
    notice.actions.update(transition="TAKER")
    assert preview(notice=notice).open_matters[0].organ == "青衡县住房和城乡建设局"


def test_an_item_that_nobody_takes_is_named():
    notice = draft()
    add(notice, ["QH-CG-028"], Kind.CANCEL, from_body=body(CENTRE))
    assert [one.code for one in preview(notice=notice).orphans] == ["QH-CG-028"]


def test_nobody_touches_a_notice_of_another_region():
    notice = delegated()
    AdjustmentNotice.objects.filter(pk=notice.pk).update(region_code="339902")
    with pytest.raises(NotFound):
        life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)


def test_two_thousand_items_move_in_one_transaction_in_seconds_and_with_few_queries():
    codes = many_items(2000)
    notice = draft()
    assert add_all(notice, codes) == 2000
    with CaptureQueriesContext(connection) as queries:
        preview(notice=notice)
    assert len(queries) <= 16
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        publish(notice)
    assert time.perf_counter() - began < 20
    assert len(queries) <= 70
    held = Grant.objects.active(NEXT_MONTH).filter(item__code__startswith="QH-TT-")
    assert held.filter(body__code="QH-ZJ").count() == 2000
    assert not held.filter(body__code=CENTRE).exists()
    life.withdraw(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT, reason="试")
    assert held.filter(body__code=CENTRE).count() == 2000


def add_all(notice: AdjustmentNotice, codes: list[str]) -> int:
    rows = [(one, "") for one in Item.objects.active(NEXT_MONTH).filter(code__in=codes)]
    terms = drafting.Terms(kind=Kind.MOVE_OUT, from_body=body(CENTRE), to_body=body("QH-ZJ"))
    return drafting.add_actions(
        notice_id=notice.pk, actor=cast.actor(DRAFTER), terms=terms, rows=rows
    )


def test_the_day_has_to_be_in_the_future():
    notice = draft(effective_on=date(2026, 11, 20))
    add(notice, ["QH-CG-015"], Kind.CANCEL, from_body=body(CENTRE))
    with pytest.raises(Invalid, match="生效日"):
        life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)
