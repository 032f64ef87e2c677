"""A small layered layout: states in columns by distance from the start, few crossings."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from zhiheng.rulebook.tables import Procedure

SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Edge:
    """All steps and events that lead from one state to another."""

    source: str
    target: str
    titles: tuple[str, ...]
    primary: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Column and row of each state, the edges between states, and what happens inside them."""

    columns: tuple[tuple[str, ...], ...]
    place: dict[str, tuple[int, int]]
    edges: tuple[Edge, ...]
    inside: dict[str, tuple[str, ...]]


def arrange(*, procedure: Procedure) -> Layout:
    """Return the layout of a procedure."""
    depth = _depths(procedure)
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for code in procedure.states:
        columns[depth[code]].append(code)
    pairs = _pairs(procedure)
    _untangle(columns, list(pairs))
    place = {code: (x, y) for x, column in enumerate(columns) for y, code in enumerate(column)}
    edges = tuple(
        Edge(source, target, titles, primary, back=depth[target] <= depth[source])
        for (source, target), (titles, primary) in pairs.items()
    )
    inside = {
        code: tuple(
            [step.title for step in procedure.steps_from(code) if step.target(code) == code]
        )
        for code in procedure.states
    }
    return Layout(tuple(map(tuple, columns)), place, edges, inside)


def _pairs(procedure: Procedure) -> dict[tuple[str, str], tuple[tuple[str, ...], bool]]:
    found: dict[tuple[str, str], tuple[tuple[str, ...], bool]] = {}
    moves = [(s.from_, s.to, s.title, s.primary) for s in procedure.steps.values()]
    moves += [(e.from_, e.to, e.title, False) for e in procedure.events.values()]
    for sources, target, title, primary in moves:
        for source in sources:
            if target and target != source:
                titles, main = found.get((source, target), ((), False))
                found[source, target] = ((*titles, title), main or primary)
    return found


def _depths(procedure: Procedure) -> dict[str, int]:
    """Return the column of each state: along the main steps first, the others one further."""
    depth = {procedure.initial: 0}
    pairs = _pairs(procedure)
    for main_only in (True, False):
        queue = deque(sorted(depth, key=depth.__getitem__))
        while queue:
            here = queue.popleft()
            for (source, target), (_, primary) in pairs.items():
                if source == here and target not in depth and (primary or not main_only):
                    depth[target] = depth[here] + 1
                    queue.append(target)
    last = max(depth.values())
    return {code: depth.get(code, last) for code in procedure.states}


def _untangle(columns: list[list[str]], pairs: list[tuple[str, str]]) -> None:
    """Order each column by the mean row of its neighbours, forth and back."""
    for sweep in range(SWEEPS):
        order = range(1, len(columns)) if sweep % 2 == 0 else range(len(columns) - 2, -1, -1)
        for x in order:
            near = columns[x - 1] if sweep % 2 == 0 else columns[x + 1]
            row = {code: index for index, code in enumerate(near)}
            weight = {code: _mean(code, pairs, row, columns[x].index(code)) for code in columns[x]}
            columns[x].sort(key=weight.__getitem__)


def _mean(code: str, pairs: list[tuple[str, str]], row: dict[str, int], own: int) -> float:
    rows = [row[a] for a, b in pairs if b == code and a in row]
    rows += [row[b] for a, b in pairs if a == code and b in row]
    return sum(rows) / len(rows) if rows else float(own)
