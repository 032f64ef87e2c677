"""Who may act in a case and in what runs beside it: those who handle it, within its reach."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from zhiheng.cases.models import Case, Handler
from zhiheng.people import api as people
from zhiheng.rulebook.api import Step


class Handled:
    """A matter that the officers who handle a case, its reviewers and heads act in."""

    case: Case
    of_anyone: Mapping[str, Any] = {
        "reviewer_is_case_officer": False, "host_is_investigator": False,
        "reviewer_qualified": True,
    }  # fmt: skip

    def outside(self, actor: people.Actor) -> str:
        """Say so where the case lies outside this person's reach."""
        covered = people.scope(actor, "case.step").covers(
            region_code=self.case.region_code, agency_code=self.case.agency_code
        )
        return "" if covered else "这个案件不在您的办理范围内。"

    def why_not(self, *, actor: people.Actor, step: Step) -> str:
        """Say who may take the step if this person may not."""
        held = actor.roles & set(step.by)
        if not held:
            return "这一步由{}办理。".format("、".join(people.Role(r).label for r in step.by))
        if strange := self.outside(actor):
            return strange
        handle = {each.account_id for each in self.handlers}
        if held == {"officer"} and actor.account_id not in handle:
            return f"这一步由本案办案人员（主办{self.case.lead.name}）办理。"
        return ""

    @cached_property
    def handlers(self) -> list[Handler]:
        """Who handles the case now."""
        rows = Handler.objects.filter(case=self.case, until=None).select_related("account")
        return list(rows.order_by("-part", "pk"))

    def assignee(self, *, role: str) -> int | None:
        """Officers' steps stand on the lead's list; everyone else's on the list of the role."""
        return self.case.lead_id if role == "officer" else None
