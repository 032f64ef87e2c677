"""Every screen of the element centre and of the laws, at the desk and on the phone: nothing that
axe minds, no overflow, no thumb missed. Found from their addresses, then by following links.
"""

import pytest
from django.urls import resolve

from tests.browser.test_screens import look
from zhiheng.elements.registers import REGISTERS
from zhiheng.laws.tests.invented import law, store

pytestmark = pytest.mark.browser

ROW = "main table tbody a"
LAW = "/laws/?q=灯笼"
SCREENS: dict[str, tuple[str, ...]] = {
    "home": ("/elements/",),
    "proposals": ("/elements/proposals/",),
    "duplicates": ("/elements/duplicates/",),
    "merge": ("/elements/duplicates/", ROW),
    "notices": ("/elements/notices/",),
    "notice": ("/elements/notices/", ROW),
    "notice-new": ("/elements/notices/new/",),
    "notice-pick": ("/elements/notices/", ROW, "main a:has-text('选事项')"),
    "notice-preview": ("/elements/notices/", ROW, "main a:has-text('预览影响')"),
    "counts": ("/elements/counts/",),
    "map": ("/elements/map/",),
    "map-of-a-body": ("/elements/map/?body=QH-ZF",),
    "may": ("/elements/may/?body=QH-HW&item=QH-CG-023",),
    "line": ("/elements/items/", ROW, "main a:has-text('时间线')"),
    "upkeep": ("/elements/upkeep/",),
    "changes": ("/elements/changes/",),
    "candidates": ("/elements/candidates/",),
    "imports": ("/elements/imports/",),
    "import": ("/elements/items/import/",),
    "export": ("/elements/items/export/",),
    "dictionary": ("/elements/items/dictionary/",),
    "new": ("/elements/items/new/",),
    "end": ("/elements/boundaries/", ROW, "main a:has-text('终止')"),
    "owner": ("/elements/boundaries/", ROW, "main a:has-text('换责任人')"),
    "file": ("/elements/boundaries/", ROW, "main a:has-text('添加附件')"),
    "laws": ("/laws/",),
    "law": (LAW, ROW),
    "law-ended": ("/laws/go/?law=走马灯管理办法&on=2026-11-26",),
    "article": ("/laws/go/?law=灯笼管理条例&article=4",),
    "article-ended": ("/laws/go/?law=走马灯管理办法&article=1&on=2026-11-26",),
    "article-missing": ("/laws/go/?law=灯笼管理条例&article=99",),
    "sides": ("/laws/go/?law=灯笼管理条例&article=4", "main a:has-text('各个文本里怎么写')"),
    "diff": (LAW, ROW, "a:has-text('改了什么')"),
    "lighter": ("/laws/lighter/",),
    "lighter-result": (
        "/laws/lighter/?cited=《灯笼管理条例》第四条&acted_on=2021-01-01&decided_on=2026-01-01",
    ),
    "report": ("/laws/report/",),
}
OTHERS = ("lizhifa", "zhaojuzhang", "qianducha", "jiangcungan")
FOR_OTHERS = ("/elements/", "/elements/items/", "/elements/map/", "/elements/notices/", "/laws/")


@pytest.fixture(scope="module")
def site(demo_site, django_db_blocker):
    """The demo county, with a corpus of invented laws."""
    with django_db_blocker.unblock():
        store()
        store(law("行政处罚法", [("第十七条", "某某机关可以罚。")]))
    return demo_site


def problems(page, path: tuple[str, ...], *, phone: bool) -> list[str]:
    """Everything wrong with the screen at the end of a path; 404 is an answer of its own."""
    page.goto(path[0])
    for link in path[1:]:
        page.locator(link).first.click()
        page.wait_for_load_state()
    return look(page, page.url, phone=phone, expected=(200, 404))


def test_every_path_starts_at_an_address_that_exists(db):
    """Asks for `db` too: pytest-django makes a database only for folders with such a test."""
    starts = [path[0].split("?")[0] for path in SCREENS.values()]
    assert all(resolve(one) for one in (*starts, *FOR_OTHERS))


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_screens_of_elements_and_laws(open_as, site, phone):
    page = open_as("chuyaosu", phone=phone)
    found = {name: problems(page, path, phone=phone) for name, path in SCREENS.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_register_and_its_first_row_or_on_the_phone_the_form(open_as, site, phone):
    page = open_as("chuyaosu", phone=phone)
    found = {}
    for slug in REGISTERS:
        start = f"/elements/{slug}/"
        form = (start, ROW, "main a:has-text('修改')")
        for name, path in {"list": (start,), "row": form if phone else form[:2]}.items():
            found[f"{slug} {name}"] = problems(page, path, phone=phone)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("username", OTHERS)
def test_what_others_see_of_elements_and_laws(open_as, site, username, phone):
    page = open_as(username, phone=phone)
    found = {start: problems(page, (start,), phone=phone) for start in FOR_OTHERS}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
