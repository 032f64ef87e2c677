"""A second, simple-minded explorer: every fact always known, production code for every step.

It knows nothing of slices, unbound values or liveness, so that the two check each other.
"""

from collections import deque
from datetime import date
from itertools import product

from zhiheng.rulebook.evaluate import evaluate_step, facts_after
from zhiheng.rulebook.findings import Status
from zhiheng.rulebook.machine import asked_domain, domain_of

ON = date(2026, 3, 18)


def explore(book, procedure, *, omit=frozenset()):  # noqa: C901
    """Return the states reached, the steps taken and the invariants broken."""
    facts = book.facts(procedure)
    free = {n: domain_of(f) for n, f in facts.items() if f.varies and len(f.explore) > 1}
    fixed = {
        n: domain_of(f)
        for n, f in facts.items()
        if f.source == "record" and not f.varies and len(f.explore) > 1
    }
    reached, taken, broken = set(), set(), set()
    seen = set()
    queue = deque()
    for pick in product(*fixed.values()):
        start = {**book.initial_facts(procedure), **dict(zip(fixed, pick, strict=True))}
        queue.append((procedure.initial, tuple(sorted(start.items(), key=str)), frozenset()))
    while queue:
        node = queue.popleft()
        if node in seen:
            continue
        seen.add(node)
        state, items, running = node
        reached.add(state)
        known = dict(items)
        for name, fact in facts.items():
            if fact.deadline in running and not known[name]:
                queue.append((state, _items({**known, name: True}), running))
        for step in procedure.steps_from(state):
            asked = {
                n: tuple(step.chooses.get(n) or asked_domain(facts[n]))
                for n in (*step.asks, *step.chooses)
            }
            for given in product(*asked.values()):
                filled = dict(zip(asked, given, strict=True))
                for world in product(*free.values()):
                    now = {**known, **dict(zip(free, world, strict=True))}
                    reading = evaluate_step(book, procedure, step.id, state, now, ON, given=filled)
                    blocks = {f.id for f in reading.blocks} - omit
                    if reading.reason or (reading.status is Status.BLOCKED and blocks):
                        continue
                    taken.add(step.id)
                    after = facts_after(book, step, now, filled)
                    target = step.target(state)
                    for invariant in procedure.invariants:
                        if (not invariant.at or target in invariant.at) and not _holds(
                            invariant, after
                        ):
                            broken.add(invariant.id)
                    clocks = running - {facts[n].deadline for n in step.clears}
                    clocks = (clocks | set(step.starts)) - set(step.meets)
                    rest = {**after, **{n: free[n][0] for n in free}}
                    queue.append((target, _items(rest), frozenset(clocks)))
    return reached, taken, broken, len(seen)


def _items(facts):
    return tuple(sorted(facts.items(), key=str))


def _holds(invariant, facts):
    try:
        return invariant.must.evaluate(facts)
    except TypeError:
        return False
