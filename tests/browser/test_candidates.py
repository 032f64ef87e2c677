"""Item candidates in the browser: one drafts, one reviews, one publishes; at desk and phone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.conftest import _page, session_cookie
from tests.browser.looking import looked_at

pytestmark = pytest.mark.browser
DRAFTER, REVIEWER, PUBLISHER = "chuyaosu", "wangshenhe", "zhaojuzhang"


@pytest.fixture
def candidate(county_site, django_db_blocker):
    from zhiheng.elements.tests import clause_maker

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(clause_maker.waiting).result()


@pytest.fixture
def open_as(chromium, county_site):
    contexts = []

    def open_page(username: str, *, phone: bool = False):
        page = _page(chromium, county_site, phone=phone)
        page.set_viewport_size({"width": 390 if phone else 1280, "height": 900})
        page.context.add_cookies([{**session_cookie(username), "url": county_site}])
        contexts.append(page.context)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_there_is_a_county(db):
    """The database is made for tests that ask for it; the server below borrows it."""


@pytest.mark.parametrize("phone", [False, True])
def test_a_candidate_can_be_read_and_dismissed(open_as, candidate, phone):
    page = open_as(DRAFTER, phone=phone)
    page.goto("/elements/candidates/")
    wrong = looked_at(page, "candidates-list", phone=phone)
    page.goto(f"/elements/candidates/{candidate}/")
    wrong += looked_at(page, "candidates-show", phone=phone)
    assert wrong == []
    if phone:
        return
    page.fill("#dismiss [name=reason]", "不归本县")
    page.click("#dismiss button")
    assert "已记为不收" in page.content()


def test_an_item_is_born_by_three_people(open_as, candidate):
    drafter = open_as(DRAFTER)
    drafter.goto(f"/elements/candidates/{candidate}/")
    drafter.fill("#accept [name=name]", "在禁放区放飞风筝")
    drafter.fill("#accept [name=code]", "QH-FZ-101")
    drafter.click("#accept button[value=accept]")
    assert "送审" in drafter.content()
    drafter.goto(f"/elements/candidates/{candidate}/")
    assert "已拟稿，待审核发布" in drafter.content()
    wrong = looked_at(drafter, "candidates-waiting", phone=False)

    reviewer = open_as(REVIEWER, phone=True)
    reviewer.goto("/elements/")
    reviewer.click("li:has-text('在禁放区放飞风筝') a.btn")
    assert reviewer.locator("mark.on-amount").first.is_visible()
    wrong += looked_at(reviewer, "candidates-review", phone=True)
    reviewer.click("text=退回修改")
    reviewer.fill("[name=note]", "请写明是哪一类禁放区")
    reviewer.click("form button:has-text('退回修改')")

    drafter.goto(f"/elements/candidates/{candidate}/")
    assert "请写明是哪一类禁放区" in drafter.content()
    wrong += looked_at(drafter, "candidates-returned", phone=False)
    drafter.click("text=打开退回的草稿")
    drafter.click("a:has-text('提交审核')")
    drafter.click("form button:has-text('提交审核')")

    reviewer.goto("/elements/")
    reviewer.click("li:has-text('在禁放区放飞风筝') a.btn")
    reviewer.click("a:has-text('审核通过')")
    reviewer.click("form button:has-text('审核通过')")

    publisher = open_as(PUBLISHER)
    publisher.goto("/elements/")
    publisher.click("li:has-text('在禁放区放飞风筝') a.btn")
    wrong += looked_at(publisher, "candidates-publish", phone=False)
    publisher.click("a:has-text('发布')")
    publisher.click("form button:has-text('发布')")
    assert "已发布" in publisher.content()

    drafter.goto(f"/elements/candidates/{candidate}/")
    assert "已收为事项" in drafter.content()
    drafter.click("text=打开这个事项")
    assert "QH-FZ-101" in drafter.content()
    wrong += looked_at(drafter, "candidates-item", phone=False)
    assert wrong == []
