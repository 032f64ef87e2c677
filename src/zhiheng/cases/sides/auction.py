"""拍卖抵缴: things that were seized before are sold for the fine by an organ without other power.

Law: 行政强制法第四十六条第三款、第四十八条、第四十九条.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from zhiheng.cases.goods import selectors as goods
from zhiheng.cases.goods import services as register
from zhiheng.cases.models import Good, GoodMove, Side
from zhiheng.cases.owing import REMEDY
from zhiheng.cases.sides import execution_facts as known
from zhiheng.cases.sides import holding
from zhiheng.kernel.errors import Invalid

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken


def facts(matter: "SideMatter", on: date) -> dict[str, Any]:
    """What lies seized, whether its period is over, whether the party went for a remedy."""
    held = goods.seized_in(matter.case)
    remedies = Side.objects.filter(case=matter.case, procedure_id__startswith=REMEDY)
    return {
        "seized_held": len(held),
        "seizure_run_out": any(each.due_on is None or each.due_on < on for each in held),
        "remedy_unused": not remedies.exclude(state="TAKEN_BACK").exists(),
    }


def decided(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    """Only what lies seized now can be named."""
    holding.chosen(matter, "goods_chosen", values)
    return {}


def sold(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    """Refuses a sale without money: then nothing was auctioned."""
    if not values.get("auction_proceeds"):
        raise Invalid(
            "还没有填拍卖款。", next_step="流拍、没有成交的，请办“不再拍卖”。",
            fields={"auction_proceeds": "请照缴库凭证填写数额。"},
        )  # fmt: skip
    return {}


def pay(matter: "SideMatter", taken: "Taken") -> None:
    """The things are gone; the money counts for the fine, what is left over is to go back."""
    proceeds, receipt = taken.values["auction_proceeds"], str(taken.values["auction_receipt_no"])
    wanted = {"goods_chosen": matter.run.facts["goods_chosen"]}
    register.end(
        holding.chosen(matter, "goods_chosen", wanted), state=Good.State.AUCTIONED, taken=taken,
        note="拍卖抵缴罚款", proceeds=proceeds, kind=GoodMove.Kind.SOLD,
    )  # fmt: skip
    known.money_came(matter, taken, cents=proceeds, channel="BANK", receipt_no=receipt)
