"""Reading procedures: states, steps, events and invariants, with every name resolved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from zhiheng.rulebook import draft as drafts
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.model import Fact
from zhiheng.rulebook.read_steps import StepReader
from zhiheng.rulebook.source import Lined
from zhiheng.rulebook.tables import Procedure


def read_procedure(*, draft: Draft, path: Path) -> None:
    """Read one version of a procedure."""
    raw = draft.open(path, "procedure")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    place = draft.place(file, raw, "id")
    versions = draft.procedures.setdefault(raw["id"], {})
    if raw["version"] in versions:
        draft.refuse(
            place, f"程序 {raw['id']} 第 {raw['version']} 版已有一份。", "", "请改版本号。"
        )
        return
    facts = _facts_of(draft, raw, file)
    reader = StepReader(draft, file, raw, facts)
    versions[raw["version"]] = Procedure(
        id=raw["id"],
        title=raw["title"],
        version=raw["version"],
        span=drafts.read_span(draft=draft, raw=raw["effective"], place=place),
        status=raw["status"],
        initial=raw["initial"],
        states=MappingProxyType(reader.states()),
        stages=tuple(raw["stages"]),
        facts=tuple(facts),
        steps=MappingProxyType({n: reader.step(n, b) for n, b in raw["steps"].items()}),
        events=MappingProxyType(
            {n: reader.event(n, b) for n, b in (raw.get("events") or {}).items()}
        ),
        invariants=tuple(
            found for body in raw.get("invariants", ()) for found in reader.invariant(body)
        ),
        uses=tuple(reader.block(body) for body in raw.get("uses", ())),
        attaches=reader.attachment(raw.get("attaches")),
        takes=reader.taken(raw),
        design=raw.get("design", ""),
        place=place,
    )


def _facts_of(draft: Draft, raw: Lined, file: str) -> dict[str, Fact]:
    """Return the facts of a procedure: named files and single facts; all, when it names none."""
    if "facts" not in raw:
        return dict(draft.facts)
    names: list[str] = []
    for entry in raw["facts"]:
        if entry in draft.fact_files:
            names += draft.fact_files[entry]
        elif draft.known(
            word=entry,
            choices=[*draft.fact_files, *draft.facts],
            place=draft.place(file, raw, "facts"),
            what="事实或事实文件",
            next_step="请写 rulebook/facts/ 里的文件名（不带 .yaml）或事实的英文名。",
        ):
            names.append(entry)
        else:
            return dict(draft.facts)
    return {name: draft.facts[name] for name in names if name in draft.facts}


def read_invariants(*, draft: Draft, path: Path) -> None:
    """Read invariants that another hand wrote, and add them to all versions of the procedure."""
    raw = draft.open(path, "invariants")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    place = draft.place(file, raw, "procedure")
    if not draft.known(
        word=raw["procedure"],
        choices=draft.procedures,
        place=place,
        what="程序",
        next_step="请改正程序编号。",
    ):
        return
    versions = draft.procedures[raw["procedure"]]
    for version, procedure in versions.items():
        facts = {name: draft.facts[name] for name in procedure.facts}
        reader = StepReader(draft, file, raw, facts, states=procedure.states)
        added = tuple(found for body in raw["invariants"] for found in reader.invariant(body))
        versions[version] = replace(procedure, invariants=procedure.invariants + added)
