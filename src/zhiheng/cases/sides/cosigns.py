"""加签: the head of another unit of the organ is asked to countersign a report."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zhiheng.cases.models import Asked
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures.api import Taken
from zhiheng.rulebook.api import Step

COSIGN = "cosign"


def offered(matter: SideMatter, on: date) -> dict[str, people.Account]:
    """The organ's unit heads outside the lead's own unit, by how they are called."""
    heads = people.accounts_with_role("unit_head", matter.case.agency_code, on)
    handle = {each.account_id for each in matter.handlers}
    unit = matter.case.lead.unit
    return {
        f"{one.name}（{one.unit or one.username}）": one
        for one in heads
        if one.pk not in handle and (one.unit != unit or not unit)
    }


def whom(matter: SideMatter, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """The choice of the person instead of a line to type on."""
    if step.id != "ask":
        return []
    found = offered(matter, on)
    field = forms.ChoiceField(
        label="请谁加签", choices=[(name, name) for name in found], widget=forms.RadioSelect,
        help_text="" if found else "本机关没有其他机构的负责人可以加签。",
        error_messages={"required": "请选择请谁加签。", "invalid_choice": "请从列出的人里选。"},
    )  # fmt: skip
    return [("cosign_who", field)]


def derived(
    matter: SideMatter, step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """Whose account was chosen; nobody countersigns what they ask about themselves."""
    if step.id != "ask":
        return {}
    chosen = offered(matter, on).get(str(values.get("cosign_who")))
    if chosen is None or chosen.pk == actor.account_id:
        raise Invalid("不能请这个人加签。", fields={"cosign_who": "请选其他机构的负责人。"})
    return {"_asked_account": chosen.pk}


def after(matter: SideMatter, taken: Taken) -> None:
    """Keep whom it was put to."""
    if taken.step.id == "ask":
        matter.asked = Asked.objects.create(
            side=matter.side, account_id=matter.run.facts["_asked_account"], asked_at=taken.at
        )


enter(SideKind(
    procedure=COSIGN, more_fields=whom, derived=derived, after=after, place="side",
    answers=frozenset({"sign", "object"}),
))  # fmt: skip
