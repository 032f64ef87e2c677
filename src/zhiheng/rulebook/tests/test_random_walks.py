"""Random walks with production code never break what the slices proved, in any procedure."""

import random
from collections import Counter
from datetime import date

import pytest

from zhiheng.rulebook.evaluate import evaluate_step, facts_after
from zhiheng.rulebook.expressions import as_cel
from zhiheng.rulebook.findings import Status
from zhiheng.rulebook.loader import PROJECT_ROOT, load
from zhiheng.rulebook.machine import asked_domain, domain_of

ON = date(2026, 3, 18)
WALKS, LENGTH, TRIES, STEPS_TRIED = 100, 120, 20, 4
ENOUGH = 0.8  # of the steps of a procedure, at least so many are taken by some walk
ODD = 0.15  # how often what was answered is left as it fell, refused or not
EVERY = sorted(load(PROJECT_ROOT).procedures)


class Walker:
    """Takes steps at random; time and the world move too; rare steps are tried more often.

    What a refusal names is answered anew, as people do, until the step passes or they give up.
    """

    def __init__(self, book, procedure, seed, *, taken=None):
        self.book, self.procedure = book, procedure
        self.dice = random.Random(seed)
        self.taken, self.refused = Counter() if taken is None else taken, Counter()
        self.known = book.facts(procedure)
        self.facts = book.initial_facts(procedure)
        self.state = procedure.initial
        self.running = set()
        self.free = {n: domain_of(f) for n, f in self.known.items() if self.moves_freely(f)}
        self.free |= {n: asked_domain(self.known[n]) for n in procedure.takes}
        for name, fact in self.known.items():
            if fact.source == "record" and not fact.varies and self.dice.random() < 0.15:
                self.facts[name] = self.dice.choice(domain_of(fact))
        self.path = []

    @staticmethod
    def moves_freely(fact):
        varies = fact.source == "time" or (fact.source == "record" and fact.varies)
        return varies and len(domain_of(fact)) > 1

    def world(self):
        for name, values in self.free.items():
            self.facts[name] = values[0]
        if self.free and self.dice.random() < 0.3:
            name = self.dice.choice(sorted(self.free))
            self.facts[name] = self.dice.choice(self.free[name])
        for name, fact in self.known.items():
            if fact.deadline in self.running and self.dice.random() < 0.25:
                self.facts[name] = True

    def step(self):
        """Try a step, another one if it is refused for good; False when there is none."""
        self.world()
        steps = self.procedure.steps_from(self.state)
        for _ in range(min(STEPS_TRIED, len(steps))):
            step = self.dice.choices(steps, [self.weight(step) for step in steps])[0]
            if self.tries(step):
                break
            self.refused[step.id] += 1
        return bool(steps)

    def tries(self, step):
        asked = {
            name: tuple(step.chooses.get(name) or asked_domain(self.known[name]))
            for name in (*step.asks, *step.chooses)
        }
        given = {name: self.dice.choice(values) for name, values in asked.items()}
        for _ in range(1 if self.dice.random() < ODD else TRIES):
            reading = evaluate_step(
                self.book, self.procedure, step.id, self.state, self.facts, ON, given=given
            )
            if reading.status is not Status.BLOCKED:
                self.take(step, given)
                return True
            if not self.think_again(reading, asked, given):
                break
        return False

    def weight(self, step):
        """Rare steps more often, the way on too; what ends or sends back a matter early, seldom."""
        early = len(self.path) < len(self.procedure.steps) / 2
        leaves = bool(step.to) and self.procedure.states[step.to].final and not step.primary
        back = bool(step.to and step.returns_to)
        liking = 0.01 if leaves and early else 0.1 if back else 4 if step.primary else 1
        return liking / (1 + self.taken[step.id] + self.refused[step.id])

    def think_again(self, reading, asked, given):
        """Answer anew what a refusal rests on, or let the world move; False if nothing can."""
        for block in reading.blocks:
            names = set(block.guard.when.variables)
            late = {n for n in names if self.known[n].deadline in self.running}
            movable = sorted(names & ({*asked, *self.free} | late))
            if not movable:
                return False
            name = self.dice.choice(movable)
            if name in asked:
                given[name] = self.dice.choice(asked[name])
            elif name in self.free:
                self.facts[name] = self.dice.choice(self.free[name])
            else:
                self.facts[name] = True
        return True

    def take(self, step, given):
        self.facts = facts_after(self.book, step, self.facts, given)
        self.state = step.target(self.state)
        self.running -= {self.known[name].deadline for name in step.clears}
        self.running = (self.running | set(step.starts)) - set(step.meets)
        self.path.append(step.id)
        self.taken[step.id] += 1
        assert self.state in self.procedure.states
        for invariant in self.procedure.invariants:
            if not invariant.at or self.state in invariant.at:
                names = invariant.must.variables
                assert invariant.must.evaluate({n: as_cel(self.facts[n]) for n in names}), (
                    f"{invariant.id} {invariant.title}: {' → '.join(self.path)}"
                )


def walked(book, procedure):
    """Where walks of a procedure ended, and how often each step was taken."""
    ends, taken = Counter(), Counter()
    for seed in range(max(WALKS, 5 * len(procedure.steps))):
        walker = Walker(book, procedure, seed, taken=taken)
        for _ in range(LENGTH):
            if not walker.step():
                break
        ends[walker.state] += 1
    return ends, taken


@pytest.mark.parametrize("name", EVERY)
def test_no_random_walk_breaks_an_invariant(name, real):
    procedure = real.procedure(name)
    ends, taken = walked(real, procedure)
    finals = {code for code, state in procedure.states.items() if state.final}
    never = sorted(set(procedure.steps) - set(taken))
    assert finals & set(ends), f"{name}：没有一次走到终点：{ends}"
    assert "decide" in taken or "decide" not in procedure.steps, f"{name}：没有一次作出决定"
    assert len(taken) >= ENOUGH * len(procedure.steps), f"{name}：这些步骤一次也没有办成：{never}"
