"""The reference pages that follow from the rulebook: guards against articles, procedures, tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.elsewhere import elsewhere, lines_of
from zhiheng.rulebook.loader import PROJECT_ROOT
from zhiheng.rulebook.model import Guard

MODES = {"block": "挡", "warn": "提醒", "list": "列线索"}
ROLES = {"agency_head": "行政机关负责人", "unit_head": "办案机构负责人"}
HEAD = """# 护栏总表

由 `manage.py rulebook guards` 生成，不要手改。每条护栏：依据哪一条、挡还是提醒、守在哪些程序的哪些步骤、由哪些故事检验。每条还有写在 `rulebook/guards/` 里的例子，至少一个符合、一个不符合，也是测试。待核的不挡，只提醒或者列线索。
"""
ELSEWHERE = """## 不守在步骤里的

写在 `rulebook/elsewhere.yaml`：由别处保证的，说明在哪里、哪个测试检验；还没有做到的，写“尚未”。
"""


def guards_page(book: Rulebook) -> str:
    """Return the matrix of guards as Markdown: guard → articles → procedures → tests."""
    used, stories = _used(book), _stories(book)
    lines = [HEAD, "| 护栏 | 依据 | 方式 | 守在 | 例 | 故事 |", "|---|---|---|---|---|---|"]
    lines += [
        _row(guard, used.get(guard.id, ()), stories.get(guard.id, ()))
        for guard in sorted(book.guards.values(), key=lambda one: _order(one.id))
    ]
    counts = _counts(book)
    lines.append("")
    lines.append("，".join(f"{name} {number}" for name, number in counts.items()) + "。")
    found = elsewhere(root=book.root, schemas=PROJECT_ROOT / "_schema")
    if found:
        lines += ["", ELSEWHERE, *lines_of(found)]
    return "\n".join(lines) + "\n"


def _order(id: str) -> tuple[int, str]:
    number, _, rest = id.removeprefix("G-").partition("-")
    return int(number), rest


def _row(
    guard: Guard, used: tuple[str, ...] | list[str], stories: tuple[str, ...] | list[str]
) -> str:
    how = MODES[guard.mode] + (
        f"，{ROLES.get(guard.override, guard.override)}可放行" if guard.override else ""
    )
    if not guard.checked.verified:
        how += "，待核"
    basis = "<br>".join(each.text for each in guard.basis)
    cells = (
        f"{guard.id} {guard.title}", basis, how, "<br>".join(used) or "—",
        str(len(guard.cases)), "<br>".join(stories) or "—",
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "／") for cell in cells) + " |"


def _used(book: Rulebook) -> Mapping[str, list[str]]:
    """Where each guard stands, newest versions of the procedures only."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in book.procedures:
        procedure = book.procedure(name)
        steps: dict[str, list[str]] = defaultdict(list)
        for step in procedure.steps.values():
            for guard in dict.fromkeys((*step.guards, *step.guards_after)):
                steps[guard].append(step.title)
        for guard, titles in steps.items():
            found[guard].append(f"{procedure.title}：{'、'.join(titles)}")
    return found


def _stories(book: Rulebook) -> Mapping[str, list[str]]:
    """The stories in which each guard refuses or warns."""
    found: dict[str, list[str]] = defaultdict(list)
    for story in book.stories:
        for guard in dict.fromkeys(_named(story.steps)):
            found[guard].append(f"`{story.place.file.removeprefix('stories/')}`")
    return found


def _named(steps: tuple[object, ...]) -> Iterator[str]:
    for step in steps:
        expect = getattr(step, "expect", {})
        for key in ("blocked_by", "warned_by", "listed_by"):
            yield from expect.get(key, ())


def _counts(book: Rulebook) -> dict[str, int]:
    guards = book.guards.values()
    return {
        "护栏": len(book.guards),
        "挡": sum(one.mode == "block" for one in guards),
        "提醒": sum(one.mode == "warn" for one in guards),
        "列线索": sum(one.mode == "list" for one in guards),
        "待核": sum(not one.checked.verified for one in guards),
        "例": sum(len(one.cases) for one in guards),
        "程序": len(book.procedures),
        "故事": len(book.stories),
    }
