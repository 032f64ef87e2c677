"""Dead ends: no matter may get stuck where correcting what can be corrected does not help.

A state from which some way out is open whatever the facts are needs no search. For the others
every combination of facts that a history can leave behind is followed to an end: a missing
officer can be assigned, a form filled in rightly, time passes; what happened stays as it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from zhiheng.rulebook.machine import Known, Machine, Move, Test, Unbound
from zhiheng.rulebook.search import Finder, Found
from zhiheng.rulebook.slices import Hop, Slice, State
from zhiheng.rulebook.solving import solve

WIDE = 20_000


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A state in which a matter is stuck, and how it got there; no history when there is none."""

    control: str
    history: tuple[Hop, ...]
    settled: dict[str, Known]
    certain: bool = True


def find_dead_end(finder: Finder) -> DeadEnd | None:
    """Return a dead end with a history that really happens, or None."""
    machine = finder.machine
    open_ = always_open(machine)
    hard = [code for code in machine.procedure.states if code not in open_]
    honour = frozenset(
        test.id for code in hard for move in machine.by_control[code] for test in move.tests
    )
    while hard:
        stuck = _Stuck(finder, honour & machine.blocking, frozenset(hard), open_)
        if stuck.state is None:
            return None
        found = stuck.played()
        if found.history is not None:
            return DeadEnd(stuck.state[0], found.history, stuck.settled, found.certain)
        if found.honoured <= honour:
            return DeadEnd(stuck.state[0], stuck.history, stuck.settled, certain=False)
        honour |= found.honoured
    return None


def always_open(machine: Machine) -> frozenset[str]:
    """Return the states from which a way to an end is open whatever the facts are."""
    found = set(machine.finals)
    grown = True
    while grown:
        grown = False
        for code, moves in machine.by_control.items():
            if code not in found and any(
                move.to in found and _by_us(move) and _possible_always(machine, move)
                for move in moves
            ):
                found.add(code)
                grown = True
    return frozenset(found)


def _by_us(move: Move) -> bool:
    return move.kind == "step" or (move.kind == "event" and move.note != "party")


def possible_values(machine: Machine) -> dict[str, tuple[Known, ...]]:
    """Return all values that each kept fact may ever have."""
    found: dict[str, dict[Known, None]] = {}
    for source in (
        machine.start,
        *(m.writes for m in machine.moves),
        *(m.asks for m in machine.moves),
    ):
        for name, value in source.items():
            values = value.domain if isinstance(value, Unbound) else (value,)
            found.setdefault(name, {}).update(dict.fromkeys(values))
    return {name: tuple(values) for name, values in found.items()}


def _possible_always(machine: Machine, move: Move) -> bool:
    """Say whether the move can be made for all values of the facts that it does not ask for."""
    values = possible_values(machine)
    groups: list[tuple[set[str], list[Test]]] = []
    for test in dict.fromkeys(move.tests):
        names, tests = set(test.vars), [test]
        for other in [group for group in groups if group[0] & names]:
            groups.remove(other)
            names |= other[0]
            tests = other[1] + tests
        groups.append((names, tests))
    return all(_group_holds(machine, move, names, tests, values) for names, tests in groups)


def _group_holds(
    machine: Machine,
    move: Move,
    names: set[str],
    tests: list[Test],
    values: dict[str, tuple[Known, ...]],
) -> bool:
    kept = sorted(n for n in names if n not in machine.free and n not in move.asks)
    size = 1
    for name in kept:
        size *= len(values[name])
    if size > WIDE:
        return False
    for pick in product(*(values[name] for name in kept)):
        known: dict[str, Known | Unbound] = dict(zip(kept, pick, strict=True))
        seen = [(test, _seen(machine, move, test, test in move.after, known)) for test in tests]
        if not solve(tests=seen, watched=None, lasting=frozenset()).ways:
            return False
    return True


def _seen(
    machine: Machine, move: Move, test: Test, late: bool, known: dict[str, Known | Unbound]
) -> tuple[Known | Unbound, ...]:
    found = {**known, **machine.unsettled, **move.asks, **(move.writes if late else {})}
    return tuple(found[name] for name in test.vars)


