"""Weighing a case in the browser: answer, see why, decide; and the same act elsewhere."""

import os
from pathlib import Path

import pytest

from tests.browser.looking import axe, overflow, small_targets

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("ZHIHENG_SHOTS", "")  # a folder to leave pictures in, for whoever looks
CHOICES = {
    "duty_breached": "true", "over_standard": "true", "repeated": "false",
    "facts_established": "true", "party_age_group": "ADULT", "party_capacity": "FULL",
    "limitation_ok": "true", "no_fault_proven": "false", "minor": "false",
    "corrected_in_time": "true", "harm": "LIGHT", "first_time": "false",
    "first_listed": "false", "lighter_found": "-", "heavier_found": "-",
}  # fmt: skip


def looks(page, name: str, *, phone: bool) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{'phone' if phone else 'desk'}.png",
                        full_page=True)  # fmt: skip
    wrong = axe(page) + overflow(page) + (small_targets(page) if phone else [])
    assert wrong == [], f"{name}：{wrong}"


def under_way(page) -> str:
    """The address of a case about oil fume that is being investigated."""
    page.goto("/cases/?state=FILED")
    row = page.locator("main tr", has_text="油烟").first
    return str(row.locator("a").first.get_attribute("href"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_case_is_weighed_and_a_person_decides(open_as, phone, script):
    if phone and not script:
        pytest.skip("the same form as at the desk without script")
    page = open_as("lizhifa", phone=phone, java_script_enabled=script)
    address = under_way(page)
    page.goto(f"{address}discretion/")
    assert "不由机器决定" in page.locator("main").inner_text()
    if script:
        looks(page, "discretion-open", phone=phone)
    for name, value in CHOICES.items():
        box = page.locator(f"input[name={name}][value='{value}']")
        (box.check if box.count() else print)(force=True)
    page.fill("input[name=exceed_percent]", "80")
    page.fill("input[name=complaints_proven]", "0")
    page.locator("button", has_text="按这些回答算一算").click()
    page.wait_for_load_state()
    assert "从轻" in page.locator(".result h2").inner_text()
    if script:
        looks(page, "discretion-read", phone=phone)
    page.locator("input[name=decided_tier][value=LIGHT]").check(force=True)
    page.fill("input[name=decided_fine]", "11,000")
    page.fill("textarea[name=decided_reason]", "超标一倍以内，七日内已经改正，从轻。")
    page.locator("button", has_text="保存测算").click()
    page.wait_for_load_state()
    assert "重新演算，结果一致" in page.locator("body").inner_text()
    if script:
        looks(page, "discretion-kept", phone=phone)
    page.goto(f"{address}do/conclude/")
    assert page.locator("input[name=fine_proposed]").input_value() == "11,000"
    if script:
        looks(page, "discretion-conclude", phone=phone)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_same_act_is_looked_for_and_the_first_violation_asked(open_as, phone):
    page = open_as("lizhifa", phone=phone)
    address = under_way(page)
    page.goto(f"{address}elsewhere/")
    page.fill("input[name=first-months]", "24")
    page.locator("button", has_text="查询全部机关").click()
    page.wait_for_load_state()
    assert "查询期间" in page.locator("main").inner_text()
    looks(page, "elsewhere", phone=phone)
    page.goto(address)
    looks(page, "case", phone=phone)
