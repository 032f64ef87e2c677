"""The screens of notices: what an administrator, a reviewer, a head and a town's officer do there."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from zhiheng.elements import api
from zhiheng.elements.models import AdjustmentNotice
from zhiheng.elements.notices import life
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
    many_items,
)
from zhiheng.people import api as people

pytestmark = pytest.mark.usefixtures("county")
HEAD = {
    "notice_no": "青政通〔2026〕99号", "title": "关于向城东街道下放行政执法事项的通告",
    "issuer": "青衡县人民政府", "level_approval": "浙政函〔2026〕9号", "issued_on": "",
    "publish_url": "", "effective_on": "2026-12-15", "key": "a-key",
}  # fmt: skip
TERMS = {"kind": "DELEGATE", "from_body": CENTRE, "to_body": TOWN, "regions": "", "mode": "",
         "transition": "FILER", "remaining_body": "", "training_due": "2026-12-10",
         "handover_docs": "监管台账", "codes": "", "scope": "ticked"}  # fmt: skip


@pytest.fixture(autouse=True)
def november():
    import time_machine

    with time_machine.travel("2026-11-20T02:00:00Z", tick=False):
        yield


@pytest.fixture
def admin() -> Client:
    return cast.sign_in(Client(), DRAFTER)


def words(answer) -> str:
    """What a person reads on the page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def step(client: Client, notice: AdjustmentNotice, what: str, **data: str):
    return client.post(reverse("notice_step", args=[notice.pk, what]), data, follow=True)


def town_officer() -> Client:
    person = people.DemoPerson(
        "chengdong1", "钱城东", people.Role.OFFICER, TOWN, "执法队", "33990109999", TOWN_REGION
    )
    account = people.load_accounts(people=[person], password=None)[person.username]
    client = Client()
    client.force_login(account)
    return client


def test_120_items_go_to_a_town_next_month_from_draft_to_the_town_officer_s_screen(admin):
    codes = many_items(120)
    assert admin.post(reverse("notice_new"), HEAD).status_code == 302
    notice = AdjustmentNotice.objects.get(notice_no=HEAD["notice_no"])
    pick = reverse("notice_items", args=[notice.pk]) + f"?holder={CENTRE}&text=QH-TT"
    assert "QH-TT-00120" in words(admin.get(pick))
    answer = admin.post(pick, TERMS | {"item": codes}, follow=True)
    assert "已加入 120 项" in words(answer)
    told = words(admin.get(reverse("notice_preview", args=[notice.pk])))
    assert "逐项核对过，没有办不成的" in told
    assert "青衡县城东街道办事处" in told
    assert "＋120" in told
    assert "已送审" in words(step(admin, notice, "submit"))
    assert "已审核通过" in words(step(cast.sign_in(Client(), REVIEWER), notice, "approve"))
    assert "已公布" in words(step(cast.sign_in(Client(), PUBLISHER), notice, "publish"))
    assert api.may_body_do_item(TOWN, codes[7], TOWN_REGION, NEXT_MONTH).ok
    assert not api.may_body_do_item(CENTRE, codes[7], TOWN_REGION, NEXT_MONTH).ok
    town = town_officer()
    assert HEAD["notice_no"] in words(town.get(reverse("notice_list") + "?mine=1"))
    mine = words(town.get(reverse("notice", args=[notice.pk]) + "?mine=1"))
    assert "QH-TT-00050" in mine
    ask = {"body": TOWN, "item": codes[7], "place": TOWN_REGION, "on": "2026-12-15"}
    assert "能办" in words(town.get(reverse("element_may"), ask))
    early = words(town.get(reverse("element_may"), ask | {"on": "2026-12-14"}))
    assert "不能办" in early
    assert "这里谁能办" in early


def test_everything_that_fits_the_filter_can_be_chosen_at_once(admin):
    many_items(320)
    notice = draft()
    pick = reverse("notice_items", args=[notice.pk]) + "?text=QH-TT"
    assert "只列出前 200 项" in words(admin.get(pick))
    admin.post(pick, TERMS | {"scope": "all"})
    assert notice.actions.count() == 320


