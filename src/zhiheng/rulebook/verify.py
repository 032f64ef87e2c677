"""Proofs about a procedure: what can never happen, what can always be finished, what is idle."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.dead_ends import find_dead_end
from zhiheng.rulebook.machine import Machine, Move, Test, build_machine
from zhiheng.rulebook.model import Fact, Guard
from zhiheng.rulebook.search import Effort, Finder, Tale, tell
from zhiheng.rulebook.stories import run_story
from zhiheng.rulebook.tables import Procedure

INVARIANT = "不变式"
OFFERED = "步骤可达"
REACHED = "状态可达"
FINISHED = "没有死路"
STARTED = "期限有起点"
NEVER_FALSE = "护栏会挡"
NEVER_TRUE = "护栏能过"
NEEDED = "护栏不多余"


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was to be proved.

    Attributes:
        kind: what sort of proof.
        subject: id of the invariant, step, state, guard or deadline.
        ok: whether it holds.
        text: one Chinese sentence.
        tale: the counter-example, or for a needed guard what happens without it.
        certain: False when the search gave up; then `ok` is False.
    """

    kind: str
    subject: str
    ok: bool
    text: str
    tale: Tale | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """All proofs about one procedure, and what they took."""

    procedure: Procedure
    proofs: tuple[Proof, ...]
    effort: Effort
    seconds: float
    facts: Mapping[str, Fact]

    @property
    def ok(self) -> bool:
        """Whether every proof holds."""
        return all(proof.ok for proof in self.proofs)

    @property
    def failures(self) -> list[Proof]:
        """The proofs that do not hold."""
        return [proof for proof in self.proofs if not proof.ok]


def verify(
    rulebook: Rulebook,
    procedure: str,
    *,
    version: int | None = None,
    region: str = "",
    omit: frozenset[str] = frozenset(),
    ablate: bool = True,
    only: Collection[str] = (),
) -> Report:
    """Prove what must hold of a procedure over all its histories.

    Args:
        rulebook: the rules.
        procedure: its id.
        version: a version of it; the newest active one when None.
        region: prove it as it runs there, with the guards the region adds.
        omit: guards to leave out, to see what they are good for.
        ablate: also leave out each guard in turn and see whether anybody notices.
        only: kinds of proof to make; all when empty.
    """
    began = time.perf_counter()
    subject = rulebook.procedure(procedure, version)
    machine = build_machine(rulebook, subject, region=region, omit=omit)
    prover = _Prover(rulebook, subject, machine, Finder(machine), region, omit)
    sections: list[tuple[tuple[str, ...], Callable[[], Iterator[Proof]]]] = [
        ((INVARIANT,), prover.invariants),
        ((OFFERED, REACHED), prover.reach),
        ((STARTED,), prover.deadlines),
        ((FINISHED,), prover.dead_ends),
        ((NEVER_FALSE, NEVER_TRUE), prover.guards),
        ((NEEDED,), prover.ablation if ablate else lambda: iter(())),
    ]
    proofs = tuple(
        proof
        for kinds, prove in sections
        if not only or not set(only).isdisjoint(kinds)
        for proof in prove()
    )
    seconds = time.perf_counter() - began
    return Report(subject, proofs, prover.finder.effort, seconds, machine.facts)


