"""Take the handbook's pictures from a running server, at the desk and on the phone.

    python tools/shots.py [--url http://127.0.0.1:8000] [--out docs/user/shots] [NAME …]

The name `documents` stands for the contact sheets of all papers, made from their samples; they
need no server. Each other picture is one screen of SCREENS, seen by one of the demo people; a screen that is found by
following a link names the link. Pictures are reduced to few colours, so that they stay small.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from browser_env import ROOT, launch_options
from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
COLOURS = 256
HEAVIEST = 120 * 1024
SHEET_HEAVIEST = 360 * 1024  # many small pages of writing: fewer bytes would blur them
DOCUMENTS = "documents"
PASSWORD = os.environ.get("ZHIHENG_DEMO_PASSWORD", "qingheng-demo")


@dataclass(frozen=True)
class Screen:
    """A named screen: where it is, who sees it, and which links lead on from there."""

    name: str
    path: str
    user: str = ""
    follow: tuple[str, ...] = ()
    widths: tuple[str, ...] = ("desk", "phone")


UNDER_WAY = "main .chips a:has-text('调查取证')"
TASK = "ul.todo h3 a"
FIRST_ROW = "main table a"
STEP = ".step-do .btn.primary"

SCREENS = (
    Screen("login", "/account/login/"),
    Screen("todo", "/todo/", "lizhifa"),
    Screen("dossier", "/cases/", "lizhifa", (UNDER_WAY, FIRST_ROW)),
    Screen("cases", "/cases/", "lizhifa"),
    Screen("clues", "/clues/", "fengjiexian"),
    Screen("register", "/clues/new/", "fengjiexian"),
    Screen("review", "/todo/", "wangshenhe", (TASK, STEP)),
    Screen("evidence", "/evidence/", "lizhifa"),
    Screen("search", "/search/?q=油烟", "lizhifa"),
    Screen("elements", "/elements/", "chuyaosu"),
    Screen("people", "/people/", "shenxitong"),
    Screen("log", "/log/"),
    Screen("patterns", "/_patterns", "shenxitong"),
)


def main() -> int:
    """Take the pictures asked for; a screen that cannot be reached is named, the others go on."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="只拍这些")
    parser.add_argument("--url", default=os.environ.get("ZHIHENG_URL", "http://127.0.0.1:8000"))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "user" / "shots")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    failed = document_sheets(options.out) if DOCUMENTS in options.names or not options.names else []
    if options.names == [DOCUMENTS]:
        return report(failed)
    if not answers(options.url):
        print(f"✗ {options.url} 没有应答。请先在另一个终端运行 make demo，再拍。")
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for screen in SCREENS:
            if options.names and screen.name not in options.names:
                continue
            for width in screen.widths:
                problem = take(browser, screen, width, options.url, options.out)
                failed += [problem] if problem else []
        browser.close()
    return report(failed)


def report(failed: list[str]) -> int:
    """Name what went wrong; the exit code."""
    for problem in failed:
        print(f"✗ {problem}")
    return 1 if failed else 0


def document_sheets(out: Path) -> list[str]:
    """The contact sheets of all papers (documents-1.png and on); what went wrong, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "manage.py"), "documents", "sheet", folder]
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if made.returncode:
            return [f"{DOCUMENTS}：{made.stderr.strip().splitlines()[-1]}"]
        for old in out.glob(f"{DOCUMENTS}-*.png"):
            old.unlink()
        for sheet in sorted(Path(folder).glob("*.png")):
            save(sheet.read_bytes(), out / sheet.name, heaviest=SHEET_HEAVIEST)
            print(f"✓ {out.name}/{sheet.name}（{(out / sheet.name).stat().st_size // 1024} KB）")
    return []


def answers(url: str) -> bool:
    """Whether a server is there at all."""
    try:
        with urllib.request.urlopen(f"{url}/account/login/", timeout=10):
            return True
    except OSError:
        return False


def take(browser: Browser, screen: Screen, width: str, url: str, out: Path) -> str:
    """One picture; returns what went wrong, or nothing."""
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    target = out / (f"{screen.name}.png" if width == "desk" else f"{screen.name}-{width}.png")
    try:
        if screen.user:
            sign_in(page, url, screen.user)
        answer = page.goto(url + screen.path)
        for link in screen.follow:
            page.locator(link).first.click(timeout=5000)
            page.wait_for_load_state()
        if answer is None or not answer.ok:
            return f"{screen.name}：{url}{screen.path} 打不开（{answer.status if answer else '无应答'}）"
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        save(page.screenshot(), target)
    except Error as wrong:
        return f"{screen.name}（{width}）：{wrong.message.splitlines()[0]}"
    finally:
        context.close()
    shown = target.relative_to(ROOT) if target.is_relative_to(ROOT) else target
    print(f"✓ {shown}（{target.stat().st_size // 1024} KB）")
    return ""


def sign_in(page: Page, url: str, user: str) -> None:
    """Through the sign-in screen, like anybody."""
    page.goto(f"{url}/account/login/")
    page.fill("[name=login]", user)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.primary")
    page.wait_for_load_state()


def save(png: bytes, target: Path, heaviest: int = HEAVIEST) -> None:
    """Few colours first; fewer until it is light enough."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    colours = COLOURS
    while True:
        small = io.BytesIO()
        reduced = picture.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        reduced.save(small, "PNG", optimize=True)
        if small.tell() <= heaviest or colours <= 8:
            break
        colours //= 2
    target.write_bytes(small.getvalue())


if __name__ == "__main__":
    sys.exit(main())
