"""What is wrong with a screen as it stands in the browser."""

import os
from functools import cache
from pathlib import Path

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TAP = 43.5
"""Pixels: a finger needs 44, less half of what rounding takes."""


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def looked_at(page, name: str, *, phone: bool) -> list[str]:
    """What is wrong with the screen; its picture where pictures are asked for."""
    if folder := os.environ.get("ZHIHENG_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{phone}.png", full_page=True)
    found = axe(page) + overflow(page) + (small_targets(page) if phone else [])
    return [f"{name}: {one}" for one in found]


def looked_through(page, addresses: dict[str, str], name: str, *, phone: bool) -> list[str]:
    """What is wrong with each of several screens, by what they are called."""
    wrong = []
    for each, address in addresses.items():
        page.goto(address)
        wrong += looked_at(page, f"{name}-{each}", phone=phone)
    return wrong


def axe(page) -> list[str]:
    """What axe finds serious or critical, one line a finding."""
    page.evaluate(_axe_source())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{v['id']}（{v['impact']}）{v['help']}：{v['nodes'][0]['html'][:160]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def overflow(page) -> list[str]:
    """Whether the page is wider than the window."""
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"横向超出 {over} 像素"] if over > 0 else []


def small_targets(page) -> list[str]:
    """Buttons and fields that a thumb would miss."""
    low = page.evaluate(
        """() => [...document.querySelectorAll('main .btn, main input:not([type=hidden]), main select, .tabbar > *')]
            .filter(e => e.offsetParent && !e.closest('.choice, .drop, [disabled]'))
            .map(e => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 90)])"""
    )
    small = [(height, html) for height, html in low if 0 < height < TAP]
    return [f"只有 {height:.0f} 像素高：{html}" for height, html in small[:3]]
