"""A few measures beside the demo county's cases: something seized, something given back, a test."""

from datetime import date, timedelta
from typing import Any

from zhiheng.cases.demo.player import Player
from zhiheng.cases.goods.rows import as_text
from zhiheng.cases.models import Side
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.elements import api as elements
from zhiheng.rulebook import api as rulebook

Row = tuple[str, str, str, str, int | None, str]
STALL: tuple[Row, ...] = (
    ("货架", "3", "个", "铁质，两层", 45000, "青封0031"),
    ("遮阳伞", "2", "把", "红色，直径三米", 24000, "青封0032"),
)
CONTROLLER: tuple[Row, ...] = (
    ("风机控制器", "1", "台", "FK-200，记有启停时间", 60000, "青封0017"),
)
SAMPLE: tuple[Row, ...] = (("烧烤用油", "2", "瓶", "批号20261103", None, "青样0005"),)

# number of the plan → procedure, then (days ago, step, answers that are not the usual ones)
PLAYS: dict[int, tuple[str, tuple[Row, ...], tuple[tuple[int, str], ...]]] = {
    12: ("measure.seizure", STALL, ((4, "request"), (4, "approve"), (4, "implement"))),
    10: ("measure.registration", CONTROLLER,
         ((10, "apply"), (10, "approve"), (10, "register"), (8, "dispose"), (8, "finish"))),
    11: ("measure.sampling", SAMPLE, ((5, "sample"), (4, "commission"), (4, "notify_testing"))),
}  # fmt: skip
USUAL = {
    "registration_reason": "控制器里的启停记录可能被覆盖。", "registration_items": "风机控制器一台",
    "registration_place": "物证室甲柜", "registration_keeper": "钟保管", "registration_urgent": False,
    "registration_opinion": "同意。", "registration_disposal": "COLLECT",
    "registration_disposal_reason": "记录已经导出并由当事人核对签名，原物不再需要。",
    "seizure_kind": "DETAIN", "seizure_object": "货架三个、遮阳伞两把",
    "seizure_basis_kind": "REGULATION", "seizure_basis": "浙江省综合行政执法条例第二十四条",
    "seizure_reason": "两次责令改正后仍在原处摆卖，不控制难以制止。", "seizure_opinion": "同意。",
    "seizure_place": "物证室乙柜", "seizure_keeper_kind": "ORGAN", "seizure_keeper": "钟保管",
    "seizure_statement": "知道不对，东西还要用，请早点还。", "seizure_record": "当场清点、贴封条，装车运回。",
    "sample_purpose": "查明用油是否合格。", "sample_place": "店内操作台",
    "test_matter": "酸价、过氧化值", "testing_told_to": "当面交给经营者并签收",
    "return_receiver": "经营者本人", "return_signed": "SIGNED", "goods_end": "RETURN",
    "measure_presence": "PARTY", "measure_signed": "SIGNED", "measure_witness": "",
    "goods_taken_over": "", "abandon_reason": "情况有变。",
}  # fmt: skip
NO = frozenset({"noncoercive_enough", "seizure_urgent", "living_necessities", "sealed_elsewhere",
                "storage_charged"})  # fmt: skip


def beside(player: Player, number: int, *, day: date) -> Side | None:
    """Play what runs beside the plan's case, if anything does."""
    if number not in PLAYS or player.case is None:
        return None
    procedure_id, rows, steps = PLAYS[number]
    made: Side | None = None
    for ago, step_id in steps:
        player.move_to(max(day - timedelta(days=ago), player.day))
        made = _step(player, procedure_id, step_id, made, rows)
    return made


def _step(
    player: Player, procedure_id: str, step_id: str, made: Side | None, rows: tuple[Row, ...]
) -> Side:
    assert player.case is not None  # noqa: S101 - `beside` has looked
    step = rulebook.current().procedure(procedure_id).steps[step_id]
    common: dict[str, Any] = {
        "actor": player.actor(step.by[0]), "values": answers_of(step.asks, made, player.day, rows),
        "at": player.now(), "idempotency_key": f"{player.prefix}/{procedure_id}/{step_id}",
    }  # fmt: skip
    if made is None:
        return open_side(case=player.case, procedure_id=procedure_id, **common)
    matter = SideMatter(side_by_number(case=player.case, number=made.number), at=common["at"])
    take_side_step(matter, step_id=step_id, **common)
    return matter.side


def answers_of(
    asked: tuple[str, ...], made: Side | None, on: date, rows: tuple[Row, ...]
) -> dict[str, Any]:
    """What the cast answers to what a step asks."""
    own = {
        "goods_list": _listed(rows), "testing_from": on, "testing_until": on + timedelta(days=12),
        "test_due": on + timedelta(days=10),
        "goods_chosen": ",".join(str(g.pk) for g in made.goods.all()) if made else "",
        "laboratory": next((name for name, ok in elements.laboratories(on=on) if ok), "县检测中心"),
    }  # fmt: skip
    facts = rulebook.current().all_facts
    return {
        name: own[name] if name in own else USUAL[name] if name in USUAL
        else name not in NO if facts[name].type == "bool" else facts[name].initial
        for name in asked
    }  # fmt: skip


def _listed(rows: tuple[Row, ...]) -> str:
    return as_text([
        {"name": name, "quantity": quantity, "unit": unit, "spec": spec, "value_cents": cents,
         "seal_no": seal, "photos": []}
        for name, quantity, unit, spec, cents, seal in rows
    ])  # fmt: skip
