"""管辖协商 (行政处罚法 25): with which organ; its head answers without seeing the dossier."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.organs import chosen, organ_field, put_to
from zhiheng.people.api import Actor
from zhiheng.procedures.api import Taken
from zhiheng.rulebook.api import Step

JURISDICTION = "jurisdiction"
TOLD = frozenset({"dispute_organ", "dispute_text", "dispute_yield", "dispute_claim", "dispute_concede",
                  "dispute_superior", "designation_no", "designation_on"})  # fmt: skip


def fields(matter: SideMatter, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """The choice of the organ instead of a line to type on."""
    if step.id != "raise":
        return []
    return [("dispute_organ", organ_field(matter, on, label="与哪个机关有争议"))]


def derived(
    matter: SideMatter, step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """Whose code was chosen."""
    if step.id != "raise":
        return {}
    body = chosen(matter, str(values.get("dispute_organ")), on, fact="dispute_organ")
    return {"_asked_agency": body.code}


def after(matter: SideMatter, taken: Taken) -> None:
    """Raised, it goes to the other organ's head."""
    if taken.step.id == "raise":
        agency = matter.run.facts["_asked_agency"]
        put_to(matter, agency_code=agency, on=taken.on, at=taken.at)


enter(SideKind(
    procedure=JURISDICTION, more_fields=fields, derived=derived, after=after, place="assist",
    told=TOLD, answers=frozenset({"yield", "claim"}),
))  # fmt: skip
