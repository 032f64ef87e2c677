"""One side proceeding on its way through its procedure."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from zhiheng.cases import captures, days, owing
from zhiheng.cases.handled import Handled
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Asked, Side
from zhiheng.cases.papers import making
from zhiheng.cases.sides import asking
from zhiheng.cases.sides.kinds import kind_of
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures
from zhiheng.rulebook.api import Step

# The platform, where something takes effect by law without anybody's doing.
PLATFORM = people.Actor(
    account_id=None,  # type: ignore[arg-type]
    name="系统", username="", roles=frozenset(), region_code="", agency_code="",
)  # fmt: skip


class SideMatter(Handled):
    """What the engine must know of a side proceeding.

    It sees its own facts, those of registers, and what the case has established under the same
    names: nothing is asked twice.
    """

    kind = "side"
    read_by_papers: frozenset[str] = frozenset()

    def __init__(self, side: Side, *, at: datetime | None = None) -> None:
        """Wrap a side whose dossier, run and case (with dossier and run) are loaded.

        `at` is the moment that periods of hours are judged by.
        """
        self.side, self.at = side, at
        self.case = side.case
        self.run = side.dossier.run
        self.hooks = kind_of(side.procedure_id)
        self.main = CaseMatter(side.case)

    @cached_property
    def asked(self) -> Asked | None:
        """Whom it asks from outside the case, once it does."""
        return Asked.objects.filter(pk=self.side.pk).first()

    def why_not(self, *, actor: people.Actor, step: Step) -> str:
        """As in the case; an answer is for whoever was asked, what happens by itself the platform's."""
        if actor is PLATFORM:
            return "" if step.id in self.hooks.by_platform.values() else "这一步由人办理。"
        if step.id not in self.hooks.answers:
            return super().why_not(actor=actor, step=step)
        return asking.why_not(self.asked, actor=actor, step=step)

    def assignee(self, *, role: str) -> int | None:
        """What waits for the one asked stands on that person's list, whichever the organ."""
        steps = procedures.procedure_of(self.run).steps_from(self.run.dossier.state)
        theirs = {held for step in steps if step.id in self.hooks.answers for held in step.by}
        if role in theirs and self.asked:
            return self.asked.account_id
        return super().assignee(role=role)

    @property
    def today(self) -> date:
        """The day it is for whoever acts or looks; the day it began where nobody does."""
        return local_date(self.at) if self.at else self.side.opened_on

    @property
    def dossier(self) -> ledger.Dossier:
        """Where its acts and papers go."""
        return self.run.dossier

    def record_facts(
        self, *, actor: people.Actor, on: date, names: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """Facts of the case, of the registers, and of the kind's own register."""
        procedure = procedures.procedure_of(self.run)
        mine, main = set(procedure.facts), procedures.kept_facts(self.main.run)
        told = {name: main[name] for name in procedure.takes if name in main}
        register = self.main.record_facts(actor=actor, on=on, names=names)
        known = {name: value for name, value in register.items() if name in mine}
        return {**told, **known, **self.hooks.facts(self, actor, on)}

    def derived(
        self, *, step: Step, values: Mapping[str, Any], on: date, actor: people.Actor
    ) -> dict[str, Any]:
        """What the kind works out of what was typed; an announcement counts from its end."""
        serving, state = step.id in self.hooks.served, self.run.dossier.state
        after = making.issued_on(self, step_id=step.id, state=state) if serving else None
        if {"remedy_received_on", "handed_in_on"} & set(step.asks):
            after = self.case.decided_on
        if "reconsidered_on" in step.asks:
            known = procedures.kept_facts(self.run)
            after = known.get("remedy_received_on") or known.get("handed_in_on")
        wrong = days.impossible_days(values=values, on=on, after=after) | captures.gaps(values)
        if wrong:
            raise Invalid(
                "有的日期不对，或者还没有填全。", next_step="请改正标红的内容。", fields=wrong
            )
        announced = days.announced(values) if serving else {}
        return {**announced, **self.hooks.derived(self, step, values, on, actor)}

    def served_by(self, *, step_id: str, state: str) -> tuple[str, ...]:
        """Which papers a step serves; one that fails to serve means whatever is to be served."""
        every = tuple(code for codes in self.hooks.served.values() for code in codes)
        return self.hooks.served.get(step_id, every)

    def consequences(self, taken: procedures.Taken) -> None:
        """Echo the state, make the papers, draw the kind's consequences, close at the end."""
        side = self.side
        side.state = taken.after
        self.hooks.before(self, taken)
        making.make(self, taken)
        self.hooks.after(self, taken)
        if procedures.procedure_of(self.run).states[taken.after].final:
            side.closed_on = taken.on
            ledger.close_dossier(dossier=self.run.dossier, at=taken.at)
        side.save(update_fields=["state", "closed_on"])
        owing.keep_pauses(side)
        procedures.refresh_tasks(self.main, at=taken.at)
        if taken.step.id in self.hooks.renews:
            from zhiheng.cases.sides.services import look_again

            look_again(self.case, at=taken.at, but=side.pk)
