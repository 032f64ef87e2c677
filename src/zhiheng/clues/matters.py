"""A clue on its way through `clue.intake`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiheng.clues import handed, papers
from zhiheng.clues.models import Clue
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures
from zhiheng.rulebook.api import Step

FINAL = ("FILED", "REFUSED", "REFERRED")


class ClueMatter:
    """What the engine must know of a clue: registers, who may act, what follows a step."""

    kind = "clue"
    of_anyone: Mapping[str, Any] = {}
    read_by_papers: frozenset[str] = frozenset()

    def __init__(self, clue: Clue) -> None:
        """Wrap a clue whose dossier and run are loaded."""
        self.clue = clue
        self.run = clue.dossier.run

    def record_facts(
        self, *, actor: people.Actor, on: date, names: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """A clue has no facts in registers; what is known is what its steps established."""
        return {}

    def derived(
        self, *, step: Step, values: Mapping[str, Any], on: date, actor: people.Actor
    ) -> dict[str, Any]:
        """Nothing is worked out for a clue."""
        return {}

    def outside(self, actor: people.Actor) -> str:
        """Say so where the clue lies outside this person's reach."""
        covered = people.scope(actor, "clue.view").covers(
            region_code=self.clue.region_code, agency_code=self.clue.agency_code
        )
        return "" if covered else "这条线索不在您的办理范围内。"

    def why_not(self, *, actor: people.Actor, step: Step) -> str:
        """Say who may take the step if this person may not."""
        roles = "、".join(people.Role(role).label for role in step.by)
        if not actor.roles & set(step.by):
            return f"这一步由{roles}办理。"
        if strange := self.outside(actor):
            return strange
        clue = self.clue
        if step.by == ("officer",) and clue.handler and clue.handler_id != actor.account_id:
            return f"这条线索由{clue.handler.name}核查。"
        return ""

    def assignee(self, *, role: str) -> int | None:
        """Officers' steps stand on the list of the one who checks."""
        return self.clue.handler_id if role == "officer" else None

    def consequences(self, taken: procedures.Taken) -> None:
        """Echo state, item, subject and handler; close the dossier at the end."""
        clue, extra = self.clue, taken.extra
        given = [extra["handler_id"]] if extra.get("handler_id") else []
        for why in elements.unfit(account_ids=given, on=local_date(taken.at)).values():
            raise Invalid("这名执法人员今天不能派案。", fields={"handler": why})
        for name in ("item", "subject", "handler_id"):
            if name in extra:
                setattr(clue, name, extra[name])
        if "agency_code" in extra and extra["agency_code"] != clue.agency_code:
            ledger.hand_over(
                dossier=clue.dossier, agency_code=extra["agency_code"], reason="按职责分派",
                actor=taken.actor, at=taken.at,
            )  # fmt: skip
            clue.agency_code = extra["agency_code"]
            self.run.dossier.agency_code = extra["agency_code"]
        clue.state = taken.after
        clue.save()
        papers.make(self, taken)
        handed.follow(clue, taken)
        if taken.after in FINAL:
            ledger.close_dossier(dossier=self.run.dossier, at=taken.at)


def suggestions(*, clue: Clue, on: date) -> list[elements.Item]:
    """Items that fit what was reported, the best first: a suggestion, a person chooses."""
    return elements.find_items(
        text=f"{clue.description} {clue.target}", on=on, limit=5, kind="PENALTY"
    )
