"""Typed state tables and stories: what is done with the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhiheng.rulebook.expressions import Expression
from zhiheng.rulebook.model import Basis, Place, Span, Value


@dataclass(frozen=True, slots=True)
class Becoming:
    """A state of another procedure in which the matter goes on (转为普通程序)."""

    procedure: str
    state: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A procedure that runs beside another: which it may join, in which of its states.

    `opens` is the step by which it begins; `many` says whether several may run at once;
    `pending` is the fact of the main procedure that is true while one runs, until it stands
    in a `settled` state, where only what was decided is still to be carried out; `ends` are facts
    that are true once the latest one has ended in a certain state.
    """

    opens: str
    to: Mapping[str, tuple[str, ...]]
    many: bool = False
    pending: str = ""
    ends: Mapping[str, str] = field(default_factory=dict)
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Where a matter stands; a final one may be where another procedure takes over."""

    code: str
    title: str
    stage: str
    final: bool = False
    end: str = ""
    becomes: Becoming | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a role may do, from which states, under which guards."""

    id: str
    title: str
    from_: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    guards: tuple[str, ...]
    guards_after: tuple[str, ...]
    asks: tuple[str, ...]
    sets: Mapping[str, Value]
    clears: tuple[str, ...]
    chooses: Mapping[str, tuple[Value, ...]]
    produces: tuple[str, ...]
    starts: tuple[str, ...]
    meets: tuple[str, ...]
    suspends: str
    resumes: str
    returns_to: str
    primary: bool
    basis: tuple[Basis, ...]
    law: tuple[Basis, ...]
    note: str
    asked_for: bool = False
    exceptional: bool = False
    place: Place = field(default=Place(), compare=False)

    def target(self, state: str) -> str:
        """Return the state after the step, which may be the same."""
        return self.to or state


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens without an officer: time, the party, the system."""

    id: str
    title: str
    from_: tuple[str, ...]
    to: str
    when: Expression | None
    sets: Mapping[str, Value]
    by: str
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Invariant:
    """What must be true however one got here; written apart from the guards."""

    id: str
    title: str
    at: tuple[str, ...]
    must: Expression
    basis: tuple[Basis, ...]
    covers: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Block:
    """A sub-procedure used as a block, between the states where it is entered and left."""

    id: str
    enters: str
    leaves: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A typed state table: states, steps, events and what must stay true.

    `takes` are facts that the procedure it runs beside has established; it never sets them.
    """

    id: str
    title: str
    version: int
    span: Span
    status: str
    initial: str
    states: Mapping[str, State]
    stages: tuple[str, ...]
    facts: tuple[str, ...]
    steps: Mapping[str, Step]
    events: Mapping[str, Event]
    invariants: tuple[Invariant, ...]
    uses: tuple[Block, ...] = ()
    attaches: Attachment | None = None
    takes: tuple[str, ...] = ()
    design: str = ""
    place: Place = field(default=Place(), compare=False)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """Return the steps that start in this state, in the order of the file."""
        return tuple(step for step in self.steps.values() if state in step.from_)


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One day of a story: what is done or happens, and what should come of it."""

    on: date
    do: str
    event: str
    given: Mapping[str, Value]
    change: Mapping[str, Value]
    expect: Mapping[str, Any]
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Story:
    """A lawyer's test: facts, dated steps, and what must be offered or refused."""

    title: str
    procedure: str
    domain: str
    region: str
    facts: Mapping[str, Value]
    steps: tuple[StoryStep, ...]
    place: Place = field(default=Place(), compare=False)
