"""A slice: the machine with only some tests honoured, small enough to explore to the end.

Leaving tests out only adds histories. So what cannot happen in a slice cannot happen at all;
what can happen in a slice is played again with all tests (`search`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from zhiheng.rulebook.machine import Known, Machine, Move, Test, Unbound
from zhiheng.rulebook.solving import Solution, solve

State = tuple[str, tuple[Known | Unbound, ...]]
DEAD = "-"


@dataclass(frozen=True, slots=True)
class Hop:
    """One move of a history, with the values it settled and those it met."""

    move: Move
    settled: tuple[tuple[str, Known], ...]
    met: tuple[tuple[str, Known], ...]


@dataclass(slots=True)
class Trail:
    """Where a state came from."""

    before: State | None
    hop: Hop | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a test finds a value: at an index of the state, or settled by the move itself."""

    index: int
    value: Known | Unbound


@dataclass(frozen=True, slots=True)
class Plan:
    """One move from one state of the procedure, prepared for many states of a slice."""

    tests: list[tuple[Test, tuple[Source, ...]]]
    watched: tuple[Test, tuple[Source, ...]] | None
    lasting: frozenset[str]
    reads: tuple[int, ...]
    changes: list[tuple[int, Known | Unbound]]
    target: str


def _seen(
    sources: tuple[Source, ...], values: tuple[Known | Unbound, ...]
) -> tuple[Known | Unbound, ...]:
    return tuple(values[s.index] if s.index >= 0 else s.value for s in sources)