@dataclass(slots=True)
class _Prover:
    rulebook: Rulebook
    procedure: Procedure
    machine: Machine
    finder: Finder
    region: str
    omit: frozenset[str]
    honoured: dict[str, frozenset[str]] = field(default_factory=dict)

    def invariants(self) -> Iterator[Proof]:
        """Prove each invariant, or tell the shortest story that breaks it."""
        for found in self.procedure.invariants:
            answer = self.finder.find(invariant=found.id)
            if answer.history is None:
                self.honoured[found.id] = answer.honoured
                yield Proof(INVARIANT, found.id, True, f"{found.title}。")
                continue
            text = (
                f"{found.title}：会被打破。" if answer.certain else f"{found.title}：没有证出来。"
            )
            tale = tell(machine=self.machine, history=answer.history)
            yield Proof(INVARIANT, found.id, False, text, tale, answer.certain)

    def reach(self) -> Iterator[Proof]:
        """Prove that each step can be taken and each state entered by some history."""
        entered = {self.procedure.initial}
        for move in self.machine.moves:
            if move.kind == "time":
                continue
            answer = self.finder.find(goal=move)
            if answer.history is not None:
                entered.update({move.to} - {""})
            what = "步骤" if move.kind == "step" else "事件"
            text = f"{what}“{move.title}”" + ("可以走到。" if answer.history else "从来走不到。")
            yield Proof(OFFERED, move.id, answer.history is not None, text)
        for code, state in self.procedure.states.items():
            text = f"状态“{state.title}”" + ("可以走到。" if code in entered else "从来走不到。")
            yield Proof(REACHED, code, code in entered, text)

    def deadlines(self) -> Iterator[Proof]:
        """Prove that each deadline which a rule looks at, or a step meets, is started by a step."""
        read = {name for test in self._all_tests() for name in test.vars}
        wanted = {fact.deadline for name, fact in self.machine.facts.items() if name in read}
        steps = self.procedure.steps.values()
        wanted |= {name for step in steps for name in step.meets}
        started = {name for step in steps for name in step.starts}
        for name in sorted(wanted - {""}):
            title = self.rulebook.parameters[name].title
            text = f"期限“{title}”" + ("有步骤起算。" if name in started else "没有一步起算它。")
            yield Proof(STARTED, name, name in started, text)

    def dead_ends(self) -> Iterator[Proof]:
        """Prove that every matter can be brought to an end, or show one that is stuck."""
        found = find_dead_end(self.finder)
        if found is None:
            yield Proof(FINISHED, self.procedure.id, True, "每个案件都能走到终点。")
            return
        tale = tell(machine=self.machine, history=found.history, settled=found.settled)
        title = self.procedure.states[found.control].title
        text = f"案件会停在“{title}”，怎么改也走不到终点。"
        if not found.certain:
            text = f"没有证出“{title}”一定走得到终点。"
        yield Proof(FINISHED, found.control, False, text, tale, found.certain)

    def guards(self) -> Iterator[Proof]:
        """Prove that each guard can close its step, and can let it pass."""
        for name, places in self._guards().items():
            guard = self.rulebook.guards[name]
            for kind, negated in ((NEVER_FALSE, True), (NEVER_TRUE, False)):
                ok = any(
                    self.finder.find(goal=_only(move, guard, after, negated)).history is not None
                    for move, after in places
                )
                words = ("有时挡得住", "从来不会挡") if negated else ("有时能过", "从来过不去")
                text = f"护栏“{guard.title}”{words[0] if ok else words[1]}。"
                if negated and not ok and guard.second_lock:
                    ok, text = True, f"护栏“{guard.title}”是第二道锁：{guard.second_lock}"
                yield Proof(kind, guard.id, ok, text)

    def ablation(self) -> Iterator[Proof]:
        """Leave out each blocking guard: an invariant must break, or a story's block must go."""
        stories = self._blocked_in_stories()
        for name in sorted(self.machine.blocking):
            guard = self.rulebook.guards[name]
            proof = self._broken_without(guard)
            if proof is None and name in stories:
                text = f"没有“{guard.title}”，故事“{stories[name]}”里不该办的就办成了。"
                proof = Proof(NEEDED, name, True, text)
            if proof is None and guard.second_lock:
                text = f"护栏“{guard.title}”是第二道锁：{guard.second_lock}"
                proof = Proof(NEEDED, name, True, text)
            yield proof or Proof(
                NEEDED,
                name,
                False,
                f"去掉护栏“{guard.title}”没有人发觉：或者多余，或者缺一条不变式或故事。",
            )

    def _broken_without(self, guard: Guard) -> Proof | None:
        for invariant in self.procedure.invariants:
            honoured = self.honoured.get(invariant.id, frozenset())
            if guard.id not in honoured:
                continue
            answer = self.finder.find(
                invariant=invariant.id, omit=frozenset({guard.id}), honour=honoured
            )
            if answer.history is not None and answer.certain:
                tale = tell(machine=self.machine, history=answer.history)
                text = f"没有“{guard.title}”，{invariant.id}（{invariant.title}）就被打破。"
                return Proof(NEEDED, guard.id, True, text, tale)
        return None

    def _blocked_in_stories(self) -> dict[str, str]:
        """Return the guards that alone close a step which a story expects to be closed.

        Stories are written apart from the guards, so some say only that the step is not offered.
        """
        found: dict[str, str] = {}
        for story in self.rulebook.stories:
            if story.procedure != self.procedure.id:
                continue
            for line in run_story(self.rulebook, story).lines:
                if line.reading is None or line.wrong:
                    continue
                blocks = [finding.id for finding in line.reading.blocks]
                expect = line.entry.expect
                closed = blocks[0] if len(blocks) == 1 else ""
                if closed in expect.get("blocked_by", ()) or (
                    closed and expect.get("offered") is False
                ):
                    found.setdefault(closed, story.title)
        return found

    def _guards(self) -> dict[str, list[tuple[Move, bool]]]:
        places: dict[str, list[tuple[Move, bool]]] = {}
        moves = {move.id: move for move in self.machine.moves if move.kind == "step"}
        for step in self.procedure.steps:
            for after in (False, True):
                for guard in self.rulebook.guards_of(
                    procedure=self.procedure, step=step, after=after, region=self.region
                ):
                    if guard.status == "active" and guard.id not in self.omit:
                        places.setdefault(guard.id, []).append((moves[step], after))
        return places

    def _all_tests(self) -> Iterator[Test]:
        for name in self._guards():
            yield Test(name, self.rulebook.guards[name].when)
        for test, _ in self.machine.invariants.values():
            yield test
        for move in self.machine.moves:
            if move.kind == "event":
                yield from move.tests


def _only(move: Move, guard: Guard, after: bool, negated: bool) -> Move:
    """Return the move with nothing but one guard, or its contrary, to pass."""
    test = Test(f"@{guard.id}", guard.when, negated=negated)
    return replace(move, before=() if after else (test,), after=(test,) if after else ())
