"""A procedure made ready for exploration: moves, the tests on them, and what facts can be.

A fact is one of three things here. *Free*: it may change at any time outside the procedure (an
officer is assigned), so every step may meet any of its values. *Constant*: it is what it is from
the start (limitation has passed). *Kept*: steps, events and time write it. Values that nobody
has looked at yet stay unbound, so that a thousand equal histories are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.expressions import Expression, as_cel
from zhiheng.rulebook.model import Fact
from zhiheng.rulebook.tables import Event, Procedure, Step

RUNNING = "@"
Known = bool | int | str | tuple[str, ...] | None


class Unbound:
    """A value that is settled but has not been looked at: one of its domain."""

    __slots__ = ("domain",)

    def __init__(self, domain: tuple[Known, ...]) -> None:
        self.domain = domain

    def __repr__(self) -> str:
        return "?"


def unbound(domain: tuple[Known, ...]) -> Known | Unbound:
    """Return the one unbound value of a domain; a domain of one value is that value.

    Python holds 0 and False to be equal; CEL does not, so the types belong to the key.
    """
    if len(domain) == 1:
        return domain[0]
    return _UNBOUND.setdefault(tuple((type(v), v) for v in domain), Unbound(domain))


_UNBOUND: dict[tuple[tuple[type, Known], ...], Unbound] = {}


class Test:
    """A predicate with its own memory; an error counts as not holding."""

    __slots__ = ("expression", "found", "id", "memory", "negated", "vars")

    def __init__(self, id: str, expression: Expression, *, negated: bool = False) -> None:
        self.id = id
        self.expression = expression
        self.vars = expression.variables
        self.negated = negated
        self.memory: dict[tuple[Any, ...], bool] = {}
        self.found: dict[tuple[Any, ...], list[dict[str, Known]]] = {}

    def rows(
        self, seen: tuple[Known | Unbound, ...], *, holding: bool = True
    ) -> list[dict[str, Known]]:
        """Return the values of what is unbound in `seen` under which the test holds (or not)."""
        key = (holding, *seen)
        if key not in self.found:
            open_ = [(n, v) for n, v in zip(self.vars, seen, strict=True) if isinstance(v, Unbound)]
            names = [name for name, _ in open_]
            places = [index for index, value in enumerate(seen) if isinstance(value, Unbound)]
            found = []
            for pick in product(*(value.domain for _, value in open_)):
                values = list(seen)
                for place, value in zip(places, pick, strict=True):
                    values[place] = value
                if self.holds(tuple(values)) is holding:
                    found.append(dict(zip(names, pick, strict=True)))
            self.found[key] = found
        return self.found[key]

    def holds(self, values: tuple[Any, ...]) -> bool:
        """Return the truth for values in the order of `vars`."""
        found = self.memory.get(values)
        if found is None:
            found = self.memory[values] = self._evaluate(values) is not self.negated
        return found

    def _evaluate(self, values: tuple[Any, ...]) -> bool:
        facts = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in zip(self.vars, values, strict=True)
        }
        try:
            return self.expression.program.execute(facts) is True
        except Exception:
            return False


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A step, an event or the passing of time, with what it tests and writes."""

    id: str
    title: str
    kind: str
    from_: tuple[str, ...]
    to: str
    before: tuple[Test, ...]
    after: tuple[Test, ...]
    asks: Mapping[str, Known | Unbound]
    writes: Mapping[str, Known]
    note: str = ""

    @property
    def tests(self) -> tuple[Test, ...]:
        """All tests of the move."""
        return (*self.before, *self.after)

    def target(self, control: str) -> str:
        """Return the state after the move."""
        return self.to or control


@dataclass(slots=True)
class Machine:
    """All moves of a procedure, and the facts that they read."""

    rulebook: Rulebook
    procedure: Procedure
    moves: list[Move]
    start: dict[str, Known | Unbound]
    free: dict[str, tuple[Known, ...]]
    unsettled: dict[str, Known | Unbound]
    invariants: dict[str, tuple[Test, tuple[str, ...]]]
    facts: Mapping[str, Fact]
    blocking: frozenset[str] = frozenset()
    finals: frozenset[str] = frozenset()
    by_control: dict[str, list[Move]] = field(default_factory=dict)


def build_machine(
    rulebook: Rulebook,
    procedure: Procedure,
    *,
    region: str = "",
    omit: frozenset[str] = frozenset(),
) -> Machine:
    """Return the machine of a procedure with the guards that block in a region.

    Guards that only warn or list do not close a step, so they are not tests here.
    """
    return _Builder(rulebook, procedure, region, omit).machine()


