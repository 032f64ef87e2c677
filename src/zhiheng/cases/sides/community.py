"""公益服务: voluntary, before the decision, a proof of harm made good; never bought off a fine."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Invalid
from zhiheng.people.api import Actor
from zhiheng.procedures.api import Taken
from zhiheng.rulebook.api import Step
from zhiheng.web.widgets import PhotoInput

COMMUNITY = "community_service"


def entry_of(matter: SideMatter, on: date) -> elements.FlexibleEntry | None:
    """The entry of the list that allows service for the item, if there is one today."""
    return elements.flexible_entries(item=matter.case.item, on=on).get("SERVICE")


def facts(matter: SideMatter, actor: Actor, on: date) -> Mapping[str, Any]:
    """The list, the decision, the party's age."""
    entry, subject = entry_of(matter, on), elements.latest_subject(matter.case.subject)
    return {
        "service_listed": entry is not None,
        "service_after_allowed": bool(entry and entry.after_decision and entry.regulation_id),
        "case_decided": matter.case.decided_on is not None,
        "service_minor": subject.kind == "CITIZEN" and bool(subject.is_minor),
    }


def proofs(matter: SideMatter, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """What shows the service done; it stays in the file and is not published."""
    if step.id != "finish":
        return []
    missing = "请上传签到表、服务单位证明或者照片。"
    return [
        ("proof", forms.FileField(
            label="完成证明", widget=PhotoInput({"accept": "image/*,application/pdf", "capture": False}),
            help_text="只存卷，不公开。",
            error_messages={"required": missing, "empty": "这个文件是空的，请重新选择。"})),
    ]  # fmt: skip


def derived(
    matter: SideMatter, step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """A service that is not over yet cannot be entered as done."""
    done = values.get("service_done_on")
    if step.id == "finish" and isinstance(done, date) and done > on:
        wrong = {"service_done_on": "这一天还没有到，请填实际做完的日期。"}
        raise Invalid("日期不对。", next_step="请改正标红的内容。", fields=wrong)
    return {}


def panel(matter: SideMatter, actor: Actor, on: date) -> list[tuple[str, Any]]:
    """What the list allows, and what a service is worth."""
    entry = entry_of(matter, on)
    rows = [
        (
            "清单",
            f"{entry.code}：{'；'.join(entry.conditions)}" if entry else "本事项没有列入公益减罚",
        )
    ]
    if entry and entry.regulation:
        rows.append(("法规依据", entry.regulation.title))
    rows.append(
        (
            "怎么算",
            "决定之前做完并认定的，作为主动消除或者减轻危害后果的证明；决定之后不能折抵罚款。",
        )
    )
    return rows


def after(matter: SideMatter, taken: Taken) -> None:
    """No service is done without a file that shows it; its digest stands in the act.

    Raises:
        Invalid: nothing was uploaded.
    """
    if taken.step.id == "finish" and not taken.extra.get("proofs"):
        raise Invalid(
            "没有完成证明。",
            next_step="请上传后再办。",
            fields={"proof": "请上传证明服务做完的文件。"},
        )


enter(
    SideKind(
        procedure=COMMUNITY,
        facts=facts,
        derived=derived,
        after=after,
        more_fields=proofs,
        panel=panel,
    )
)
