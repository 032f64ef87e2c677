"""The rulebook as the rest of the platform sees it: ask for a rule at a date and a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from zhiheng.rulebook.discretion_model import Grounds, Table
from zhiheng.rulebook.model import (
    NOTHING,
    Basis,
    Checked,
    DatedValue,
    Fact,
    Guard,
    Parameter,
    Statute,
    Value,
)
from zhiheng.rulebook.problems import UnknownRule, known_among
from zhiheng.rulebook.tables import Procedure, Story

BASE_DOMAIN = "base"
STRENGTH = {"list": 0, "warn": 1, "block": 2}


@dataclass(frozen=True, slots=True)
class Raise:
    """A lower layer makes a guard stricter."""

    mode: str
    basis: tuple[Basis, ...]
    checked: Checked


@dataclass(frozen=True, slots=True)
class Region:
    """What a place adds, tightens or sets."""

    code: str
    title: str
    level: str
    raises: Mapping[str, Raise] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Added:
    """A guard that a region adds to a step."""

    region: str
    guard: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of one tree, loaded and checked as a whole."""

    root: Path
    version: str
    statutes: Mapping[str, Statute]
    all_facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    guards: Mapping[str, Guard]
    procedures: Mapping[str, Mapping[int, Procedure]]
    tables: Mapping[str, Table]
    grounds: Mapping[str, Grounds]
    stories: tuple[Story, ...]
    regions: Mapping[str, Region]
    added: Mapping[tuple[str, str, str], tuple[Added, ...]]

    def procedure(self, id: str, version: int | None = None) -> Procedure:
        """Return a procedure; without a version, the newest active one.

        Raises:
            UnknownRule: no such procedure or version.
        """
        versions = self.procedures.get(id)
        if not versions:
            raise unknown("程序", id, self.procedures)
        if version is not None:
            if version not in versions:
                raise unknown(f"程序 {id} 的版本", str(version), map(str, versions))
            return versions[version]
        active = [number for number, found in versions.items() if found.status == "active"]
        return versions[max(active or versions)]

    def guard(self, id: str) -> Guard:
        """Return a guard; raises UnknownRule."""
        if id not in self.guards:
            raise unknown("护栏", id, self.guards)
        return self.guards[id]

    def parameter(self, id: str, *, on: date, region: str = "", domain: str = "") -> DatedValue:
        """Return the value in force on a day; the own domain before the base, the nearer region first.

        Raises:
            UnknownRule: no such parameter, or no value on that day.
        """
        if id not in self.parameters:
            raise unknown("参数", id, self.parameters)
        fitting = [
            value
            for value in self.parameters[id].values
            if value.span.contains(on)
            and value.domain in (BASE_DOMAIN, domain)
            and region.startswith(value.region)
        ]
        if not fitting:
            message = f"参数 {id}（{self.parameters[id].title}）在 {on} 没有可用的值。"
            raise UnknownRule(
                message, next_step="请核对日期和领域，或在 rulebook/parameters/ 补上。"
            )
        return max(fitting, key=lambda value: (value.domain == domain, len(value.region)))

    def facts(self, procedure: Procedure | str) -> Mapping[str, Fact]:
        """Return the facts of a procedure."""
        found = self.procedure(procedure) if isinstance(procedure, str) else procedure
        return {name: self.all_facts[name] for name in found.facts}

    def initial_facts(self, procedure: Procedure | str) -> dict[str, Value]:
        """Return the facts of a matter on which nothing has happened yet."""
        return {name: fact.initial for name, fact in self.facts(procedure).items()}

    def guards_of(
        self, *, procedure: Procedure, step: str, after: bool, region: str = ""
    ) -> Iterator[Guard]:
        """Yield the guards before (or after) a step: the procedure's own, then the region's."""
        own = procedure.steps[step]
        for name in own.guards_after if after else own.guards:
            yield self.guards[name]
        for entry in self.added.get((procedure.id, step, "after" if after else "before"), ()):
            if region.startswith(entry.region):
                yield self.guards[entry.guard]

    def mode_of(self, *, guard: Guard, region: str = "") -> str:
        """Return how strict the guard is in a region; a trial guard only lists."""
        mode = "list" if guard.status == "trial" else guard.mode
        for code, pack in self.regions.items():
            raised = pack.raises.get(guard.id)
            if raised and region.startswith(code) and STRENGTH[raised.mode] > STRENGTH[mode]:
                mode = raised.mode
        return mode


def unknown(what: str, name: str, choices: object) -> UnknownRule:
    """Return the error for a rule that is not there, with the nearest names."""
    names = list(choices) if isinstance(choices, (Mapping, map, list, tuple)) else []
    return UnknownRule(
        f"没有{what} {name}。", next_step=f"已知：{known_among(word=name, choices=names)}"
    )
