"""Random walks with production code never break what the slices proved."""

import random
from datetime import date

import pytest

from zhiheng.rulebook.evaluate import evaluate_step, facts_after
from zhiheng.rulebook.expressions import as_cel
from zhiheng.rulebook.findings import Status
from zhiheng.rulebook.machine import asked_domain, domain_of

ON = date(2026, 3, 18)
WALKS, LENGTH, TRIES = 120, 90, 6


class Walker:
    """Takes steps at random, mostly with facts as they should be; time and the world move too."""

    def __init__(self, book, procedure, seed):
        self.book, self.procedure = book, procedure
        self.dice = random.Random(seed)
        self.known = book.facts(procedure)
        self.facts = book.initial_facts(procedure)
        self.state = procedure.initial
        self.running = set()
        self.free = [n for n, f in self.known.items() if f.varies and len(domain_of(f)) > 1]
        for name, fact in self.known.items():
            if fact.source == "record" and not fact.varies and self.dice.random() < 0.08:
                self.facts[name] = self.dice.choice(domain_of(fact))
        self.path = []

    def world(self):
        for name in self.free:
            self.facts[name] = domain_of(self.known[name])[0]
        if self.free and self.dice.random() < 0.3:
            name = self.dice.choice(self.free)
            self.facts[name] = self.dice.choice(domain_of(self.known[name]))
        for name, fact in self.known.items():
            if fact.deadline in self.running and self.dice.random() < 0.25:
                self.facts[name] = True

    def step(self):
        self.world()
        steps = self.procedure.steps_from(self.state)
        if not steps:
            return False
        main = [step for step in steps if step.primary]
        going_on = [s for s in steps if not self.leaves(s)] or steps
        roll = self.dice.random()
        step = self.dice.choice(main if main and roll < 0.4 else going_on if roll < 0.99 else steps)
        for _ in range(TRIES):
            given = {
                name: self.dice.choice(step.chooses.get(name) or asked_domain(self.known[name]))
                for name in (*step.asks, *step.chooses)
            }
            reading = evaluate_step(
                self.book, self.procedure, step.id, self.state, self.facts, ON, given=given
            )
            if reading.status is not Status.BLOCKED:
                self.take(step, given)
                break
        return True

    def leaves(self, step):
        """Say whether a step ends the matter early or sends it back."""
        backward = step.to and bool(step.returns_to)
        return (step.to and self.procedure.states[step.to].final and not step.primary) or backward

    def take(self, step, given):
        self.facts = facts_after(self.book, step, self.facts, given)
        self.state = step.target(self.state)
        self.running -= {self.known[name].deadline for name in step.clears}
        self.running = (self.running | set(step.starts)) - set(step.meets)
        self.path.append(step.id)
        for invariant in self.procedure.invariants:
            if not invariant.at or self.state in invariant.at:
                names = invariant.must.variables
                assert invariant.must.evaluate({n: as_cel(self.facts[n]) for n in names}), (
                    f"{invariant.id} {invariant.title}: {' → '.join(self.path)}"
                )


@pytest.mark.parametrize(
    "name", ["penalty.ordinary", "payment", "hearing", "clue.intake", "service"]
)
def test_no_random_walk_breaks_an_invariant(name, real):
    procedure = real.procedure(name)
    ends = set()
    for seed in range(WALKS):
        walker = Walker(real, procedure, seed)
        for _ in range(LENGTH):
            if not walker.step():
                break
        ends.add(walker.state)
    assert any(procedure.states[code].final for code in ends), "some walk comes to an end"
