"""What a browser needs on this machine: which Chromium, and fonts that can show Chinese.

Machines without a Chinese font would show boxes. The fonts of the `pylopdf-fonts-zh-cn` package are
registered through a fontconfig file of our own under the data folder; nothing is installed.
Used by tools/shots.py and tests/browser.
"""

import importlib.util
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("ZHIHENG_DATA", ROOT / "var"))
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")

FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
"""


def font_folder() -> Path | None:
    """Where the fonts package keeps its files; None when it is not installed."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    return Path(spec.origin).parent if spec and spec.origin else None


def fontconfig_file() -> Path | None:
    """Write the fontconfig file and return where it is."""
    fonts = font_folder()
    if fonts is None:
        return None
    folder = DATA / "browser"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "fonts.conf"
    text = FONTS_CONF.format(fonts=fonts, cache=folder / "fontcache")
    if not target.exists() or target.read_text() != text:
        target.write_text(text)
    return target


def browser_environment() -> dict[str, str]:
    """The process environment for a browser, Chinese fonts included."""
    environment = dict(os.environ)
    if conf := fontconfig_file():
        environment["FONTCONFIG_FILE"] = str(conf)
    return environment


def chromium_path() -> str | None:
    """The browser to drive: $CHROMIUM, Debian's, else None for Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for path in CHROMIUM if Path(path).exists()), None)


def launch_options() -> dict[str, object]:
    """Arguments for `playwright.chromium.launch`."""
    options: dict[str, object] = {
        "env": browser_environment(),
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"],
    }
    if path := chromium_path():
        options["executable_path"] = path
    return options
