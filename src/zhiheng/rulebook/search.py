"""Shortest histories: found in a slice, played again with every test, refined until certain."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhiheng.rulebook.machine import RUNNING, Known, Machine, Move
from zhiheng.rulebook.slices import Hop, Slice, State

FRONTIER = 4000


@dataclass(slots=True)
class Effort:
    """How much was looked at."""

    states: int = 0
    hops: int = 0
    slices: int = 0

    def add(self, *, states: int, hops: int) -> None:
        """Count one explored slice."""
        self.states += states
        self.hops += hops
        self.slices += 1


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: a history that really happens, or none; and the tests that decided it.

    Attributes:
        history: the moves, or None when it cannot happen.
        honoured: with these tests alone it cannot happen (or the last that were tried).
        certain: False when the search gave up.
    """

    history: tuple[Hop, ...] | None
    honoured: frozenset[str]
    certain: bool = True


@dataclass(slots=True)
class Finder:
    """Looks for histories in one machine; `effort` adds up over all questions."""

    machine: Machine
    effort: Effort = field(default_factory=Effort)

    def find(
        self,
        *,
        invariant: str = "",
        goal: Move | None = None,
        omit: frozenset[str] = frozenset(),
        honour: Iterable[str] = (),
    ) -> Found:
        """Return a shortest history that breaks the invariant, or that makes the goal possible.

        Args:
            invariant: id of the invariant to break.
            goal: a move that should become possible.
            omit: guards that are left out of the procedure.
            honour: guards to start with; others are added as they turn out to matter.
        """
        tests = frozenset(honour) - omit
        while True:
            part = Slice(self.machine, honour=tests, invariant=invariant, goal=goal)
            history = self.shortest(part)
            if history is None:
                return Found(None, tests)
            played, more = self.replay(history, invariant=invariant, goal=goal, omit=omit)
            if played is not None:
                return Found(played, tests)
            added = tests | (more - omit)
            if added == tests:
                added |= self._of_the_question(part, history) - omit
            if added == tests:
                return Found(history, tests, certain=False)
            tests = added

    def shortest(self, part: Slice) -> tuple[Hop, ...] | None:
        """Return a shortest history in a slice to its breach or its goal."""
        start = part.start()
        came: dict[State, tuple[State, Hop] | None] = {start: None}
        queue = deque([start])
        hops = 0
        try:
            while queue:
                state = queue.popleft()
                if part.goal is not None and state[0] in part.goal.from_:
                    solution = part.solution(part.goal, state)
                    if solution.ways:
                        return (*_trail(came, state), _last(part.goal, solution.ways[0]))
                for move, solution in part.following(state):
                    if solution.breach is not None:
                        return (*_trail(came, state), _last(move, ({}, solution.breach)))
                    for settled, met in solution.ways:
                        hops += 1
                        after = part.apply(state, move, settled)
                        if after not in came:
                            came[after] = (state, _hop(move, settled, met))
                            queue.append(after)
            return None
        finally:
            self.effort.add(states=len(came), hops=hops)

    def replay(
        self, history: Sequence[Hop], *, invariant: str, goal: Move | None, omit: frozenset[str]
    ) -> tuple[tuple[Hop, ...] | None, frozenset[str]]:
        """Play the same moves with every test; else say which tests stand in the way."""
        moves = [hop.move for hop in history]
        part = Slice(
            self.machine,
            honour=self.machine.blocking - omit,
            invariant=invariant,
            goal=goal,
            only=[move for move in moves if move is not goal],
        )
        frontier: dict[State, tuple[Hop, ...]] = {part.start(): ()}
        for index, move in enumerate(moves):
            last = index == len(moves) - 1
            following: dict[State, tuple[Hop, ...]] = {}
            closed: set[str] = set()
            for state, so_far in frontier.items():
                solution = part.solution(move, state)
                closed.update(solution.closed_by)
                if last and goal is None and solution.breach is not None:
                    return (*so_far, _last(move, ({}, solution.breach))), frozenset()
                if last and goal is not None and solution.ways:
                    return (*so_far, _last(move, solution.ways[0])), frozenset()
                for settled, met in solution.ways[: FRONTIER if not last else 0]:
                    after = part.apply(state, move, settled)
                    if len(following) < FRONTIER:
                        following.setdefault(after, (*so_far, _hop(move, settled, met)))
            if not following:
                return None, self._in_the_way(part, moves[: index + 1], closed)
            frontier = following
        return None, frozenset()

    def _of_the_question(self, part: Slice, history: Sequence[Hop]) -> frozenset[str]:
        """The tests that look at what is asked, when those that closed a move are known already."""
        names = set(part.watched.vars) if part.watched is not None else set()
        if part.goal is not None:
            names |= {name for test in part.goal.tests for name in test.vars}
        tests = (test for hop in history for test in hop.move.tests)
        near = {test.id for test in tests if not names.isdisjoint(test.vars)}
        return frozenset(near) & self.machine.blocking

    def _in_the_way(self, part: Slice, moves: list[Move], closed: set[str]) -> frozenset[str]:
        """Return the tests to honour next: those that closed the move, then what binds them."""
        guards = {test.id: test for move in moves for test in move.tests}
        found = {name for name in closed if name in self.machine.blocking}
        names = {name for test in found for name in guards[test].vars if test in guards}
        if part.watched is not None and not found:
            names |= set(part.watched.vars)
        if part.goal is not None and not found:
            names |= {name for test in part.goal.tests for name in test.vars}
        near = {test.id for test in guards.values() if not names.isdisjoint(test.vars)}
        return frozenset((found | near) & self.machine.blocking)


def _hop(move: Move, settled: dict[str, Known], met: dict[str, Known]) -> Hop:
    return Hop(move, tuple(settled.items()), tuple(met.items()))


def _last(move: Move, way: tuple[dict[str, Known], dict[str, Known]]) -> Hop:
    settled, met = way
    return _hop(move, {**met, **settled}, {**met, **settled})


def _trail(came: dict[State, tuple[State, Hop] | None], state: State) -> tuple[Hop, ...]:
    hops: list[Hop] = []
    here = came[state]
    while here is not None:
        hops.append(here[1])
        here = came[here[0]]
    return tuple(reversed(hops))


@dataclass(slots=True)
class TaleStep:
    """One line of a counter-example: what happened, what was filled in, what had become so."""

    move: Move
    given: dict[str, Known] = field(default_factory=dict)
    world: dict[str, Known] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tale:
    """A history as a story: the facts at the start, then step by step."""

    facts: dict[str, Known]
    steps: tuple[TaleStep, ...]


def tell(
    *, machine: Machine, history: Sequence[Hop], settled: Mapping[str, Known] | None = None
) -> Tale:
    """Return a history as a story; a value settled late is told where it was filled in.

    `settled` are values that matter only at the end of the history.
    """
    facts: dict[str, Known] = {}
    steps: list[TaleStep] = []
    asked: dict[str, TaleStep] = {}
    for hop in history:
        step = TaleStep(hop.move)
        steps.append(step)
        asked.update(dict.fromkeys(hop.move.asks, step))
        for name, value in (*hop.met, *hop.settled):
            if name in machine.free and value != machine.free[name][0]:
                step.world[name] = value
            elif name not in machine.free and not name.startswith(RUNNING):
                (asked[name].given if name in asked else facts)[name] = value
        for name in hop.move.writes:
            asked.pop(name, None)
    for name, value in (settled or {}).items():
        (asked[name].given if name in asked else facts)[name] = value
    return Tale(facts, tuple(steps))
