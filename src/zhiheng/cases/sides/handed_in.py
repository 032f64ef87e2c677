"""An application for reconsideration that the party hands in here: forwarded, or put right.

Law: 行政复议法第三十条、第三十二条、第三十四条.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides.exhausted import AFTER, HANDED_IN, RECONSIDERATION
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.spot.facts import SUMMARY
from zhiheng.elements import api as elements
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook.api import Step

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

REVISION = "revision"


def facts(matter: "SideMatter", actor: Actor, on: date) -> Mapping[str, Any]:
    """Whether it was decided on the spot, and whether the decision has been put right since."""
    since = procedures.kept_facts(matter.run)["handed_in_on"]
    return {
        "decided_on_spot": matter.main.run.procedure_id == SUMMARY,
        "decision_corrected": since is not None and _corrected(matter.case, since=since),
    }


def _corrected(case: Case, *, since: date) -> bool:
    """Whether the decision was revoked or changed; to mend a slip of the pen is neither."""
    rows = Side.objects.filter(case=case, procedure_id=REVISION, closed_on__gte=since)
    return any(
        each.state == "REVOKED"
        or (each.state == "DONE" and each.dossier.run.facts.get("revision_kind") == "CHANGE")
        for each in rows.select_related("dossier__run")
    )


def after(matter: "SideMatter", taken: "Taken") -> None:
    """What the organ of reconsideration says opens the proceeding, or a period for a suit."""
    if taken.step.id == "accept":
        _await_the_copy(matter, taken)
    refused = taken.facts["not_accepted_kind"] == "REFUSED"
    if taken.step.id == "not_accept" and refused:
        _may_sue(matter, taken)


def _await_the_copy(matter: "SideMatter", taken: "Taken") -> None:
    """The proceeding waits for its copy of the application; one that came before is enough."""
    from zhiheng.cases.sides.services import prepare_side

    came = Side.objects.filter(
        case=matter.case, procedure_id=RECONSIDERATION, number__gt=matter.side.number
    )
    if not came.exists():
        prepare_side(case=matter.case, procedure_id=RECONSIDERATION, actor=taken.actor, at=taken.at)


def _may_sue(matter: "SideMatter", taken: "Taken") -> None:
    """Who had to ask for reconsideration first may sue once it is refused (行政复议法 34)."""
    run = matter.main.run
    if run.procedure_id == SUMMARY and not run.dossier.closed_at:
        told = taken.facts["reconsidered_on"] or taken.on
        procedures.start(run, rule_id=AFTER, on=told, at=taken.at)


def prefill(matter: "SideMatter", step: Step, on: date) -> Mapping[str, Any]:
    """The organ of reconsideration, as the register has it."""
    body = elements.get_body(matter.case.agency_code, on)
    return {"forward_to": body.reconsideration_organ, "handed_in_on": on}


def application_of(case: Case) -> Side | None:
    """The latest application that was handed in here and forwarded, with dossier and run."""
    sent = ("FORWARDED", "ACCEPTED")
    rows = Side.objects.filter(case=case, procedure_id=HANDED_IN, state__in=sent)
    return rows.select_related("dossier__run").order_by("-number").first()


enter(SideKind(procedure=HANDED_IN, facts=facts, after=after, prefill=prefill))
