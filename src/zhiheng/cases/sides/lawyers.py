"""征求律师意见: which counsel may be asked; the legal review itself stays with the organ."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zhiheng.cases.sides.asked_of import choice, keep_asked
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.pending import must_stand_aside
from zhiheng.cases.sides.selectors import sides_of
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.rulebook.api import Step

LAWYER = "lawyer_advice"


def called(lawyer: elements.Reviewer) -> str:
    """Counsel as the file names them."""
    return f"{lawyer.name}（{lawyer.get_kind_display()}，{lawyer.code}）"


def offered(matter: SideMatter, on: date) -> list[tuple[elements.Reviewer, str]]:
    """Counsel who serve the organ on a day, and why one cannot be asked."""
    barred = must_stand_aside(sides_of(matter.case)) | {e.account_id for e in matter.handlers}
    subject = elements.latest_subject(matter.case.subject)
    found = []
    for one in elements.counsel_on(matter.case.agency_code, on):
        account = one.account
        if account is None or not account.is_active:
            why = "没有平台账号"
        elif account.pk in barred or one.name in (subject.name, subject.legal_representative):
            why = "应当回避"
        else:
            why = "" if "expert" in people.actor_of(account, on).roles else "今天不在册"
        found.append((one, why))
    return sorted(found, key=lambda pair: bool(pair[1]))


def whom(matter: SideMatter, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """The choice from the register instead of a line to type on."""
    if step.id != "ask":
        return []
    rows = [(called(one), called(one), why) for one, why in offered(matter, on)]
    none = "本机关还没有登记法律顾问；请要素管理员在“法制审核人员”里登记。"
    field = choice(
        rows, label="征求哪位律师的意见", who="律师", help_text="" if rows else none
    )  # fmt: skip
    return [("lawyer", field)]


def derived(
    matter: SideMatter, step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """Whether the one chosen may be asked; whose account it is."""
    if step.id != "ask":
        return {}
    rows = {called(one): (one, why) for one, why in offered(matter, on)}
    chosen = rows.get(str(values.get("lawyer")))
    if chosen is None:
        raise Invalid("没有这位律师。", fields={"lawyer": "请从列出的律师里选。"})
    return {"lawyer_fit": not chosen[1], "_asked_account": chosen[0].account_id}


enter(SideKind(
    procedure=LAWYER, more_fields=whom, derived=derived, after=keep_asked,
    answers=frozenset({"advise", "decline"}),
))  # fmt: skip
