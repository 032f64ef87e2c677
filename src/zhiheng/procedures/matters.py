"""What a context must tell the engine about one of its matters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from zhiheng.ledger.api import Act
from zhiheng.people.api import Actor
from zhiheng.procedures.models import Run
from zhiheng.rulebook.api import Step


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A step that has just been taken, for the context to draw its consequences."""

    step: Step
    act: Act
    values: Mapping[str, Any]
    facts: Mapping[str, Any]
    before: str
    after: str
    actor: Actor
    at: datetime
    on: date
    extra: Mapping[str, Any] = field(default_factory=dict)


class Matter(Protocol):
    """One matter on its way through a procedure: a clue, a case."""

    run: Run
    kind: str
    of_anyone: Mapping[str, Any]
    """Facts of the person who acts, as they are for somebody fit, when nobody is named yet."""
    read_by_papers: frozenset[str]
    """Facts of registers that a step's papers state, beside those that its guards look at."""

    def record_facts(
        self, *, actor: Actor, on: date, names: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """What registers and files say on that day, some of it of the person who acts.

        Where names are given, registers that settle none of them need not be read.
        """

    def derived(
        self, *, step: Step, values: Mapping[str, Any], on: date, actor: Actor
    ) -> dict[str, Any]:
        """Facts the platform works out of what was typed; names with `_` are for itself alone."""

    def outside(self, actor: Actor) -> str:
        """Empty if the matter lies within this person's reach, else one sentence."""

    def why_not(self, *, actor: Actor, step: Step) -> str:
        """Empty if the person may take the step here, else one sentence that says who may."""

    def assignee(self, *, role: str) -> int | None:
        """The account on whose list steps of this role stand; None is everyone with the role."""

    def consequences(self, taken: Taken) -> None:
        """Echo the new state, make documents, tell those who wait. Runs in the transaction."""
