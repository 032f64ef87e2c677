"""Changing the register, always as part of a step: each change names its act and its digest."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhiheng.cases.goods.rows import rows_of
from zhiheng.cases.models import Good, GoodMove, Side
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

DIGESTED = ("goods_list", "goods_taken_over", "goods_chosen", "goods_end", "goods_decision",
            "custody_move", "sale_proceeds", "disposal_proceeds", "sample_end")  # fmt: skip
CLOCKS = ("registration.disposal", "seizure.period", "seizure.extension")


def digests_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What the act commits to of the things it touches; nothing where it touches none."""
    told = {name: values[name] for name in DIGESTED if values.get(name) not in (None, "")}
    if not told:
        return ()
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return (hashlib.sha256(text.encode()).hexdigest(),)


def take_in(side: Side, *, place: str, keeper: str, taken: procedures.Taken) -> list[Good]:
    """Enter the things of the step's list, first into custody."""
    case, entered = side.case, []
    number = Good.objects.filter(case=case).count()
    for row in rows_of(str(taken.values.get("goods_list") or "")):
        number += 1
        entered.append(
            Good(
                case=case, side=side, number=number, name=row["name"],
                quantity=Decimal(row["quantity"]), unit=row["unit"], spec=row["spec"],
                value_cents=row["value_cents"], seal_no=row["seal_no"], photos=row["photos"],
                place=place, keeper=keeper, since=taken.on, agency_code=case.agency_code,
                region_code=case.region_code,
            )
        )  # fmt: skip
    Good.objects.bulk_create(entered)
    _record(entered, kind=GoodMove.Kind.TAKEN, taken=taken)
    return entered


def take_over(
    goods: Iterable[Good], *, side: Side, place: str, keeper: str, taken: procedures.Taken
) -> None:
    """Put things under another measure of the same case."""
    moved = list(goods)
    for good in moved:
        good.side, good.place, good.keeper = side, place or good.place, keeper or good.keeper
    _save(moved)
    _record(moved, kind=GoodMove.Kind.TAKEN_OVER, taken=taken)


def move(
    goods: Iterable[Good], *, kind: str, place: str, keeper: str, taken: procedures.Taken,
    note: str = "",
) -> None:  # fmt: skip
    """Custody changes hands or place; the thing stays held."""
    moved = list(goods)
    for good in moved:
        good.place, good.keeper = place or good.place, keeper or good.keeper
    _save(moved)
    _record(moved, kind=kind, taken=taken, note=note)


def end(
    goods: Iterable[Good], *, state: str, taken: procedures.Taken, note: str = "",
    proceeds: int | None = None, kind: str = GoodMove.Kind.ENDED,
) -> None:  # fmt: skip
    """Things reach their end; what one sum was paid for stands with the first of them.

    Raises:
        Conflict: one has its end already.
    """
    ended = list(goods)
    for at, good in enumerate(ended):
        if good.state != Good.State.HELD:
            raise Conflict(f"“{good.name}”已经了结。", next_step="请回到卷宗页查看最新进展。")
        good.state, good.ended_on, good.due_on = state, taken.on, None
        good.proceeds_cents = proceeds if at == 0 else None
    _save(ended)
    _record(ended, kind=kind, taken=taken, note=note)


def refresh_due(side: Side) -> None:
    """Echo the end of the side's running clock in the things it holds."""
    clocks = ledger.deadlines_of(side.dossier, running=True)
    due = next((each.due_on for each in clocks if each.rule_id in CLOCKS), None)
    Good.objects.filter(side=side, state=Good.State.HELD).update(due_on=due)


def _save(goods: list[Good]) -> None:
    Good.objects.bulk_update(
        goods, ["side", "place", "keeper", "state", "ended_on", "due_on", "proceeds_cents"]
    )


def _record(goods: list[Good], *, kind: str, taken: procedures.Taken, note: str = "") -> None:
    (digest,) = digests_of(taken.values) or ("",)
    at: datetime = taken.at
    assert local_date(at) == taken.on  # noqa: S101 - one moment, one day
    GoodMove.objects.bulk_create(
        GoodMove(
            good=good, act=taken.act, kind=kind, state=good.state, place=good.place,
            keeper=good.keeper, note=note[:200], digest=digest, at=at,
        )
        for good in goods
    )  # fmt: skip