class _Builder:
    def __init__(
        self, rulebook: Rulebook, procedure: Procedure, region: str, omit: frozenset[str]
    ) -> None:
        self.rulebook = rulebook
        self.procedure = procedure
        self.region = region
        self.omit = omit
        self.facts = rulebook.facts(procedure)
        self.tests: dict[str, Test] = {}
        self.finals = frozenset(c for c, state in procedure.states.items() if state.final)

    def machine(self) -> Machine:
        free, start = self._facts_at_start()
        moves = [self._step(step) for step in self.procedure.steps.values()]
        moves += [self._event(event) for event in self.procedure.events.values()]
        moves += [self._time(fact) for fact in self.facts.values() if fact.deadline]
        start.update({RUNNING + f.deadline: False for f in self.facts.values() if f.deadline})
        invariants = {
            found.id: (Test(found.id, found.must), found.at) for found in self.procedure.invariants
        }
        by_control = {
            code: [move for move in moves if code in move.from_] for code in self.procedure.states
        }
        return Machine(
            rulebook=self.rulebook,
            procedure=self.procedure,
            moves=moves,
            start=start,
            free=free,
            unsettled={name: unbound(values) for name, values in free.items()},
            invariants=invariants,
            facts=self.facts,
            blocking=frozenset(self.tests),
            finals=self.finals,
            by_control=by_control,
        )

    def _facts_at_start(
        self,
    ) -> tuple[dict[str, tuple[Known, ...]], dict[str, Known | Unbound]]:
        free: dict[str, tuple[Known, ...]] = {}
        start: dict[str, Known | Unbound] = {}
        for name, fact in self.facts.items():
            values = domain_of(fact)
            if name in self.procedure.takes:
                free[name] = asked_domain(fact)
            elif fact.source in ("record", "time") and len(values) > 1:
                if fact.varies or fact.source == "time":
                    free[name] = values
                else:
                    start[name] = unbound(values)
            else:
                start[name] = _plain(fact.initial)
        return free, start

    def _tests(self, step: str, *, after: bool) -> tuple[Test, ...]:
        found = []
        for guard in self.rulebook.guards_of(
            procedure=self.procedure, step=step, after=after, region=self.region
        ):
            mode = self.rulebook.mode_of(guard=guard, region=self.region)
            if mode == "block" and guard.status == "active" and guard.id not in self.omit:
                found.append(self.tests.setdefault(guard.id, Test(guard.id, guard.when)))
        return tuple(found)

    def _step(self, step: Step) -> Move:
        asks = {
            name: unbound(
                tuple(map(_plain, step.chooses.get(name, ()))) or asked_domain(self.facts[name])
            )
            for name in dict.fromkeys((*step.asks, *step.chooses))
            if name not in step.sets
        }
        writes = {n: _plain(self.facts[n].initial) for n in step.clears if n not in asks}
        writes.update({n: _plain(value) for n, value in step.sets.items()})
        for name in step.clears:
            if self.facts[name].deadline:
                writes[RUNNING + self.facts[name].deadline] = False
        for deadline in step.starts:
            writes[RUNNING + deadline] = True
            for fact in self.facts.values():
                if fact.deadline == deadline:
                    writes[fact.id] = _plain(fact.initial)
        writes.update({RUNNING + deadline: False for deadline in step.meets})
        return Move(
            step.id, step.title, "step", step.from_, step.to,
            self._tests(step.id, after=False), self._tests(step.id, after=True), asks, writes,
        )  # fmt: skip

    def _event(self, event: Event) -> Move:
        tests = (Test(f"@{event.id}", event.when),) if event.when else ()
        writes = {n: _plain(value) for n, value in event.sets.items()}
        return Move(
            event.id, event.title, "event", event.from_ or self._open(), event.to,
            tests, (), {}, writes, event.by,
        )  # fmt: skip

    def _time(self, fact: Fact) -> Move:
        test = Test(f"@{fact.id}", _RunsOut(RUNNING + fact.deadline, fact.id))  # type: ignore[arg-type]
        return Move(
            f"@{fact.id}", f"时间过去：{fact.title}", "time", self._open(), "",
            (test,), (), {}, {fact.id: True},
        )  # fmt: skip

    def _open(self) -> tuple[str, ...]:
        return tuple(code for code in self.procedure.states if code not in self.finals)


class _RunsOut:
    """The test of time: the deadline is running and its end has not come."""

    __slots__ = ("program", "source", "variables")

    def __init__(self, running: str, over: str) -> None:
        self.variables = (running, over)
        self.source = f"{running} && !{over}"
        self.program = self

    def execute(self, facts: Mapping[str, Any]) -> bool:
        """Return whether the end may come now."""
        running, over = self.variables
        return facts[running] is True and facts[over] is False


def domain_of(fact: Fact) -> tuple[Known, ...]:
    """Return the values a recorded fact is tried with; the initial value first."""
    first = _plain(fact.initial)
    return tuple(dict.fromkeys([first, *map(_plain, fact.explore)])) if fact.explore else (first,)


def asked_domain(fact: Fact) -> tuple[Known, ...]:
    """Return the values that a person may fill in."""
    if fact.explore:
        return tuple(dict.fromkeys(map(_plain, fact.explore)))
    if fact.type == "bool":
        return (False, True)
    if fact.type == "enum":
        return tuple(fact.choices)
    return (_plain(fact.initial),)


def _plain(value: Any) -> Known:
    plain: Known = tuple(value) if isinstance(value, (list, tuple)) else as_cel(value)
    return plain
