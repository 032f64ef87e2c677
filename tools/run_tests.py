"""`make test`, `make check` and their kin: set up what they need, run it, say what failed.

Standard library only until the virtual environment is there.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import preflight
from preflight import DATA, ROOT, Trouble

SOURCE = ROOT / "src" / "zhiheng"
PY = str(ROOT / ".venv" / "bin" / "python")
BIN = ROOT / ".venv" / "bin"


def environment(**more: str) -> dict[str, str]:
    """Return the environment of all tools: our packages first, no pools, no colour codes."""
    path = f"{BIN}:{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "ZHIHENG_DB_POOL": "0", "NO_COLOR": "1", **more}


def has_command(name: str) -> bool:
    """Say whether manage.py knows a command."""
    return any(SOURCE.glob(f"*/management/commands/{name}.py"))


def checks() -> dict[str, list[str]]:
    """Return the fast checks by name, the slowest first."""
    manage = [PY, str(ROOT / "manage.py")]
    parts = {
        "类型 mypy": [PY, "-m", "mypy", "--no-error-summary"],
        "迁移 migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "规则 rulebook": [*manage, "rulebook", "check"],
        "模板 djlint": [PY, "-m", "djlint", "src", "--lint", "--quiet"],
        "分层 lint-imports": [
            PY,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
        ],
        "数据 yamllint": [PY, "-m", "yamllint", "--strict", "."],
        "写法 ruff": [PY, "-m", "ruff", "check", "--quiet", "."],
        "格式 ruff format": [PY, "-m", "ruff", "format", "--check", "--quiet", "."],
    }
    if not has_command("rulebook"):
        del parts["规则 rulebook"]
    return parts


def _check(item: tuple[str, list[str]]) -> tuple[str, bool, str, float]:
    name, command = item
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment())
    return name, done.returncode == 0, done.stdout + done.stderr, time.monotonic() - began


def run_checks() -> bool:
    """Run the fast checks side by side; print what each that failed had to say."""
    good = True
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        for name, fine, said, seconds in pool.map(_check, checks().items()):
            print(f"  {'✓' if fine else '✗'} {name}（{seconds:.0f} 秒）", flush=True)
            if not fine:
                good = False
                print("\n".join("      " + line for line in said.strip().splitlines()[-60:]))
    return good


def run_pytest(*arguments: str, **more: str) -> bool:
    """Run pytest; an empty selection is no failure."""
    command = [PY, "-m", "pytest", "-q", "--durations=5", *arguments]
    code = subprocess.run(command, cwd=ROOT, env=environment(**more), check=False).returncode
    return code in (0, 5)


def run_tests() -> bool:
    """Run everything: checks, tests without a browser, with parts killed, and with a browser."""
    import install

    chromium = install.ensure_chromium()
    if chromium is None:
        raise Trouble(
            "没有找到 Chromium，也无法下载。请运行 sudo apt-get install chromium 后重试 make test。"
        )
    print("检查 / checks", flush=True)
    good = run_checks()
    print("单元与流程测试 / unit and journey tests", flush=True)
    workers = str(max(2, min(8, os.cpu_count() or 2)))
    good &= run_pytest("-n", workers, "-m", "not browser and not slow and not faults")
    print("故障测试 / kill -9 in the middle of steps", flush=True)
    good &= run_pytest("-m", "faults", "tests/faults")
    print("浏览器测试 / browser tests", flush=True)
    # A file each: every worker fills its site once and goes through its files.
    side_by_side = ("-n", workers, "--dist", "loadfile")
    good &= run_pytest(*side_by_side, "-m", "browser and not slow", "tests", CHROMIUM=chromium)
    return good


def run_fix() -> bool:
    """Let the tools put right what they can."""
    for command in (
        [PY, "-m", "ruff", "check", "--fix", "."],
        [PY, "-m", "ruff", "format", "."],
    ):
        subprocess.run(command, cwd=ROOT, env=environment(), check=False)
    return True


def run_bench() -> bool:
    """Run every benchmark at its small size; each prints one JSON object on its last line."""
    import install

    install.ensure_packages("bench")
    good = True
    for module in sorted((ROOT / "benchmarks").glob("*.py")):
        if module.name.startswith("_"):
            continue
        print(f"benchmarks.{module.stem}", flush=True)
        command = [PY, "-m", f"benchmarks.{module.stem}", "--quick"]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        print("  " + (done.stdout.strip().splitlines() or ["（没有输出）"])[-1], flush=True)
        good &= done.returncode == 0
    return good


@contextmanager
def demonstration() -> Iterator[str]:
    """Give the address of a running demonstration; start one, and stop it after, if need be."""
    port = preflight.wanted_port()
    url = f"http://127.0.0.1:{port}"
    try:
        urllib.request.urlopen(url, timeout=5).close()
        yield url
        return
    except OSError:
        pass
    command = [PY, str(ROOT / "tools" / "serve.py"), str(port)]
    serve = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        if not any("已就绪" in line for line in serve.stdout or ()):
            raise Trouble("演示系统没有启动成功，请先用 make demo 查看原因。")
        yield url
    finally:
        serve.send_signal(signal.SIGINT)
        serve.communicate()


def run_shots() -> bool:
    """Take the pictures of the handbook."""
    import install

    chromium = install.ensure_chromium()
    if chromium is None:
        raise Trouble("没有找到 Chromium，请运行 sudo apt-get install chromium。")
    with demonstration() as url:
        command = [PY, str(ROOT / "tools" / "shots.py"), "--url", url, *sys.argv[2:]]
        shots = subprocess.run(command, cwd=ROOT, env=environment(CHROMIUM=chromium), check=False)
    return shots.returncode == 0


ACTIONS = {
    "--check": run_checks,
    "--fix": run_fix,
    "--bench": run_bench,
    "--shots": run_shots,
    "--front": lambda: True,
    "--faults": lambda: run_pytest("-m", "slow or faults", "tests/faults"),
}


def main() -> None:
    """Set up, then do what was asked for."""
    began = time.monotonic()
    try:
        preflight.check_all()
        import install

        install.ensure_both("dev")
        Path(DATA / "log").mkdir(parents=True, exist_ok=True)
        good = ACTIONS.get("".join(sys.argv[1:2]), run_tests)()
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")
    except KeyboardInterrupt:
        sys.exit("\n已中断。")
    print(f"{'✓ 全部通过' if good else '✗ 有未通过的项目'}（{time.monotonic() - began:.0f} 秒）")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
