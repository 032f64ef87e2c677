"""Can a move be made, with which values, and may it break what must stay true?

Tests that share an unknown are solved together, the others apart; a value is settled only when
the move depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from zhiheng.rulebook.machine import Known, Test, Unbound

Assignment = dict[str, Known]
Seen = tuple[Known | Unbound, ...]


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
class Group:
    """Tests that share unknowns: their names, their domains, and the rows under which all hold."""

    domains: dict[str, tuple[Known, ...]]
    rows: list[Assignment]
    ids: list[str]

    def joined(self, other: Group) -> Group:
        """Return both groups as one: the rows that agree on the names they share."""
        shared = [name for name in self.domains if name in other.domains]
        index: dict[tuple[Known, ...], list[Assignment]] = {}
        for row in other.rows:
            index.setdefault(tuple(row[name] for name in shared), []).append(row)
        rows = [
            {**row, **match}
            for row in self.rows
            for match in index.get(tuple(row[name] for name in shared), ())
        ]
        return Group({**self.domains, **other.domains}, rows, self.ids + other.ids)

    def ways(self, lasting: frozenset[str]) -> list[tuple[Assignment, Assignment]]:
        """Return the lasting values that the group settles, each with a witness.

        When all combinations of them are possible, nothing need be settled.
        """
        names = [name for name in self.domains if name in lasting]
        ways: dict[tuple[Known, ...], tuple[Assignment, Assignment]] = {}
        for row in self.rows:
            key = tuple(row[name] for name in names)
            if key not in ways:
                ways[key] = ({name: row[name] for name in names}, row)
        size = 1
        for name in names:
            size *= len(self.domains[name])
        if len(ways) == size:
            first = self.rows[0]
            return [({}, {name: first[name] for name in first if name not in lasting})]
        return list(ways.values())


def solve(
    *,
    tests: Sequence[tuple[Test, Seen]],
    watched: tuple[Test, Seen] | None,
    lasting: frozenset[str],
) -> Solution:
    """Return how a move can be made.

    Args:
        tests: each test with what it sees under its names: values, or what is not settled.
        watched: an invariant with what it sees after the move.
        lasting: names whose value is still looked at after the move.
    """
    groups: list[Group] = []
    for test, seen in tests:
        mine = group_of(test, seen)
        apart = []
        for group in groups:
            if mine.domains.keys() & group.domains.keys():
                mine = group.joined(mine)
            else:
                apart.append(group)
        groups = [*apart, mine]
    closed = tuple(name for group in groups if not group.rows for name in group.ids)
    if closed:
        return Solution((), None, closed)
    options = [group.ways(lasting) for group in groups if group.domains]
    ways = tuple(
        (_merged(settled for settled, _ in pick), _merged(met for _, met in pick))
        for pick in product(*options)
    )
    breach = _breach(groups, group_of(*watched, holding=False)) if watched else None
    return Solution(ways, breach, ())


def group_of(test: Test, seen: Seen, *, holding: bool = True) -> Group:
    """Return the rows of a test's unknowns under which it holds, or under which it does not."""
    domains = {
        name: value.domain
        for name, value in zip(test.vars, seen, strict=True)
        if isinstance(value, Unbound)
    }
    return Group(domains, test.rows(seen, holding=holding), [test.id])


def _breach(groups: list[Group], failing: Group) -> Assignment | None:
    """Return values with which all tests hold and the watched invariant does not."""
    found = failing
    others = []
    for group in groups:
        if found.domains.keys() & group.domains.keys():
            found = group.joined(found)
        else:
            others.append(group.rows[0])
    return _merged([*others, found.rows[0]]) if found.rows else None


def _merged(parts: Iterable[Assignment]) -> Assignment:
    merged: Assignment = {}
    for part in parts:
        merged.update(part)
    return merged
