"""Change impact: what differs between two rulebooks, and which procedures and steps it reaches."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from zhiheng.kernel.errors import ZhihengError
from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.clocks import calendar_of
from zhiheng.rulebook.expressions import Expression
from zhiheng.rulebook.loader import load
from zhiheng.rulebook.tables import Procedure

KINDS = {
    "statute": "法规",
    "fact": "事实",
    "parameter": "参数",
    "guard": "护栏",
    "procedure": "程序",
    "table": "裁量表",
    "calendar": "工作日历",
}
LEFT_OUT = ("place", "cases", "help")
TIERS = frozenset(
    {"tier_code", "tier_min", "tier_max", "benchmark_current"}
)  # what a table decides


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that differs.

    Attributes:
        kind: statute, fact, parameter, guard, procedure, table or calendar.
        id: the rule.
        title: its Chinese name.
        what: added, removed or changed.
        parts: for a change, the fields that differ: (name, before, after).
        steps: procedure → steps that the change reaches.
        item: for a discretion table, the item whose matters alone it reaches; else empty.
    """

    kind: str
    id: str
    title: str
    what: str
    parts: tuple[tuple[str, str, str], ...]
    steps: Mapping[str, tuple[str, ...]]
    item: str = ""


def compare(*, old: Rulebook, new: Rulebook) -> list[Change]:
    """Return all changed rules, with the procedures and steps that each reaches."""
    pairs: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [
        ("statute", old.statutes, new.statutes),
        ("fact", old.all_facts, new.all_facts),
        ("parameter", old.parameters, new.parameters),
        ("guard", old.guards, new.guards),
        ("procedure", _newest(old), _newest(new)),
        ("table", old.tables, new.tables),
    ]
    changes = []
    for kind, before, after in pairs:
        for name in sorted({*before, *after}):
            one, other = before.get(name), after.get(name)
            parts = tuple(_parts(one, other)) if one and other else ()
            if one and other and not parts:
                continue
            what = "changed" if parts else "added" if other else "removed"
            found: Any = other or one
            book = new if other else old
            steps = reach(book=book, kind=kind, name=name)
            if kind == "procedure" and what == "changed":
                steps = {name: _changed_steps(parts, steps.get(name, ()))}
            item = found.item if kind == "table" else ""
            changes.append(Change(kind, name, found.title, what, parts, steps, item))
    before_version = calendar_of(old.root).version
    after_version = calendar_of(new.root).version
    if before_version != after_version:
        parts = (("version", before_version, after_version),)
        every = {p: tuple(found.steps) for p, found in _newest(new).items()}
        changes.append(Change("calendar", "calendar", "放假调休日历", "changed", parts, every))
    return changes


def _changed_steps(
    parts: tuple[tuple[str, str, str], ...], every: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the steps that a change of a procedure names; all, when it is about the whole."""
    names = [name.split(".")[1] for name, _, _ in parts if name.startswith("steps.")]
    return tuple(dict.fromkeys(names)) if len(names) == len(parts) else every


def still_ahead(*, procedure: Procedure, state: str, steps: Iterable[str]) -> tuple[str, ...]:
    """Return those of the steps that a matter in a state may still come to."""
    seen = {state}
    grown = True
    moves = [(s.from_, s.to) for s in procedure.steps.values()]
    moves += [(e.from_ or tuple(procedure.states), e.to) for e in procedure.events.values()]
    while grown:
        reached = {to for sources, to in moves if to and seen & set(sources)}
        grown = not reached <= seen
        seen |= reached
    return tuple(s for s in steps if s in procedure.steps and seen & set(procedure.steps[s].from_))


def _newest(book: Rulebook) -> dict[str, Any]:
    return {name: book.procedure(name) for name in book.procedures}


def _parts(one: Any, other: Any) -> Iterator[tuple[str, str, str]]:
    return _differences("", plain(one), plain(other))


def _differences(name: str, before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    """Yield what differs, as deep as both sides have the same form."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            inner = f"{name}.{key}" if name else str(key)
            yield from _differences(inner, before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(f"{name}[{index + 1}]", one, other)
    elif before != after:
        yield name, shown(before), shown(after)


def shown(value: Any) -> str:
    """Return a value for a line of the report."""
    if value is None or value in ("", [], {}):
        return "（无）"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(shown(entry) for entry in value)
    if isinstance(value, dict):
        return str(value.get("text") or value.get("title") or "（整条）")
    return str(value)


def plain(value: Any) -> Any:
    """Return a value without the places where it was written, for comparing and printing."""
    if isinstance(value, Expression):
        return value.source
    if is_dataclass(value):
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in LEFT_OUT
        }
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def reach(*, book: Rulebook, kind: str, name: str) -> dict[str, tuple[str, ...]]:
    """Return the procedures and steps that a rule has a say in."""
    found: dict[str, tuple[str, ...]] = {}
    for id, procedure in _newest(book).items():
        steps = tuple(
            step.id for step in procedure.steps.values() if _concerns(book, kind, name, step, id)
        )
        if steps:
            found[id] = steps
    return found


def _concerns(book: Rulebook, kind: str, name: str, step: Any, procedure: str) -> bool:
    guards = [book.guards[guard] for guard in (*step.guards, *step.guards_after)]
    facts = {n for guard in guards for n in guard.when.variables} | {*step.asks, *step.sets}
    if kind == "table":
        return not TIERS.isdisjoint(facts)
    if kind == "guard":
        return any(guard.id == name for guard in guards)
    if kind == "fact":
        return name in facts
    if kind == "parameter":
        behind = {book.all_facts[fact].deadline for fact in facts if fact in book.all_facts}
        return name in (*step.starts, *step.meets) or name in behind
    if kind == "statute":
        cited = {basis.statute for guard in guards for basis in guard.basis}
        return name in cited | {basis.statute for basis in (*step.basis, *step.law)}
    return kind == "procedure" and name == procedure


@contextmanager
def earlier(*, root: Path, against: str) -> Iterator[Rulebook]:
    """Load the rulebook to compare with: a folder, or a git revision of this one.

    Raises:
        ZhihengError: neither a folder nor a revision.
    """
    if Path(against).is_dir():
        yield load(against)
        return
    done = subprocess.run(
        ["git", "archive", "--format=tar", against, "."],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise ZhihengError(
            f"{against} 既不是文件夹，也不是版本库里的一个版本。",
            next_step="请写另一份规则书的文件夹，或 git 的提交号、标签、分支名。",
        )
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield load(folder)


def change_lines(change: Change) -> Iterator[str]:
    """Yield what `impact` prints about one change."""
    what = {"added": "新增", "removed": "删去", "changed": "修改"}[change.what]
    yield f"{what}{KINDS[change.kind]} {change.id} {change.title}"
    for name, before, after in change.parts:
        yield f"    {name}：{before} → {after}"
    for procedure, steps in change.steps.items():
        yield f"    涉及 {procedure}：{'、'.join(steps)}"
