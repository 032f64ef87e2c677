"""What the random walks beside a case share: who acts, what they answer, what must hold after.

    walker = Walker(player, random.Random(7))
    walker.begins("assist")         # the first step, with answers that people would give
    walker.goes_on(number)          # some step of a side proceeding, by whoever may take it
    walker.all_is_told()            # nothing lost, nothing twice, all of it sealed

After a step all that the rulebook says of its procedure must hold; a refusal leaves no trace in
any table of casework.
"""

import random
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction

from tests import cast
from tests.snapshots import Snapshot
from zhiheng.cases.demo.player import Player, picture
from zhiheng.cases.models import Case, Side
from zhiheng.cases.services.collect import keep_proof
from zhiheng.cases.sides.drafts import draft_side
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import may_begin, side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.cases.tests.soundness import all_is_told, is_sound, runs_from_its_day
from zhiheng.cases.tests.traces import odd, refused, traces
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

ODD, STRANGER, ASTRAY, TWICE = 0.06, 0.05, 0.05, 0.25
WALKS, LONGEST = 40, 14
STRANGERS = (cast.OFFICER, cast.AGENCY_HEAD, cast.OTHER_OFFICER, cast.EXPERT, cast.SUPERVISOR)


STANDING: dict[str, tuple[Snapshot, Player]] = {}


def standing(name: str, build: Callable[[], Player]) -> Player:
    """A case that stands somewhere: built once in a process, after that put back from memory."""
    if name in STANDING:
        rows, player = STANDING[name]
        rows.put_back()
    else:
        player = build()
        STANDING[name] = (Snapshot().take(), player)
    return replace(player)


