"""专家咨询: whom of the register may be asked, that they are, and what stands on the screen."""

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

CONSULTATION = "consultation"


def called(expert: elements.Expert) -> str:
    """An expert as the file names one."""
    return f"{expert.name}（{expert.organisation or '专家库'}，{expert.code}）"


def unfit(
    expert: elements.Expert, *, close: frozenset[str], barred: frozenset[int], on: date
) -> str:
    """Why an expert may not be asked on a day; empty if one may.

    Args:
        expert: of the register, with the account.
        on: the day.
        close: names of the party and its representative.
        barred: accounts that handle the case or have to stand aside.
    """
    ties = "；".join(map(str, expert.recusal_ties))
    if expert.organisation in close or any(name in ties for name in close):
        return "应当回避"
    if expert.account is None or not expert.account.is_active:
        return "没有平台账号"
    if expert.account_id in barred:
        return "应当回避"
    return "" if "expert" in people.actor_of(expert.account, on).roles else "今天不在聘"


def offered(matter: SideMatter, on: date) -> list[tuple[elements.Expert, str]]:
    """Every expert of the register on a day, the line of the case first, and why one is closed."""
    domain, subject = matter.run.domain, elements.latest_subject(matter.case.subject)
    close = frozenset(name for name in (subject.name, subject.legal_representative) if name)
    barred = must_stand_aside(sides_of(matter.case)) | {e.account_id for e in matter.handlers}
    found = [
        (one, unfit(one, close=close, barred=barred, on=on))
        for one in elements.experts_on(domain, on)
    ]
    return sorted(found, key=lambda pair: (bool(pair[1]), domain not in pair[0].domains))


def whom(matter: SideMatter, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """The choice from the register instead of a line to type on."""
    if step.id != "ask":
        return []
    rows = [
        (called(one), f"{one.name}　{one.title}　{'、'.join(one.specialties)}", why)
        for one, why in offered(matter, on)
    ]
    field = choice(
        rows, label="请教哪位专家", who="专家",
        help_text="本领域的排在前面；应当回避的、不能在线答复的不能选。",
    )  # fmt: skip
    return [("consult_expert", field)]


def derived(
    matter: SideMatter, step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """Whether the one chosen may be asked; whose account it is."""
    if step.id != "ask":
        return {}
    rows = {called(one): (one, why) for one, why in offered(matter, on)}
    chosen = rows.get(str(values.get("consult_expert")))
    if chosen is None:
        raise Invalid("没有这位专家。", fields={"consult_expert": "请从列出的专家里选。"})
    return {"consult_expert_fit": not chosen[1], "_asked_account": chosen[0].account_id}


enter(SideKind(
    procedure=CONSULTATION, more_fields=whom, derived=derived, after=keep_asked,
    answers=frozenset({"answer", "decline"}),
))  # fmt: skip
