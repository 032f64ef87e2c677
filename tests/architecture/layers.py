"""The order of the house, read from the one place that states it: pyproject.toml."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def layers() -> list[set[str]]:
    """Return the layers of contexts, top first."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    lines = tool["importlinter"]["contracts"][0]["layers"]
    return [{name.strip(" ()") for name in line.split("|")} for line in lines]


def height(context: str) -> int:
    """Return how high a context stands; the kernel is 0."""
    order = layers()
    return next(len(order) - 1 - i for i, names in enumerate(order) if context in names)