class Walker:
    """Walks what runs beside the case of a player, step by step, at random.

    `taken` counts the steps that were taken, as `procedure/step`; `refusals` those refused.
    `usual` makes the usual answers of facts for which any text or day would not do.
    """

    def __init__(self, player: Player, dice: random.Random) -> None:
        self.player, self.dice = player, dice
        self.taken: Counter[str] = Counter()
        self.refusals = 0
        self.log: dict[int, list[str]] = {}
        self.usual: dict[str, Callable[[], Any]] = {}
        self.tried = 0

    # —— where it stands ——

    @property
    def case(self) -> Case:
        """The case as it stands."""
        rows = Case.objects.select_related("dossier__run", "item", "subject", "lead", "clue")
        return rows.get(pk=self.player.case.pk)

    def running(self) -> list[int]:
        """The numbers of what has not ended."""
        rows = Side.objects.filter(case_id=self.player.case.pk, closed_on=None)
        return list(rows.order_by("number").values_list("number", flat=True))

    def passes(self, *days: int) -> None:
        """Some days pass; the reminders of the morning are given."""
        self.player.move_to(self.player.day + timedelta(days=self.dice.choice(days)))
        ledger.remind(at=self.player.now())

    # —— what is done ——

    def begins(self, procedure_id: str) -> int | None:
        """Begin one; its number, or None where that was refused. The same form twice is one."""
        procedure, case, at = rulebook.current().procedure(procedure_id), self.case, self._now()
        step = procedure.steps[procedure.attaches.opens]
        asked = {"case": case, "procedure_id": procedure_id, "at": at, "idempotency_key": self._key(),
                 **self._given(SideMatter(draft_side(case, procedure), at=at), step)}  # fmt: skip
        opened: list[Side] = []
        if refused(lambda: opened.append(open_side(**asked)), what=f"{procedure_id} {step.id}"):
            self.refusals += 1
            return None
        before, number = traces(), opened[0].number
        assert open_side(**asked) == opened[0]
        assert traces() == before, f"{procedure_id} 同一张表单开了两件"
        other = asked | {"procedure_id": "measure.registration"}
        assert refused(lambda: open_side(**other), what="借来的表单")
        self._note(procedure, number, step)
        return number

    def goes_on(self, number: int, *, towards: frozenset[str] = frozenset()) -> bool:
        """Take some step of one, rather one of those named; whether it was taken."""
        at = self._now()
        side = side_by_number(case=self.case, number=number)
        matter = SideMatter(side, at=at)
        procedure = procedures.procedure_of(matter.run)
        step = self._choose(procedure, side.dossier.state, towards)
        asked = {"matter": matter, "step_id": step.id, "at": at, "idempotency_key": self._key(),
                 **self._given(matter, step)}  # fmt: skip
        what, main = f"{procedure.id} {step.id}", self.case.dossier
        if refused(lambda: take_side_step(**asked), what=what):
            self.refusals += 1
            return False
        assert side.dossier.state in step.from_, f"{what} 在 {side.dossier.state} 办成了"
        assert self.case.dossier.state == main.state, f"{what} 动了案件的状态"
        self._note(procedure, number, step)
        if self.dice.random() < TWICE:
            before = traces()
            assert take_side_step(**asked).act.replayed
            assert traces() == before, f"{what} 同一张表单办了两次"
        runs_from_its_day(side, step, values=asked["values"], at=at)
        return True

    def moves_the_case(self) -> bool:
        """Take some step of the case itself with the usual answers; whether it was taken."""
        case = self.case
        steps = (
            rulebook.current().procedure(case.dossier.procedure_id).steps_from(case.dossier.state)
        )
        if not steps:
            return False
        step = self.dice.choices(steps, [4 if each.primary else 1 for each in steps])[0]
        beside = self._beside()
        if refused(lambda: self.player.step(step.id), what=f"案件 {step.id}"):
            self.refusals += 1
            return False
        assert self._beside() == beside, f"案件 {step.id} 动了附属程序"
        return True

    def _beside(self) -> dict[int, tuple[str, int]]:
        rows = Side.objects.filter(case_id=self.player.case.pk).select_related("dossier")
        return {each.number: (each.state, each.dossier.last_seq) for each in rows}

    def _choose(self, procedure: Any, state: str, towards: frozenset[str]) -> Any:
        here = list(procedure.steps_from(state))
        if not here or self.dice.random() < ASTRAY:
            return self.dice.choice(list(procedure.steps.values()))
        weights = [8 if step.id in towards else 3 if step.primary else 1 for step in here]
        return self.dice.choices(here, weights)[0]

    def _now(self) -> datetime:
        return self.player.now()

    def _key(self) -> str:
        self.tried += 1
        return f"{self.player.prefix}/side/{self.tried}"

    # —— who acts, and what they answer ——

    def _given(self, matter: SideMatter, step: Any) -> dict[str, Any]:
        own = dict(matter.hooks.more_fields(matter, step, self.player.day))
        facts = rulebook.current().all_facts
        values = {
            name: self._chosen(own[name]) if name in own else self._answer(facts[name])
            for name in step.asks
        }
        extra = {name: self._chosen(field) for name, field in own.items() if name not in step.asks}
        shown = "proof" in own and self.dice.random() < 0.4
        proofs = keep_proof(picture(self._key())) if shown else ()
        return {
            "actor": self._actor(matter, step), "values": values, "reason": "情况属实。",
            "extra": {**extra, "proofs": proofs}, "evidence_digests": proofs,
        }  # fmt: skip

    def _answer(self, fact: Any) -> Any:
        dice, day = self.dice, self.player.day
        if dice.random() < ODD:
            return odd(fact, day, dice)
        if fact.id in self.usual:
            return self.usual[fact.id]()
        usual = {
            "bool": [True, True, False], "enum": [c for c in fact.choices if c != "NONE"] or ["NONE"],
            "date": [day - timedelta(days=1), day, day], "int": [2, 4], "cents": [0, 50000],
            "text": ["照实填写", "一行\n两行"] if fact.multiline else ["照实填写"],
        }  # fmt: skip
        return dice.choice(usual[fact.type])

    def _chosen(self, field: forms.Field) -> Any:
        """One of what a register offers, as the form hands it on; at times none of it."""
        if not isinstance(field, forms.ChoiceField):
            return None
        closed = getattr(field.widget, "closed", frozenset())
        codes = [str(code) for code, _ in field.choices if code and code not in closed]
        if isinstance(field, forms.MultipleChoiceField):
            return field.clean([code for code in codes if self.dice.random() < 0.7])
        if not codes or self.dice.random() < ODD:
            return "没有这一个" if field.required else ""
        return self.dice.choice(codes)

    def _actor(self, matter: SideMatter, step: Any) -> people.Actor:
        if self.dice.random() < STRANGER:
            return cast.actor(self.dice.choice(STRANGERS), self.player.day)
        if step.id in matter.hooks.answers and matter.asked:
            return people.actor_of(matter.asked.account, self.player.day)
        return self.player.actor(self.dice.choice(step.by))

    def _note(self, procedure: rulebook.Procedure, number: int, step: rulebook.Step) -> None:
        self.taken[f"{procedure.id}/{step.id}"] += 1
        self.log.setdefault(number, []).append(step.id)
        matter = SideMatter(side_by_number(case=self.case, number=number), at=self._now())
        is_sound(matter, procedure, steps=self.log[number], day=self.player.day)

    def all_is_told(self) -> None:
        """The case and all that runs beside it: in order, sealed, each act once in the log."""
        all_is_told(self.case, at=self._now())


