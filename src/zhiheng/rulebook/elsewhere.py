"""Guards that no step holds: where each is held instead, by which test, or that it is not yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhiheng.rulebook.problems import RulebookError
from zhiheng.rulebook.schemas import check_shape
from zhiheng.rulebook.source import read_yaml

FILE = "elsewhere.yaml"
STATES = {"HELD": "已守住", "PARTLY": "守住一部分", "NOT_YET": "尚未"}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One guard of the design that is held by something other than a step.

    `where` and `test` are paths from the root of the project; a test may name its function after
    two colons. What is not yet held names neither.
    """

    id: str
    title: str
    state: str
    how: str
    where: tuple[str, ...]
    test: tuple[str, ...]


def elsewhere(*, root: Path, schemas: Path) -> list[Elsewhere]:
    """Read the list, in the order of the ids; a rulebook without one has none.

    Raises:
        RulebookError: the file cannot be read, or does not fit its schema.
    """
    path = root / FILE
    if not path.is_file():
        return []
    content, problems = read_yaml(path=path, name=FILE)
    problems = problems or check_shape(content=content, kind="elsewhere", name=FILE, folder=schemas)
    if problems:
        raise RulebookError(problems=problems)
    return [
        Elsewhere(
            id=key, title=body["title"], state=body["state"], how=body["how"],
            where=tuple(body.get("where", ())), test=tuple(body.get("test", ())),
        )
        for key, body in sorted(content.items())
    ]  # fmt: skip


def lines_of(found: list[Elsewhere]) -> list[str]:
    """The list as Markdown: what is held, how, by what; what is not yet says so."""
    lines = []
    for one in found:
        lines.append(f"- **{one.id} {one.title}**（{STATES[one.state]}）：{one.how}")
        if one.where:
            lines.append(f"  在 {'、'.join(f'`{path}`' for path in one.where)}。")
        if one.test:
            lines.append(f"  检验：{'、'.join(f'`{path}`' for path in one.test)}。")
    return lines