class Slice:
    """Explores one machine with some of its tests, watching one invariant or one goal."""

    def __init__(
        self,
        machine: Machine,
        *,
        honour: frozenset[str],
        invariant: str = "",
        goal: Move | None = None,
        only: Iterable[Move] | None = None,
        also: Iterable[str] = (),
        keep: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.machine = machine
        self.goal = goal
        self.watched: Test | None = None
        self.watched_at: tuple[str, ...] = ()
        if invariant:
            self.watched, self.watched_at = machine.invariants[invariant]
        self.moves = list(machine.moves if only is None else dict.fromkeys(only))
        self.honoured = {
            move: (
                tuple(t for t in move.before if t.id in honour or t.id.startswith("@")),
                tuple(t for t in move.after if t.id in honour or t.id.startswith("@")),
            )
            for move in self.moves
        }
        if goal is not None:
            self.honoured[goal] = (goal.before, goal.after)
        self._prepare(set(also), keep or {}, everything=only is not None)

    def _prepare(
        self, also: set[str], keep: Mapping[str, frozenset[str]], *, everything: bool
    ) -> None:
        """Fix what is tracked, what is live where, and how each move reads and writes it."""
        goal = self.goal
        self.names = self._tracked(also)
        self.at = {name: index for index, name in enumerate(self.names)}
        if not everything:
            self.moves = [move for move in self.moves if self._matters(move, set(self.names))]
        self.live = self._liveness(keep)
        self.memory: dict[tuple[Move, str, tuple[Known | Unbound, ...]], Solution] = {}
        self.plans = {
            (move, code): self._plan(move, code)
            for move in [*self.moves, *([goal] if goal else [])]
            for code in move.from_
        }
        self.dead = {
            code: [index for index, name in enumerate(self.names) if name not in live]
            for code, live in self.live.items()
        }
        self.by_control: dict[str, list[Move]] = {}
        for move in self.moves:
            for code in move.from_:
                self.by_control.setdefault(code, []).append(move)

    def start(self) -> State:
        """Return the state in which every matter begins."""
        code = self.machine.procedure.initial
        values = [self.machine.start[name] for name in self.names]
        for index in self.dead[code]:
            values[index] = DEAD
        return code, tuple(values)

    def solution(self, move: Move, state: State) -> Solution:
        """Return how a move can be made from a state, and whether it breaks the invariant."""
        code, values = state
        plan = self.plans[move, code]
        key = (move, code, tuple([values[index] for index in plan.reads]))
        found = self.memory.get(key)
        if found is None:
            found = self.memory[key] = solve(
                tests=[(test, _seen(sources, values)) for test, sources in plan.tests],
                watched=plan.watched and (plan.watched[0], _seen(plan.watched[1], values)),
                lasting=plan.lasting,
            )
        return found

    def _plan(self, move: Move, code: str) -> Plan:
        """Return, once for each move and state, where its tests find their values."""
        target = move.target(code)
        before, after = self.honoured[move]
        phases = [(test, False) for test in before] + [(test, True) for test in after]
        tests = [(t, tuple(self._source(move, n, late) for n in t.vars)) for t, late in phases]
        watched = None
        if self.watched is not None and self._watches(target):
            names = self.watched.vars
            watched = (self.watched, tuple(self._source(move, name, True) for name in names))
        lasting = frozenset(n for n in self.live[target] if n not in move.writes)
        found = [source for _, sources in tests for source in sources]
        found += watched[1] if watched else ()
        reads = tuple(sorted({source.index for source in found if source.index >= 0}))
        asked = [(self.at[n], value) for n, value in move.asks.items() if n in self.at]
        written = [(self.at[n], value) for n, value in move.writes.items() if n in self.at]
        return Plan(tests, watched, lasting, reads, [*asked, *written], target)

    def _source(self, move: Move, name: str, late: bool) -> Source:
        if late and name in move.writes:
            return Source(-1, move.writes[name])
        if name in move.asks:
            return Source(-1, move.asks[name])
        if name in self.machine.free:
            return Source(-1, self.machine.unsettled[name])
        return Source(self.at[name], None)

    def following(self, state: State) -> Iterator[tuple[Move, Solution]]:
        """Yield every move from a state that the honoured tests allow."""
        for move in self.by_control.get(state[0], ()):
            found = self.solution(move, state)
            if found.ways:
                yield move, found

    def apply(self, state: State, move: Move, settled: Mapping[str, Known]) -> State:
        """Return the state after a move that settled some values."""
        code, values = state
        plan = self.plans[move, code]
        after = list(values)
        for index, value in plan.changes:
            after[index] = value
        for name, settled_value in settled.items():
            after[self.at[name]] = settled_value
        for index in self.dead[plan.target]:
            after[index] = DEAD
        return plan.target, tuple(after)

    def _watches(self, code: str) -> bool:
        return self.watched is not None and (not self.watched_at or code in self.watched_at)

    def _tracked(self, names: set[str]) -> list[str]:
        """Return the facts that some honoured test reads, and those that these depend on."""
        if self.watched:
            names |= set(self.watched.vars)
        for move in [*self.moves, *([self.goal] if self.goal else [])]:
            for test in (t for phase in self.honoured[move] for t in phase):
                if not test.id.startswith("@") or move is self.goal:
                    names |= set(test.vars)
        size = -1
        while size != len(names):
            size = len(names)
            for move in self.moves:
                if move.kind != "step" and self._matters(move, names):
                    names |= {name for test in move.tests for name in test.vars}
        return sorted(name for name in names if name not in self.machine.free)

    def _matters(self, move: Move, names: set[str]) -> bool:
        """Say whether a move can change anything that the slice sees."""
        if move.kind == "step" or move.to:
            return (
                bool(move.to)
                or not names.isdisjoint((*move.writes, *move.asks))
                or (self._watches_in_place(move))
            )
        return not names.isdisjoint(move.writes)

    def _watches_in_place(self, move: Move) -> bool:
        return self.watched is not None and any(self._watches(code) for code in move.from_)

    def _read_by(self, move: Move, target: str) -> tuple[str, ...]:
        before, after = self.honoured[move]
        names = {n for test in before for n in test.vars if n not in move.asks}
        late = {n for test in after for n in test.vars}
        if self.watched is not None and self._watches(target):
            late |= set(self.watched.vars)
        names |= {n for n in late if n not in move.asks and n not in move.writes}
        return tuple(sorted(n for n in names if n in self.at))

    def _liveness(self, keep: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """Return for each state the facts that some later move may still read."""
        live = {code: set(keep.get(code, ())) for code in self.machine.procedure.states}
        moves = [*self.moves, *([self.goal] if self.goal else [])]
        changed = True
        while changed:
            changed = False
            for move in moves:
                for code in move.from_:
                    target = move.target(code)
                    wanted = set(self._read_by(move, target)) | {
                        n for n in live[target] if n not in move.writes and n not in move.asks
                    }
                    if not wanted <= live[code]:
                        live[code] |= wanted
                        changed = True
        return {code: frozenset(names) for code, names in live.items()}
