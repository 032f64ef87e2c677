"""Item candidates in the browser: readable and without fault at the desk and on the phone."""

import os

import pytest

from tests.browser.conftest import _page, session_cookie
from tests.browser.looking import axe, overflow, small_targets

pytestmark = pytest.mark.browser


@pytest.fixture
def candidate(county_site, django_db_blocker):
    from concurrent.futures import ThreadPoolExecutor

    from zhiheng.elements.tests import clause_maker

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(clause_maker.waiting).result()


def test_there_is_a_county(db):
    """The database is made for tests that ask for it; the server below borrows it."""


@pytest.mark.parametrize("phone", [False, True])
def test_a_candidate_can_be_read_and_decided(chromium, county_site, candidate, phone):
    page = _page(chromium, county_site, phone=phone)
    page.context.add_cookies([{**session_cookie("chuyaosu"), "url": county_site}])
    wrong = []
    for name, address in (
        ("list", "/elements/candidates/"),
        ("show", f"/elements/candidates/{candidate}/"),
    ):
        page.goto(address)
        if folder := os.environ.get("ZHIHENG_SHOTS"):
            page.screenshot(path=f"{folder}/candidates-{name}-{phone}.png", full_page=True)
        wrong += axe(page) + overflow(page) + (small_targets(page) if phone else [])
    assert wrong == []
    page.fill("#dismiss [name=reason]", "不归本县")
    page.click("#dismiss button")
    assert "已记为不收" in page.content()
    page.context.close()
