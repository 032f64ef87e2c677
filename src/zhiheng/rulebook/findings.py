"""What was found at a step: guard by guard, with article, facts and where to put them right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from zhiheng.rulebook import words
from zhiheng.rulebook.model import Fact, Guard
from zhiheng.rulebook.tables import Procedure, Step

Facts = Mapping[str, Any]


class Status(StrEnum):
    """How a step stands: open, open with a warning that the head may override, or closed."""

    OFFERED = "OFFERED"
    WARNED = "WARNED"
    BLOCKED = "BLOCKED"


class FactUsed(NamedTuple):
    """A fact that a guard looked at, as it was."""

    title: str
    value: Any
    text: str


class Fix(NamedTuple):
    """Where a fact is put right: a step of the procedure, or a screen."""

    fact: str
    title: str
    where: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One guard at one step: it holds, does not, or waits for what is still to be filled in.

    Attributes:
        guard: the rule.
        mode: block, warn or list, in this region.
        holds: True, False, or None while it depends on what the person fills in.
        values: the facts it read.
        error: why it could not be decided; then `holds` is False.
    """

    guard: Guard
    mode: str
    holds: bool | None
    values: Facts
    error: str
    procedure: Procedure
    known: Mapping[str, Fact]

    @property
    def id(self) -> str:
        """The guard's id."""
        return self.guard.id

    @property
    def title(self) -> str:
        """The guard's title."""
        return self.guard.title

    @property
    def article(self) -> str:
        """The citations, in words."""
        return "、".join(basis.text for basis in self.guard.basis)

    @property
    def says(self) -> str:
        """What to tell the officer; when undecided, what is missing first."""
        return f"{self.error}{self.guard.says}" if self.error else self.guard.says

    @property
    def facts_used(self) -> dict[str, FactUsed]:
        """The facts to show beside the finding, by id."""
        found = {}
        for name in dict.fromkeys((*self.guard.facts_shown, *self.guard.when.variables)):
            fact, value = self.known[name], self.values.get(name)
            found[name] = FactUsed(fact.title, value, words.display(fact=fact, value=value))
        return found

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that are not known yet."""
        return tuple(name for name in self.guard.when.variables if self.values.get(name) is None)

    @property
    def fixed_by(self) -> tuple[Fix, ...]:
        """Where the facts that it read can be put right."""
        return tuple(
            fix
            for name in self.guard.when.variables
            for fix in _fixes(self.procedure, self.known[name])
        )

    @property
    def override(self) -> str:
        """The role that may let a warned step pass, with reasons."""
        return self.guard.override if self.mode == "warn" else ""

    @property
    def verified(self) -> bool:
        """Whether a lawyer has checked the rule; if not it is shown as 待核."""
        return self.guard.checked.verified


@dataclass(frozen=True, slots=True)
class StepReading:
    """How one step stands, with every guard that was looked at.

    Attributes:
        reason: why the step is closed when no guard is to blame (wrong state).
    """

    step: Step
    status: Status
    findings: tuple[Finding, ...]
    reason: str = ""

    @property
    def blocks(self) -> tuple[Finding, ...]:
        """The findings that close the step."""
        return tuple(f for f in self.findings if f.mode == "block" and f.holds is False)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that the head may override."""
        return tuple(f for f in self.findings if f.mode == "warn" and f.holds is False)

    @property
    def listed(self) -> tuple[Finding, ...]:
        """The findings that only raise a supervision clue."""
        return tuple(f for f in self.findings if f.mode == "list" and f.holds is False)

    @property
    def pending(self) -> tuple[Finding, ...]:
        """The findings that wait for what the person fills in."""
        return tuple(f for f in self.findings if f.holds is None)


def _fixes(procedure: Procedure, fact: Fact) -> tuple[Fix, ...]:
    """Return the steps that ask for or set a fact, else the screen that the fact names.

    What a deadline decides is put right by nobody: one waits for its end.
    """
    if fact.deadline:
        return (Fix(fact.id, fact.title, "等期限届满"),)
    steps = tuple(
        Fix(fact.id, fact.title, step.title, step.id)
        for step in procedure.steps.values()
        if fact.id in step.asks or fact.id in step.chooses or fact.id in step.sets
    )
    if fact.fixed_by:
        named = procedure.steps.get(fact.fixed_by)
        where = named.title if named else fact.fixed_by
        return (Fix(fact.id, fact.title, where, named.id if named else ""),)
    return steps
