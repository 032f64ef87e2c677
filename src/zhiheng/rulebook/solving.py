"""Can a move be made, with which values, and may it break what must stay true?

Tests that share an unknown are solved together, the others apart; a value is settled only when
the move depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from zhiheng.rulebook.machine import Known, Move, Test, Unbound

Assignment = dict[str, Known]


@dataclass(frozen=True, slots=True)
class Solution:
    """How a move can be made.

    Attributes:
        ways: (values settled and kept, all values met); empty when the move is closed.
        breach: values with which the move is made and the watched invariant is false.
        closed_by: ids of the tests that together close the move.
    """

    ways: tuple[tuple[Assignment, Assignment], ...]
    breach: Assignment | None
    closed_by: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    unknown: list[str]
    tests: list[tuple[Test, bool]]


class _Solver:
    def __init__(
        self,
        move: Move,
        values: Mapping[str, Known | Unbound],
        free: Mapping[str, tuple[Known, ...]],
        kept: frozenset[str],
    ) -> None:
        self.move = move
        self.values = values
        self.free = free
        self.kept = kept
        self.domains: dict[str, tuple[Known, ...]] = {}

    def lookup(self, name: str, *, after: bool) -> Known | Unbound:
        """Return what a test sees under a name, in its phase."""
        if after and name in self.move.writes:
            return self.move.writes[name]
        if name in self.move.asks:
            return self.move.asks[name]
        if name in self.free:
            return _FREE
        return self.values[name]

    def unknown(self, test: Test, *, after: bool) -> list[str]:
        """Return the names of a test whose value is open, and note their domains."""
        names = []
        for name in test.vars:
            found = self.lookup(name, after=after)
            if found is _FREE:
                self.domains[name] = self.free[name]
                names.append(name)
            elif isinstance(found, Unbound):
                self.domains[name] = found.domain
                names.append(name)
        return names

    def holds(self, test: Test, assignment: Assignment, *, after: bool) -> bool:
        """Return a test's truth under an assignment of all its unknowns."""
        values = []
        for name in test.vars:
            found = self.lookup(name, after=after)
            values.append(assignment[name] if isinstance(found, Unbound) else found)
        return test.holds(tuple(values))

    def groups(self, tests: Sequence[tuple[Test, bool]]) -> list[_Group]:
        """Return the tests in groups that share no unknown."""
        found: list[_Group] = []
        for test, after in tests:
            mine = _Group(self.unknown(test, after=after), [(test, after)])
            apart = []
            for group in found:
                if set(group.unknown).isdisjoint(mine.unknown):
                    apart.append(group)
                else:
                    mine.unknown = list(dict.fromkeys([*group.unknown, *mine.unknown]))
                    mine.tests = group.tests + mine.tests
            found = [*apart, mine]
        return found

    def satisfying(self, group: _Group) -> list[Assignment]:
        """Return every assignment of a group's unknowns under which all its tests hold."""
        ready: list[list[tuple[Test, bool]]] = [[] for _ in range(len(group.unknown) + 1)]
        place = {name: index + 1 for index, name in enumerate(group.unknown)}
        for test, after in group.tests:
            names = self.unknown(test, after=after)
            ready[max((place[name] for name in names), default=0)].append((test, after))
        return [dict(found) for found in self._extend(group.unknown, ready, {})]

    def _extend(
        self, names: list[str], ready: list[list[tuple[Test, bool]]], so_far: Assignment
    ) -> Iterator[Assignment]:
        depth = len(so_far)
        if not all(self.holds(test, so_far, after=after) for test, after in ready[depth]):
            return
        if depth == len(names):
            yield so_far
            return
        name = names[depth]
        for value in self.domains[name]:
            yield from self._extend(names, ready, {**so_far, name: value})

    def lasting(self, group: _Group) -> list[str]:
        """Return the unknowns of a group whose value is still looked at after the move."""
        return [
            name
            for name in group.unknown
            if name not in self.free and name in self.kept and name not in self.move.writes
        ]

    def ways(self, group: _Group, found: list[Assignment]) -> list[tuple[Assignment, Assignment]]:
        """Return the lasting values that the group settles, each with a witness."""
        lasting = self.lasting(group)
        ways: dict[tuple[Known, ...], tuple[Assignment, Assignment]] = {}
        for assignment in found:
            key = tuple(assignment[name] for name in lasting)
            ways.setdefault(key, ({name: assignment[name] for name in lasting}, assignment))
        size = 1
        for name in lasting:
            size *= len(self.domains[name])
        if len(ways) == size:
            first = next(iter(ways.values()))[1]
            return [({}, {k: v for k, v in first.items() if k not in lasting})]
        return list(ways.values())


_FREE = Unbound(())


def solve(
    *,
    move: Move,
    before: Sequence[Test],
    after: Sequence[Test],
    values: Mapping[str, Known | Unbound],
    free: Mapping[str, tuple[Known, ...]],
    kept: frozenset[str],
    watched: Test | None,
) -> Solution:
    """Return how a move can be made from known and unbound values."""
    solver = _Solver(move, values, free, kept)
    tests = [(test, False) for test in before] + [(test, True) for test in after]
    groups = solver.groups(tests)
    found = [solver.satisfying(group) for group in groups]
    closed = tuple(
        test.id
        for group, assignments in zip(groups, found, strict=True)
        if not assignments
        for test, _ in group.tests
    )
    if closed:
        return Solution((), None, closed)
    options = [solver.ways(group, some) for group, some in zip(groups, found, strict=True)]
    ways = tuple(
        (_merged(settled for settled, _ in pick), _merged(met for _, met in pick))
        for pick in product(*options)
    )
    breach = _breach(solver, groups, found, watched) if watched is not None else None
    return Solution(ways, breach, ())


def _breach(
    solver: _Solver, groups: list[_Group], found: list[list[Assignment]], watched: Test
) -> Assignment | None:
    """Return values with which all tests hold and the watched invariant does not."""
    names = solver.unknown(watched, after=True)
    touched = [
        some
        for group, some in zip(groups, found, strict=True)
        if not set(group.unknown).isdisjoint(names)
    ]
    covered = {name for some in touched for name in (some[0] if some else ())}
    rest = [name for name in names if name not in covered]
    for pick in product(*touched):
        base = _merged(pick)
        for values in product(*(solver.domains[name] for name in rest)):
            assignment = {**base, **dict(zip(rest, values, strict=True))}
            if not solver.holds(watched, assignment, after=True):
                others = [s[0] for s in found if not any(s is t for t in touched)]
                return {**_merged(others), **assignment}
    return None


def _merged(parts: object) -> Assignment:
    merged: Assignment = {}
    for part in parts:  # type: ignore[attr-defined]
        merged.update(part)
    return merged