def every_step(
    walker: Walker,
    procedure_id: str,
    *,
    meanwhile: Callable[[], None] = lambda: None,
    each_afresh: bool = False,
) -> None:
    """Walk one kind, one after the other, until each of its steps was taken.

    Rather where steps lie that were not taken yet; one that cannot be taken in so many walks
    cannot be taken. What has ended takes no step any more. `meanwhile` happens before each step.
    `each_afresh` undoes a walk before the next, where one that has ended bars another.
    """
    procedure = rulebook.current().procedure(procedure_id)
    for _ in range(WALKS):
        with transaction.atomic():
            began = replace(walker.player)
            _walk(walker, procedure, meanwhile)
            if each_afresh:
                walker.all_is_told()
                walker.player = began
                walker.log.clear()
                transaction.set_rollback(True)
        if not left_of(walker, procedure):
            return
    left, taken = left_of(walker, procedure), dict(walker.taken)
    assert not left, f"{procedure_id} 没有走到的步骤：{left}，办成 {taken}"


def _walk(walker: Walker, procedure: rulebook.Procedure, meanwhile: Callable[[], None]) -> None:
    """Begin one and go on until it has ended, or for so many steps."""
    if (number := walker.begins(procedure.id)) is None:
        return
    for _ in range(LONGEST):
        walker.passes(0, 0, 1, 4)
        meanwhile()
        walker.goes_on(number, towards=leading_on(walker, procedure))
        if number not in walker.running():
            assert not walker.goes_on(number), f"{procedure.id} 了结了还能办"
            return


def left_of(walker: Walker, procedure: rulebook.Procedure) -> set[str]:
    """The steps of a procedure that were not taken yet."""
    return {step for step in procedure.steps if not walker.taken[f"{procedure.id}/{step}"]}


def leading_on(walker: Walker, procedure: rulebook.Procedure) -> frozenset[str]:
    """The steps not taken yet, and those after which they may come."""
    found = left_of(walker, procedure)
    while True:
        states = {state for name in found for state in procedure.steps[name].from_}
        more = {s.id for s in procedure.steps.values() if s.to in states} - found
        if not more:
            return frozenset(found)
        found |= more


def begin_or_go_on(walker: Walker, kinds: Collection[str]) -> None:
    """Begin one of these kinds, rather a new one, go on with what runs, or move the case itself."""
    dice, running = walker.dice, walker.running()
    what = dice.choices(("begin", "go on", "case"), (3, 6 if running else 0, 1))[0]
    if what == "go on":
        walker.goes_on(dice.choice(running))
    elif what == "case":
        walker.moves_the_case()
    else:
        begun = {each.partition("/")[0] for each in walker.taken}
        may = {each.id for each in may_begin(walker.case, walker.case.sides.all())} & {*kinds}
        if may:
            walker.begins(dice.choice(sorted(may - begun or may)))
