"""The table of procedures: steps, guards, documents, tests; whole for docs/reference, short for README."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.tables import Procedure

BEGIN, END = "<!-- procedures:begin -->", "<!-- procedures:end -->"
HEAD = """# 程序总表

由 `manage.py rulebook table` 生成，不要手改。每个程序：步骤、守在步骤上的护栏、产生的文书、检验它的故事。每个程序都穷举证明过（`rulebook verify`），随机走过；每个终点都有故事走到，有卷宗的程序的每个终点还有经网页的流程测试（`tests/journeys/ends.py`）。
"""
README_HEAD = ("| 程序 | 步骤 | 护栏 | 文书 | 检验：故事 / 终点 |", "|---|---|---|---|---|")
README_FOOT = (
    "每个程序都穷举证明、随机走过；每个终点都有故事走到，自己有卷宗的程序还有经网页的流程测试走到。"
    "逐项见[程序总表](docs/reference/procedures.md)、[护栏总表](docs/reference/guards.md)。"
)


def procedures_page(book: Rulebook) -> str:
    """Return the table of procedures as a page of Markdown."""
    stories = _stories(book)
    lines = [HEAD]
    for procedure in _newest(book):
        lines += [f"## {procedure.title} `{procedure.id}`", ""]
        lines += ["| 步骤 | 由谁 | 护栏 | 文书 |", "|---|---|---|---|"]
        for step in procedure.steps.values():
            guards = dict.fromkeys((*step.guards, *step.guards_after))
            cells = (step.title, "、".join(step.by), "、".join(guards), "、".join(step.produces))
            lines.append("| " + " | ".join(cell or "—" for cell in cells) + " |")
        lines += ["", f"终点：{'、'.join(_ends(procedure))}。", ""]
        told = [f"`{file}`" for file in stories.get(procedure.id, ())]
        lines += [f"故事 {len(told)} 个：{'、'.join(told)}。", ""]
    return "\n".join(lines)


def readme_table(book: Rulebook) -> str:
    """Return the short table: one row a procedure, with numbers."""
    stories = _stories(book)
    lines, sums = list(README_HEAD), Counter[str]()
    for procedure in _newest(book):
        steps = procedure.steps.values()
        guards = {name for step in steps for name in (*step.guards, *step.guards_after)}
        papers = {code for step in steps for code in step.produces}
        told, ends = len(stories.get(procedure.id, ())), len(list(_ends(procedure)))
        lines.append(
            f"| {procedure.title} | {len(steps)} | {len(guards)} | {len(papers)} | {told} / {ends} |"
        )
        sums.update(steps=len(steps), told=told, ends=ends)
    lines.append(
        f"| **{len(book.procedures)} 个程序** | **{sums['steps']}** | **{len(book.guards)} 条** | "
        f"**{len(_papers(book))} 种** | **{sums['told']} / {sums['ends']}** |"
    )
    return "\n".join((*lines, "", README_FOOT))


def into_readme(book: Rulebook, text: str) -> str:
    """Return the text with the short table between its two marks.

    Raises:
        ValueError: the marks are not there.
    """
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{BEGIN} … {END} is missing")
    return f"{head}{BEGIN}\n{readme_table(book)}\n{END}{tail}"


def _newest(book: Rulebook) -> Iterator[Procedure]:
    """Main procedures first, then what runs beside or inside them."""
    for name in sorted(book.procedures, key=_rank):
        yield book.procedure(name)


def _rank(name: str) -> tuple[bool, bool, str]:
    return not name.startswith("penalty."), name != "penalty.ordinary", name


def _papers(book: Rulebook) -> set[str]:
    return {code for one in _newest(book) for step in one.steps.values() for code in step.produces}


def _ends(procedure: Procedure) -> Iterable[str]:
    return [state.title for state in procedure.states.values() if state.final]


def _stories(book: Rulebook) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for story in book.stories:
        found.setdefault(story.procedure, []).append(story.place.file.removeprefix("stories/"))
    return found
