"""What every measure over things shares: its list, its count, its panel, its clocks."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from zhiheng.cases.goods import fields
from zhiheng.cases.goods import selectors as goods
from zhiheng.cases.goods import services as register
from zhiheng.cases.goods.rows import rows_of
from zhiheng.kernel import money
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.rulebook.api import Step

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

Shown = list[tuple[str, Any]]
HIDDEN = frozenset({"goods_list", "goods_taken_over", "goods_chosen", "goods_listed"})


def listed(matter: "SideMatter", step: Step, values: Mapping[str, Any]) -> dict[str, Any]:
    """How many things the step lists, those taken over counted in.

    Raises:
        Invalid: one that is named does not lie there any more.
    """
    if "goods_list" not in step.asks:
        return {}
    over = chosen(matter, "goods_taken_over", values) if "goods_taken_over" in step.asks else []
    return {"goods_listed": len(rows_of(str(values.get("goods_list") or ""))) + len(over)}


def chosen(matter: "SideMatter", name: str, values: Mapping[str, Any]) -> list[Any]:
    """The things that an answer names, out of those that it may name.

    Raises:
        Invalid: one of them does not lie there any more: somebody was faster.
    """
    text = str(values.get(name) or "")
    offered = goods.registered_in(matter.case) if name == "goods_taken_over" else on_offer(matter)
    found = goods.chosen_of(offered, text)
    if len(found) != len(set(filter(None, text.split(",")))):
        raise Invalid(
            "有的物品已经不在这里保管了。", next_step="请重新打开本步骤再选。",
            fields={name: "请重新勾选。"},
        )  # fmt: skip
    return found


def on_offer(matter: "SideMatter") -> list[Any]:
    """What a step of the side may name: its own things; a test any, an auction what is seized."""
    if matter.side.procedure_id == "measure.sampling":
        return goods.held_in(matter.case)
    if matter.side.procedure_id == "execution.court":
        return goods.seized_in(matter.case)
    return goods.held_by(matter.side)


def more_fields(matter: "SideMatter", step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """The list, what is taken over and which are meant, where the step asks for them."""
    found: list[tuple[str, forms.Field]] = []
    if "goods_taken_over" in step.asks:
        found += fields.over_field(goods.registered_in(matter.case))
    if "goods_list" in step.asks:
        found.append(fields.list_field(matter.case))
    if "goods_chosen" in step.asks:
        every = step.id == "commission"
        found += fields.chosen_field(on_offer(matter), all_at_first=every)
    return found


def panel(matter: "SideMatter", actor: Actor, on: date) -> Shown:
    """The things and where they are."""
    rows = goods.of_side(matter.side)
    shown: Shown = [
        (f"{good.number} {good.name}", "　".join(filter(None, (
            good.amount, good.spec, f"封条 {good.seal_no}" if good.seal_no else "",
            f"价值 {money.yuan(good.value_cents)} 元" if good.value_cents is not None else "",
            good.get_state_display(), good.place, good.keeper,
        )))) for good in rows
    ]  # fmt: skip
    return shown


def take_in(matter: "SideMatter", taken: "Taken", *, place: str, keeper: str) -> None:
    """Enter what the step lists, take over what it names."""
    over = chosen(matter, "goods_taken_over", taken.values)
    register.take_over(over, side=matter.side, place=place, keeper=keeper, taken=taken)
    register.take_in(matter.side, place=place, keeper=keeper, taken=taken)


def is_late(matter: "SideMatter", rule_id: str) -> bool:
    """Whether a period of hours has run out at the matter's moment; False while nobody acts."""
    if matter.at is None or matter.run.dossier.pk is None:
        return False
    clock = ledger.get_deadline(matter.run.dossier, rule_id)
    if clock is None or clock.ended_at is not None:
        return False
    return ledger.is_late(deadline=clock, at=matter.at)