def test_a_wrong_line_keeps_what_was_typed_and_adds_nothing(admin):
    notice = draft()
    data = TERMS | {"codes": "QH-CG-015\nQH-XX-1", "item": ["QH-CG-028"]}
    answer = admin.post(reverse("notice_items", args=[notice.pk]), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "第 2 行：生效日没有编码为“QH-XX-1”的事项" in page
    assert "QH-CG-015\nQH-XX-1" in page.replace("\r", "")
    assert re.search(r'value="QH-CG-028"\s+checked', page)
    assert not notice.actions.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"from_body": ""}, "从哪个主体划出"),
        ({"to_body": CENTRE}, "同一个"),
        ({"regions": "33"}, "区划代码有误"),
        ({"mode": "ENTRUSTED"}, "委托书"),
        ({}, "还没有选事项"),
    ],
)
def test_terms_that_do_not_fit_are_told_beside_their_field(admin, wrong, sentence):
    notice = draft()
    answer = admin.post(reverse("notice_items", args=[notice.pk]), TERMS | wrong)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_day_that_has_passed_and_a_number_that_is_taken_are_refused_with_what_to_do(admin):
    answer = admin.post(reverse("notice_new"), HEAD | {"effective_on": "2026-11-20"})
    assert answer.status_code == 422
    assert "生效日要在今天以后" in words(answer)
    draft(HEAD["notice_no"])
    answer = admin.post(reverse("notice_new"), HEAD)
    assert "已用于另一份通告" in words(answer)
    assert HEAD["title"] in answer.content.decode()


def test_a_draft_s_head_can_be_changed_and_a_published_one_s_cannot(admin):
    notice = draft()
    address = reverse("notice_edit", args=[notice.pk])
    admin.post(address, HEAD | {"title": "改过的标题"})
    notice.refresh_from_db()
    assert notice.title == "改过的标题"
    published = AdjustmentNotice.objects.get(state="PUBLISHED")
    answer = admin.post(reverse("notice_edit", args=[published.pk]), HEAD | {"notice_no": "x"})
    assert "不能再改" in words(answer)


def test_actions_can_be_taken_out_again(admin):
    notice = draft()
    add(
        notice,
        ["QH-CG-015", "QH-CG-028"],
        Kind.DELEGATE,
        from_body=body(CENTRE),
        to_body=body(TOWN),
    )
    gone = notice.actions.get(item_code="QH-CG-015").pk
    step(admin, notice, "drop", action=str(gone))
    assert [one.item_code for one in notice.actions.all()] == ["QH-CG-028"]


def test_officers_see_published_notices_and_no_drafts():
    notice = draft()
    officer = cast.sign_in(Client(), cast.OFFICER)
    assert notice.notice_no not in words(officer.get(reverse("notice_list")))
    assert officer.get(reverse("notice", args=[notice.pk])).status_code == 404
    assert step(officer, notice, "submit").status_code == 403


def test_a_refused_step_is_told_and_changes_nothing(admin):
    notice = draft()
    assert "还没有事项" in words(step(admin, notice, "submit"))
    add(notice, ["QH-CG-015"], Kind.DELEGATE, from_body=body(CENTRE), to_body=body(TOWN))
    life.submit(notice_id=notice.pk, actor=cast.actor(DRAFTER), at=AT)
    assert "起草人不能审核" in words(step(admin, notice, "approve"))
    assert "退回要写明理由" in words(step(cast.sign_in(Client(), REVIEWER), notice, "return"))
    assert "已撤回" in words(step(admin, notice, "withdraw", reason="不办了"))


def test_the_screens_take_the_same_few_queries_for_few_and_for_many_items(admin):
    notice = draft()
    add(notice, ["QH-CG-015"], Kind.DELEGATE, from_body=body(CENTRE), to_body=body(TOWN))
    few = {name: queries(admin, name, notice) for name in ("notice", "notice_preview")}
    codes = many_items(150)
    add(notice, codes, Kind.DELEGATE, from_body=body(CENTRE), to_body=body(TOWN))
    many = {name: queries(admin, name, notice) for name in few}
    assert all(many[name] <= few[name] + 1 for name in few), (few, many)
    assert max(many.values()) <= 30


def queries(client: Client, name: str, notice: AdjustmentNotice) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(name, args=[notice.pk])).status_code == 200
    return len(seen)
