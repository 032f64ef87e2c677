"""请求协助 (行政处罚法 26): which organ, who answers there, what it is told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.organs import chosen, organ_field, put_to
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures.api import Taken
from zhiheng.rulebook.api import Step

ASSIST = "assist"
TOLD = frozenset({"assist_organ", "assist_matter", "assist_basis", "assist_answerer",
                  "assist_decline_reason", "assist_reply", "assist_withdraw_reason"})  # fmt: skip


def answerers(matter: SideMatter, on: date) -> dict[str, people.Account]:
    """The officers of the organ asked, by how they are called."""
    agency = matter.asked.agency_code if matter.asked else ""
    found = people.accounts_with_role("officer", agency, on) if agency else []
    return {f"{one.name}（{one.unit or one.username}）": one for one in found}


def fields(matter: SideMatter, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """Choices from registers instead of lines to type on."""
    if step.id == "ask":
        return [("assist_organ", organ_field(matter, on, label="请求协助的机关"))]
    if step.id != "accept":
        return []
    choices = [(name, name) for name in answerers(matter, on)]
    field = forms.ChoiceField(
        label="由谁办理", choices=choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择由谁办理。", "invalid_choice": "请从列出的人里选。"},
    )  # fmt: skip
    return [("assist_answerer", field)]


def derived(
    matter: SideMatter, step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """Whose code, whose account was chosen."""
    if step.id == "ask":
        body = chosen(matter, str(values.get("assist_organ")), on, fact="assist_organ")
        return {"_asked_agency": body.code}
    if step.id == "accept":
        found = answerers(matter, on).get(str(values.get("assist_answerer")))
        if found is None:
            raise Invalid("没有这个人。", fields={"assist_answerer": "请从列出的人里选。"})
        return {"_answering_account": found.pk}
    return {}


def after(matter: SideMatter, taken: Taken) -> None:
    """Signed, it goes to the organ's head; accepted, to whom the head named."""
    facts = matter.run.facts
    if taken.step.id == "send":
        put_to(matter, agency_code=facts["_asked_agency"], on=taken.on, at=taken.at)
    if taken.step.id == "accept" and matter.asked:
        matter.asked.account_id = facts["_answering_account"]
        matter.asked.save(update_fields=["account"])


enter(SideKind(
    procedure=ASSIST, more_fields=fields, derived=derived, after=after, place="assist", told=TOLD,
    answers=frozenset({"accept", "decline", "answer"}),
))  # fmt: skip