class _Stuck:
    """One slice, all its states in the hard part, and a first one from which no end is reached."""

    def __init__(
        self, finder: Finder, honour: frozenset[str], hard: frozenset[str], open_: frozenset[str]
    ) -> None:
        self.finder = finder
        self.hard = hard
        self.open = open_
        self.part = Slice(finder.machine, honour=honour)
        self.came: dict[State, tuple[State, Hop] | None] = {}
        self.good: dict[State, bool] = {}
        self.state: State | None = None
        self.history: tuple[Hop, ...] = ()
        self.settled: dict[str, Known] = {}
        self._explore()

    def _told(self, state: State, whole: State) -> dict[str, Known]:
        """Return the values that had not been looked at, and matter in the dead end."""
        return {
            name: end
            for name, value, end in zip(self.part.names, state[1], whole[1], strict=True)
            if isinstance(value, Unbound) and not isinstance(end, Unbound)
        }

    def _explore(self) -> None:
        start = self.part.start()
        self.came[start] = None
        queue = deque([start])
        hops = 0
        while queue:
            state = queue.popleft()
            if state[0] in self.hard:
                for whole in whole_states(state):
                    if not self._reaches_end(whole):
                        self.state, self.history = whole, self._trail(state)
                        self.settled = self._told(state, whole)
                        queue.clear()
                        break
            for move, solution in self.part.following(state):
                for settled, met in solution.ways:
                    hops += 1
                    after = self.part.apply(state, move, settled)
                    if after not in self.came and self.state is None:
                        hop = Hop(move, tuple(settled.items()), tuple(met.items()))
                        self.came[after] = (state, hop)
                        queue.append(after)
        self.finder.effort.add(states=len(self.came), hops=hops)

    def _trail(self, state: State) -> tuple[Hop, ...]:
        hops: list[Hop] = []
        here = self.came[state]
        while here is not None:
            hops.append(here[1])
            here = self.came[here[0]]
        return tuple(reversed(hops))

    def _reaches_end(self, state: State) -> bool:
        """Say whether an end, or a state that is always open, can be reached from here."""
        if state in self.good:
            return self.good[state]
        came: dict[State, State | None] = {state: None}
        queue = deque([state])
        while queue:
            here = queue.popleft()
            if here[0] in self.open or self.good.get(here):
                step: State | None = here
                while step is not None:
                    self.good[step] = True
                    step = came[step]
                return True
            for move, solution in self.part.following(here):
                if move.kind == "event" and move.note == "party":
                    continue
                for settled, _ in solution.ways:
                    after = self.part.apply(here, move, settled)
                    if after not in came and self.good.get(after) is not False:
                        came[after] = here
                        queue.append(after)
        for one in came:
            self.good[one] = False
        return False

    def played(self) -> Found:
        """Play the history with every test; it stands when it ends in the same dead end."""
        moves = [hop.move for hop in self.history]
        whole = Slice(
            self.finder.machine,
            honour=self.finder.machine.blocking,
            only=moves,
            also=self.part.names,
            keep=self.part.live,
        )
        frontier: dict[State, tuple[Hop, ...]] = {whole.start(): ()}
        for index, move in enumerate(moves):
            following: dict[State, tuple[Hop, ...]] = {}
            closed: set[str] = set()
            for state, so_far in frontier.items():
                solution = whole.solution(move, state)
                closed.update(solution.closed_by)
                for settled, met in solution.ways:
                    after = whole.apply(state, move, settled)
                    hop = Hop(move, tuple(settled.items()), tuple(met.items()))
                    following.setdefault(after, (*so_far, hop))
            if not following:
                near = {t.id for m in moves[: index + 1] for t in m.tests}
                return Found(None, frozenset(closed | near) & self.finder.machine.blocking)
            frontier = following
        for state, history in frontier.items():
            if any(self._same(whole, one) for one in whole_states(state)):
                return Found(history, frozenset())
        near = {test.id for move in moves for test in move.tests}
        return Found(None, frozenset(near) & self.finder.machine.blocking)

    def _same(self, whole: Slice, state: State) -> bool:
        if self.state is None:
            return False
        values = dict(zip(whole.names, state[1], strict=True))
        live = self.part.live[self.state[0]]
        mine = dict(zip(self.part.names, self.state[1], strict=True))
        seen = (self.state[0], tuple(values[n] if n in live else mine[n] for n in self.part.names))
        return not self._reaches_end(seen)


def whole_states(state: State) -> Iterator[State]:
    """Yield the state with every unbound value settled in every way."""
    code, values = state
    options = [value.domain if isinstance(value, Unbound) else (value,) for value in values]
    for pick in product(*options):
        yield code, pick
