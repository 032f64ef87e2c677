"""回避 (行政处罚法 43): who has to stand aside, and that they do."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zhiheng.cases.models import Handler
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.pending import RECUSAL
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures.api import Taken
from zhiheng.rulebook.api import Step

REVIEWING = ("legal_reviewer", "hearing_host", "unit_head", "agency_head")


def people_of(matter: SideMatter, on: date) -> dict[int, str]:
    """Who acts, or may act, in the case: its handlers first, then reviewers, hosts and heads."""
    found = {
        each.account_id: f"{each.account.name}（{each.get_part_display()}）"
        for each in matter.handlers
    }
    for role in REVIEWING:
        for account in people.accounts_with_role(role, matter.case.agency_code, on):
            found.setdefault(account.pk, f"{account.name}（{people.Role(role).label}）")
    return found


def whom(matter: SideMatter, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """The choice of the person, beside the reasons."""
    if step.id != "ask":
        return []
    choices = [(str(pk), name) for pk, name in people_of(matter, on).items()]
    return [
        ("recusal_whom", forms.ChoiceField(
            label="谁应当回避", choices=choices, widget=forms.RadioSelect,
            error_messages={"required": "请选择应当回避的人。"})),
    ]  # fmt: skip


def before(matter: SideMatter, taken: Taken) -> None:
    """Keep who it is about.

    Raises:
        Invalid: it is nobody who acts in the case.
    """
    run = matter.run
    if taken.step.id == "ask":
        known = {str(pk): (pk, name) for pk, name in people_of(matter, taken.on).items()}
        chosen = known.get(str(taken.extra.get("recusal_whom")))
        if chosen is None:
            raise Invalid("没有这个人。", fields={"recusal_whom": "请从列出的人里选。"})
        run.facts["_recusal_account"], run.facts["recusal_who"] = chosen
        run.save(update_fields=["facts"])


def after(matter: SideMatter, taken: Taken) -> None:
    """When granted, one who handles the case beside the lead leaves at once."""
    run = matter.run
    if taken.step.id == "grant":
        Handler.objects.filter(
            case=matter.case, account_id=run.facts["_recusal_account"], until=None,
            part=Handler.Part.CO,
        ).update(until=taken.at)  # fmt: skip


def facts(matter: SideMatter, actor: Actor, on: date) -> Mapping[str, Any]:
    """Whom it is about, as it was said."""
    return {"recusal_who": matter.run.facts.get("recusal_who", "")}


enter(SideKind(procedure=RECUSAL, facts=facts, more_fields=whom, before=before, after=after))
