"""先行登记保存 (行政处罚法 56): the list, what follows a disposal, release when time is up."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zhiheng.cases.goods import selectors as goods
from zhiheng.cases.goods import services as register
from zhiheng.cases.models import Good
from zhiheng.cases.sides import holding, kinds
from zhiheng.people.api import Actor
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step, UnknownRule

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

REPORT = "registration.urgent-report"
FOLLOWS = {"SEIZE": "measure.seizure", "TEST": "measure.sampling"}
ENDS = {
    "RETURN": Good.State.RETURNED, "HAND_OVER": Good.State.HANDED_OVER,
    "CONFISCATE": Good.State.CONFISCATED,
}  # fmt: skip


def facts(matter: "SideMatter", actor: Actor, on: date) -> dict[str, Any]:
    """Whether the domain knows an emergency path, and whether its day is over."""
    run = matter.main.run
    try:
        rulebook.current().parameter(
            REPORT, on=on, domain=run.domain, region=matter.case.region_code
        )
        allowed = True
    except UnknownRule:
        allowed = False
    return {
        "registration_urgent_allowed": allowed,
        "registration_report_over": holding.is_late(matter, REPORT),
    }


def derived(
    matter: "SideMatter", step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> dict[str, Any]:
    """How many things are listed."""
    return holding.listed(matter, step, values)


def after(matter: "SideMatter", taken: "Taken") -> None:
    """Enter the list; open what a disposal leads to; give every thing its end."""
    from zhiheng.cases.sides.services import prepare_side

    values, step = taken.values, taken.step.id
    if step in ("register", "register_at_once"):
        holding.take_in(
            matter, taken, place=values["registration_place"], keeper=values["registration_keeper"]
        )
    follows = FOLLOWS.get(values.get("registration_disposal", ""))
    if step == "dispose" and follows and goods.held_by(matter.side):
        prepare_side(case=matter.case, procedure_id=follows, actor=taken.actor, at=taken.at)
    if step == "finish":
        register.end(
            goods.held_by(matter.side), state=ENDS[values["goods_end"]], taken=taken,
            note=str(values.get("return_receiver") or ""),
        )  # fmt: skip
    register.refresh_due(matter.side)


kinds.enter(
    kinds.SideKind(
        procedure="measure.registration", facts=facts, derived=derived, after=after,
        more_fields=holding.more_fields, panel=holding.panel, digests=register.digests_of,
        hidden=holding.HIDDEN,
        by_platform={"registration.disposal": "lapse"},
    )
)  # fmt: skip
