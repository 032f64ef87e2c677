"""Every screen, as each kind of person sees it: nothing serious for axe, no overflow, no complaint.

The screens are found as people find them: from the rail, then the first links on each page. So a
new screen is looked at without a line here.
"""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.browser.looking import axe, overflow, small_targets
from zhiheng.people.api import PERMISSIONS
from zhiheng.web.shell import MENU, RAIL, first_url

pytestmark = pytest.mark.browser

MOST = 12
"""Screens looked at for one person."""
OFTEN = 2
"""A screen is looked at for so many people, then the next person's own screens have their turn."""
seen_by: Counter[tuple[str, bool]] = Counter()

START = "/todo/"
PUBLIC = {"/account/login/": 200, "/log/": 200, "/pay/": 200, "/nowhere": 404}
OWN = {
    "/_patterns": 200,
    "/_patterns?bad": 422,
    "/account/2fa/": 200,
    "/account/password/change/": 200,
}
PEOPLE = ("lizhifa", "fengjiexian", "wangshenhe", "zhaojuzhang", "qianducha", "shenxitong")
SKIP = re.compile(r"\.(pdf|csv|xlsx|zip|json|txt)$|/file|/pdf|/download|/logout|/static/|/raw")


def look(page, address: str, *, phone: bool, expected: tuple[int, ...] = (200,)) -> list[str]:
    """Everything wrong with one screen."""
    complaints: list[str] = []

    def hear(message) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(address)
    wrong = [] if answer.status in expected else [f"答 {answer.status}"]
    wrong += axe(page)
    wrong += overflow(page)
    if phone:
        wrong += small_targets(page)
    page.remove_listener("console", hear)
    return wrong + [f"浏览器说：{text}" for text in complaints]


def kind_of(address: str) -> str:
    """Screens that differ by number only are one screen."""
    parts = urlsplit(address)
    path = re.sub(r"[0-9a-f-]{16,}|\d+|[A-Z0-9]{6,}", "*", parts.path)
    return path + (
        "?" + ",".join(sorted(q.split("=")[0] for q in parts.query.split("&")))
        if parts.query
        else ""
    )


def links(page, site: str, within: str) -> list[str]:
    """Addresses on this page that lead to screens of this site."""
    hrefs = page.eval_on_selector_all(f"{within} a[href]", "all => all.map(a => a.href)")
    return [
        h.split("#")[0].removeprefix(site)
        for h in hrefs
        if h.startswith(site) and not SKIP.search(h)
    ]


def screens_of(page, site: str) -> list[str]:
    """The rail first, then what its pages lead to, one of each kind."""
    page.goto(START)
    seen: dict[str, str] = {}
    for address in [START, *links(page, site, ".rail")]:
        seen.setdefault(kind_of(address), address)
    for _ in range(2):
        for address in list(seen.values()):
            if len(seen) >= MOST:
                break
            page.goto(address)
            for found in links(page, site, "main"):
                if len(seen) < MOST:
                    seen.setdefault(kind_of(found), found)
    return list(seen.values())


def test_rail_asks_for_permissions_that_exist(db):
    """Asks for `db` too: pytest-django makes a database only for folders with such a test."""
    entries = (*RAIL, *MENU)
    assert {e.permission for e in entries if e.permission and first_url(e.urls)} <= set(PERMISSIONS)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_screens_for_anybody(open_as, phone):
    page = open_as(phone=phone)
    problems = {a: look(page, a, phone=phone, expected=(s,)) for a, s in PUBLIC.items()}
    assert {a: p for a, p in problems.items() if p} == {}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_components_and_own_account(open_as, phone):
    page = open_as("shenxitong", phone=phone)
    problems = {a: look(page, a, phone=phone, expected=(s,)) for a, s in OWN.items()}
    assert {a: p for a, p in problems.items() if p} == {}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("username", PEOPLE)
def test_screens_of_work(open_as, demo_site, username, phone):
    page = open_as(username, phone=phone)
    found = [a for a in screens_of(page, demo_site) if seen_by[kind_of(a), phone] < OFTEN]
    seen_by.update((kind_of(a), phone) for a in found)
    problems = {a: look(page, a, phone=phone) for a in found}
    assert {a: p for a, p in problems.items() if p} == {}


def test_large_print_and_no_script(open_as):
    page = open_as("lizhifa", phone=True, java_script_enabled=False)
    page.goto(START)
    page.locator("summary", has_text="我的菜单").first.click()
    page.locator("button", has_text="大字版").first.click()
    assert "large" in page.locator("html").get_attribute("class")
    page.locator("summary", has_text="我的菜单").first.click()
    page.locator("button", has_text="退出登录").first.click()
    assert "/account/login/" in page.url


def test_slash_goes_to_the_search_box(open_as):
    page = open_as("lizhifa")
    page.goto(START)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
