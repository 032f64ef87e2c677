"""查封扣押 (行政强制法 16–28): the list, custody, the extension's first day, every thing's end."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zhiheng.cases.goods import selectors as goods
from zhiheng.cases.goods import services as register
from zhiheng.cases.models import Good, GoodMove
from zhiheng.cases.sides import holding, kinds
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Conflict
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.rulebook.api import Step

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

ENDS = {
    "CONFISCATE": Good.State.CONFISCATED, "DESTROY": Good.State.DESTROYED,
    "HAND_OVER": Good.State.HANDED_OVER,
}  # fmt: skip


def facts(matter: "SideMatter", actor: Actor, on: date) -> dict[str, Any]:
    """Whether the organ holds a coercion item, and whether the day for approval is over."""
    asked = matter.run.dossier.state in ("DRAFT", "REQUESTED")
    case = matter.case
    granted = asked and elements.may_coerce(
        body_code=case.agency_code, region_code=case.region_code, on=on
    )
    return {
        "coercion_granted": bool(granted),
        "seizure_report_over": holding.is_late(matter, "seizure.urgent-report"),
    }


def derived(
    matter: "SideMatter", step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> dict[str, Any]:
    """How many things are listed; an extension begins where the first period ends.

    Law: 行政强制法第二十五条第一款.
    """
    found = holding.listed(matter, step, values)
    if "goods_chosen" in step.asks:
        holding.chosen(matter, "goods_chosen", values)
    if step.id == "extend":
        clock = ledger.get_deadline(matter.run.dossier, "seizure.period")
        if clock is None or clock.due_on is None:
            raise Conflict(
                "检测期间还没有结束，原期限哪天届满还不知道。",
                next_step="请等检测结果登记以后再延长。",
            )
        found["_starts_on"] = clock.due_on
    return found


def after(matter: "SideMatter", taken: "Taken") -> None:
    """What the step does to the things."""
    if change := CHANGES.get(taken.step.id):
        change(matter, taken)
    register.refresh_due(matter.side)


def _take(matter: "SideMatter", taken: "Taken") -> None:
    values = taken.values
    holding.take_in(matter, taken, place=values["seizure_place"], keeper=values["seizure_keeper"])


def _move(matter: "SideMatter", taken: "Taken") -> None:
    values = taken.values
    register.move(
        holding.chosen(matter, "goods_chosen", values), kind=values["custody_move"],
        place=values["seizure_place"], keeper=values["seizure_keeper"], taken=taken,
        note=values["custody_note"],
    )  # fmt: skip


def _sell(matter: "SideMatter", taken: "Taken") -> None:
    values = taken.values
    register.end(
        holding.chosen(matter, "goods_chosen", values), state=Good.State.AUCTIONED, taken=taken,
        note="先行变卖", proceeds=values["sale_proceeds"], kind=GoodMove.Kind.SOLD,
    )  # fmt: skip


def _return_part(matter: "SideMatter", taken: "Taken") -> None:
    values = taken.values
    register.end(
        holding.chosen(matter, "goods_chosen", values), state=Good.State.RETURNED, taken=taken,
        note=values["return_receiver"],
    )  # fmt: skip


def _carry_out(matter: "SideMatter", taken: "Taken") -> None:
    register.end(
        goods.held_by(matter.side), state=ENDS[taken.facts["goods_decision"]], taken=taken,
        note=taken.values["disposal_note"], proceeds=taken.values.get("disposal_proceeds") or None,
    )  # fmt: skip


def _return(matter: "SideMatter", taken: "Taken") -> None:
    register.end(
        goods.held_by(matter.side), state=Good.State.RETURNED, taken=taken,
        note=taken.values["return_receiver"],
    )  # fmt: skip


CHANGES = {
    "implement": _take, "implement_urgent": _take, "move_goods": _move, "sell_perishable": _sell,
    "return_part": _return_part, "carry_out": _carry_out, "return_goods": _return,
}  # fmt: skip

kinds.enter(
    kinds.SideKind(
        procedure="measure.seizure", facts=facts, derived=derived, after=after,
        more_fields=holding.more_fields, panel=holding.panel, digests=register.digests_of,
        hidden=holding.HIDDEN,
    )
)  # fmt: skip
