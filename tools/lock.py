"""Write the lock files: exact versions with hashes, and no address of any index.

`make lock` runs this. Each file is complete in itself: requirements.lock is what a running
platform needs, requirements-dev.lock adds the tools of `make test`, requirements-bench.lock
the peers that `make bench` measures beside us, requirements-node.lock a Node.js for machines
that have none.
"""

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


if __name__ == "__main__":
    for lock, chosen in LOCKS.items():
        write_lock(lock, chosen, "requirements.lock" if chosen else None)
