"""Copy what the site serves from node_modules to <data>/front/vendor and <data>/icons.

`make front` (and `make demo`) first installs the packages of package-lock.json, then runs this.
Without node_modules it says so and ends well: the site works without.
"""

import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("ZHIHENG_DATA", ROOT / "var"))
MODULES = ROOT / "node_modules"

SERVED: tuple[tuple[str, str], ...] = (
    ("htmx.org/dist/htmx.min.js", "htmx/htmx.min.js"),
    ("@alpinejs/csp/dist/cdn.min.js", "alpine/alpine.min.js"),
    ("leaflet/dist/leaflet.js", "leaflet/leaflet.js"),
    ("leaflet/dist/leaflet.css", "leaflet/leaflet.css"),
    ("leaflet/dist/images", "leaflet/images"),
    ("echarts/dist/echarts.min.js", "echarts/echarts.min.js"),
)
ICONS = "lucide-static/icons"
SOURCE_MAP = re.compile(rb"\n?(//|/\*)# sourceMappingURL=\S+(\s*\*/)?")


def main() -> int:
    """Copy, and say in one line what happened."""
    copied = copy_all()
    print(
        f"前端：{copied} 个文件就绪。" if copied else "前端：没有可用的文件，网站以基本样式运行。"
    )
    return 0


def copy_all() -> int:
    """Copy what is served; source-map hints are cut off, since the maps are not served."""
    copied = 0
    for source, target in SERVED:
        copied += copy(MODULES / source, DATA / "front" / "vendor" / target)
    return copied + gather_icons(MODULES / ICONS, DATA / "icons" / "lucide.json")


def gather_icons(folder: Path, target: Path) -> int:
    """All icons in one file, name → what is drawn inside the 24×24 frame."""
    icons = {}
    for source in sorted(folder.glob("*.svg")):
        inside = source.read_text(encoding="utf-8").partition(">\n  <")[2].rpartition("</svg>")[0]
        icons[source.stem] = re.sub(r"\s*\n\s*", "", "<" + inside)
    if not icons:
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(icons), encoding="utf-8")
    return 1


def copy(source: Path, target: Path) -> int:
    """Copy a file or a folder when it is there; returns how many files."""
    if source.is_dir():
        return sum(copy(part, target / part.name) for part in sorted(source.iterdir()))
    if not source.exists():
        return 0
    content = source.read_bytes()
    if source.suffix in (".js", ".css"):
        content = SOURCE_MAP.sub(b"", content)
    if not target.exists() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return 1


if __name__ == "__main__":
    sys.exit(main())
