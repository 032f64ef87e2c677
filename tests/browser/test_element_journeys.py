"""Days in the life of the element centre, in a browser: moving, expiring, changing, colliding."""

from datetime import date, timedelta

import pytest

from tests.browser.test_screens import look

pytestmark = pytest.mark.browser
ADMIN, SECOND, REVIEWER, PUBLISHER = "chuyaosu", "weiyaosu", "wangshenhe", "zhaojuzhang"


def words(page) -> str:
    return page.locator("main").inner_text()


def press(page, label: str) -> None:
    page.locator("main").get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def next_month() -> date:
    from zhiheng.kernel.clock import today

    return (today().replace(day=1) + timedelta(days=32)).replace(day=1)


def test_120_items_go_to_a_town_next_month_and_one_sees_what_that_means(open_as):
    from zhiheng.elements.models import AdjustmentNotice
    from zhiheng.elements.tests.notice_tools import CENTRE, TOWN, many_items

    many_items(120)
    admin = open_as(ADMIN)
    admin.goto("/elements/notices/new/")
    for name, value in {
        "notice_no": "青政通〔2026〕98号", "title": "关于向城东街道下放行政执法事项的通告",
        "issuer": "青衡县人民政府", "level_approval": "浙政函〔2026〕9号",
        "effective_on": next_month().isoformat(),
    }.items():  # fmt: skip
        admin.fill(f"[name={name}]", value)
    press(admin, "保存")
    notice = AdjustmentNotice.objects.get(notice_no="青政通〔2026〕98号")
    root = f"/elements/notices/{notice.pk}/"
    admin.goto(f"{root}items/?holder={CENTRE}&text=QH-TT")
    admin.select_option("[name=kind]", "DELEGATE")
    for name, code in (("from_body", CENTRE), ("to_body", TOWN)):
        admin.select_option(f"[name={name}]", code)
    admin.check("#sc2")
    press(admin, "加入通告")
    assert "120 项" in admin.locator("body").inner_text()
    admin.goto(f"{root}preview/")
    told = words(admin)
    assert "＋120" in told
    assert "青衡县城东街道办事处" in told
    assert look(admin, f"{root}preview/", phone=False) == []
    press(admin, "按预览送审")
    for who, label in ((REVIEWER, "审核通过"), (PUBLISHER, "公布")):
        other = open_as(who)
        other.goto(root)
        press(other, label)
    admin.goto(root)
    assert "已公布" in words(admin)
    for on, answer in ((next_month(), "能办"), (next_month() - timedelta(days=1), "不能办")):
        admin.goto(f"/elements/may/?body={TOWN}&item=QH-TT-00050&place=&on={on}")
        assert answer in words(admin)


def test_an_officer_s_certificate_has_ended_and_she_cannot_be_chosen(open_as):
    from zhiheng.cases.models import Case
    from zhiheng.elements import services
    from zhiheng.elements.models import Officer
    from zhiheng.kernel.clock import now, today

    her = Officer.objects.known().get(account__username="maopaiqian")
    services.amend(
        row=her, changes={"cert_until": today() - timedelta(days=1)}, valid_from=her.valid_from,
        at=now(),
    )  # fmt: skip
    case = Case.objects.filter(lead__username="lizhifa", state="FILED").order_by("-pk")[0]
    page = open_as("lizhifa", phone=True)
    page.goto(f"/cases/{case.code}/handlers/")
    option = page.locator("[name=to] option, label").filter(has_text="毛派遣").first
    assert "到期" in option.inner_text()
    assert page.locator(f"[name=to] option[value='{her.account_id}']").is_disabled()


def test_two_administrators_change_one_item_and_nothing_is_lost(open_as):
    from zhiheng.elements.models import Item

    item = Item.objects.known().get(code="QH-CG-018", valid_until=None)
    edit = f"/elements/items/{item.uid}/edit/"
    first, second = open_as(ADMIN), open_as(SECOND)
    drafts = []
    for page, field, value in (
        (first, "keywords", "占道 店外 摆摊"),
        (second, "name", "擅自超出门窗外墙经营"),
    ):
        page.goto(edit)
        if page is second:
            assert "褚要素" in words(page)
        page.fill(f"[name={field}]", value)
        page.fill("[name=reason]", "同一天，两个人")
        page.locator("main form button.primary").click()
        page.wait_for_load_state()
        drafts.append(page.url.rstrip("/"))
    _publish(first, drafts[0], open_as)
    second.goto(drafts[1])
    assert "褚要素" in words(second)
    second.goto(f"{drafts[1]}/carry/")
    assert look(second, f"{drafts[1]}/carry/", phone=False) == []
    press(second, "移到最新版本")
    _publish(second, drafts[1], open_as)
    newest = Item.objects.known().filter(uid=item.uid).order_by("-version")[0]
    assert (newest.keywords, newest.name) == ("占道 店外 摆摊", "擅自超出门窗外墙经营")


def _publish(drafter, proposal: str, open_as) -> None:
    """Drafted, reviewed and published by three people."""
    steps = (("submit", drafter), ("approve", open_as(REVIEWER)), ("publish", open_as(PUBLISHER)))
    for step, page in steps:
        page.goto(f"{proposal}/do/{step}/")
        page.locator("main form button.primary").click()
        page.wait_for_load_state()
        assert page.url.rstrip("/") == proposal, words(page)


def test_a_law_changes_and_the_work_list_empties_line_by_line(open_as):
    from zhiheng.elements.models import LawChange
    from zhiheng.elements.tests import law_texts
    from zhiheng.elements.tests.test_upkeep_screens import AT, DAY, HIGHER, OLD, ROADS
    from zhiheng.laws import hooks

    old = law_texts.version(ROADS, OLD, valid_from=date(2019, 3, 24), valid_until=DAY)
    new = law_texts.version(ROADS, HIGHER, valid_from=DAY)
    hooks.tell(versions=[old, new], at=AT)
    change = LawChange.objects.order_by("-pk")[0]
    page = open_as(ADMIN)
    page.goto(f"/elements/changes/{change.pk}/")
    total = change.lines.count()
    assert total >= 2
    assert f"0 / {total}" in words(page)
    assert look(page, f"/elements/changes/{change.pk}/", phone=False) == []
    for done, line in enumerate(change.lines.order_by("pk"), start=1):
        page.goto(f"/elements/upkeep/{line.pk}/")
        page.locator("[name=result][value=same]").first.check()
        page.locator("form:has([name=result]) [name=text]").first.fill("幅度没有变。")
        press(page, "核对完了")
        page.goto(f"/elements/changes/{change.pk}/")
        assert f"{done} / {total}" in words(page)
    page.goto("/elements/changes/")
    assert "清完了" in words(page)
