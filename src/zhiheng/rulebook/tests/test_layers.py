"""A place adds, tightens, sets what is left open; and is refused the rest."""

from datetime import date

import pytest

from zhiheng.rulebook.evaluate import evaluate_step
from zhiheng.rulebook.loader import load

ON = date(2026, 3, 2)
CHECKED = "checked: {on: 2026-11-21, by: legal}"
BASIS = 'basis: {statute: apl-2021, article: "60"}'
GUARD = """G-33-01:
  title: 省里要求已释明
  when: {when}
  basis: {{statute: apl-2021, article: "60"}}
  mode: block
  says: 请先释明。
  status: active
  checked: {{on: 2026-11-21, by: legal}}
  cases:
    - {{name: 是, given: {{fresh_notice_served: true}}, holds: true}}
    - {{name: 否, given: {{fresh_notice_served: false}}, holds: false}}
  applies: [{{procedure: penalty.mini, step: {step}, when: before}}]
"""


@pytest.fixture
def pack(tree):
    def write(file: str, text: str, *, code: str = "33", level: str = "province") -> None:
        folder = tree / "regions" / code
        folder.mkdir(parents=True, exist_ok=True)
        region = folder / "region.yaml"
        if not region.exists():
            region.write_text(f'code: "{code}"\ntitle: 某地\nlevel: {level}\n', "utf-8")
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as out:
            out.write(text)

    return write


def value(amount: int) -> str:
    return (
        f"id: penalty.decision\nvalues:\n  - {{amount: {amount}, unit: ND, from: 2022-01-01,"
        f" {BASIS}, {CHECKED}}}\n"
    )


def test_a_province_sets_what_is_left_open(tree, pack):
    pack("parameters/decision.yaml", value(60))
    book = load(tree)
    here = book.parameter("penalty.decision", on=ON, region="339901")
    assert (here.value, here.region) == (60, "33")
    assert book.parameter("penalty.decision", on=ON, region="350100").value == 90
    assert book.parameter("penalty.decision", on=date(2021, 8, 1), region="339901").value == 90


def test_the_nearer_layer_wins(tree, pack, edit):
    edit("parameters/decision.yaml", "may_set: [province]", "may_set: [province, city]")
    pack("parameters/decision.yaml", value(80))
    pack("parameters/decision.yaml", value(70), code="3399", level="city")
    book = load(tree)
    assert book.parameter("penalty.decision", on=ON, region="339901").value == 70
    assert book.parameter("penalty.decision", on=ON, region="330100").value == 80


def test_only_the_packs_asked_for_are_layered(tree, pack):
    pack("parameters/decision.yaml", value(60))
    book = load(tree, regions=())
    assert book.parameter("penalty.decision", on=ON, region="339901").value == 90


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("parameters/a.yaml", value(100),
         "参数 penalty.decision（作出处罚决定）写作 100ND，上级为 90ND，只可更低。"),
        ("parameters/a.yaml", value(60).replace("ND", "WD"), "上级为 90ND，只可更低。"),
        ("parameters/a.yaml", value(5).replace("penalty.decision", "penalty.defence-window"),
         "参数 penalty.defence-window（陈述申辩期）没有留给省级设定。"),
        ("parameters/a.yaml", value(5).replace("penalty.decision", "penalty.decisoin"),
         "上级参数 penalty.decisoin 不存在。"),
        ("guards/a.yaml", GUARD.format(when="fresh_notice_served", step="decide").replace(
            "G-33-01", "G-006"), "下级不得改写上级的护栏 G-006。"),
        ("guards/a.yaml", GUARD.format(when="fresh_notice_served", step="decid"),
         "步骤 decid 不存在。\n    已知：您是否想写 decide？"),
        ("region.yaml", f"raises: {{G-006: {{mode: warn, {BASIS}, {CHECKED}}}}}\n",
         "护栏 G-006 在上级已是 block，下级不得改为 warn。"),
        ("region.yaml", f"raises: {{G-071: {{mode: list, {BASIS}, {CHECKED}}}}}\n",
         "护栏 G-071 在上级已是 warn，下级不得改为 list。"),
        ("region.yaml", f"raises: {{G-071: {{mode: block, {BASIS}, checked: {{by: unverified}}}}}}\n",
         "护栏 G-071 加严为 block，却待核。"),
        ("region.yaml", f"raises: {{G-999: {{mode: block, {BASIS}, {CHECKED}}}}}\n",
         "护栏 G-999 不存在。"),
    ],
)  # fmt: skip
def test_what_the_layer_above_forbids_is_refused(file, text, said, pack, says):
    pack(file, text)
    assert said in says()


def test_a_pack_under_the_wrong_code_is_refused(pack, says):
    pack("region.yaml", "", code="3399", level="province")
    assert "规则包的代码 3399、级别 province 与文件夹 3399 不相配。" in says()


def test_a_region_adds_a_guard_that_holds_there_alone(tree, pack):
    pack("guards/a.yaml", GUARD.format(when="fresh_notice_served", step="file"))
    book = load(tree)
    procedure = book.procedure("penalty.mini")
    facts = book.initial_facts(procedure)

    def blocks(region: str) -> list[str]:
        reading = evaluate_step(book, procedure, "file", "PROPOSED", facts, ON, region=region)
        return [finding.id for finding in reading.blocks]

    assert blocks("339901") == ["G-33-01"]
    assert blocks("350100") == []


def test_a_region_makes_a_warning_a_block(tree, pack):
    pack("region.yaml", f"raises: {{G-071: {{mode: block, {BASIS}, {CHECKED}}}}}\n")
    book = load(tree)
    guard = book.guard("G-071")
    assert book.mode_of(guard=guard, region="339901") == "block"
    assert book.mode_of(guard=guard, region="35") == "warn"


def test_a_lower_layer_may_not_loosen_what_a_middle_layer_tightened(pack, says):
    pack("region.yaml", f"raises: {{G-071: {{mode: block, {BASIS}, {CHECKED}}}}}\n")
    pack("region.yaml", f"raises: {{G-071: {{mode: block, {BASIS}, {CHECKED}}}}}\n",
         code="339901", level="county")  # fmt: skip
    assert "护栏 G-071 在上级已是 block，下级不得改为 block。" in says()
