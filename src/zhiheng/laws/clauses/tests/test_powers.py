"""Powers of inspection and coercion: by sentences of our own, and by the labels over real texts."""

import pytest

from tests.shared_data import shared_data
from zhiheng.laws.clauses import find_powers

BODY = "县级以上人民政府风筝主管部门"


def told(text):
    return [(one.kind, [body.name for body in one.bodies], one.what, one.measures)
            for one in find_powers(text)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"{BODY}应当对风筝放飞场地进行监督检查。", "风筝放飞场地"),
        (f"{BODY}应当加强对风筝生产活动的监督检查。", "风筝生产活动"),
        (f"对于河道两岸的风筝架，{BODY}有权依法检查。", "河道两岸的风筝架"),
        (f"{BODY}可以检查风筝生产经营场所。", "风筝生产经营场所"),
        (f"{BODY}负责风筝登记，并对风筝编号的执行情况进行抽查。", "风筝编号的执行情况"),
    ],
)
def test_an_organ_that_inspects_a_party_has_a_power(text, what):
    assert told(text) == [("INSPECTION", ["风筝主管部门"], what, ())]


@pytest.mark.parametrize(
    "text",
    [
        "风筝生产企业应当对风筝线进行检查。",
        f"{BODY}应当对其工作人员进行监督检查。",
        "上级机关应当加强对下级机关实施行政许可的监督检查。",
        f"拒绝{BODY}监督检查的，处一百元罚款。",
        "被检查单位应当配合，不得拒绝。",
        f"{BODY}实施检查时，检查人员应当出示证件。",
        "县级以上人民政府应当对风筝工作进行检查。",
        "人民法院可以查封风筝。",
        "任何单位不得扣押风筝。",
        f"{BODY}可以暂扣风筝放飞许可证。",
        "当事人不服的，由风筝部门申请人民法院强制执行。",
    ],
)
def test_what_binds_others_is_no_power(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "what", "measures"),
    [
        (f"{BODY}可以查封、扣押违法放飞的风筝。", "违法放飞的风筝", ("查封", "扣押")),
        (f"{BODY}可以将堵路的风筝架拖离现场。", "堵路的风筝架", ("拖离",)),
        (f"擅自搭建风筝架的，由{BODY}责令拆除；逾期不拆除的，强制拆除，费用由违法者承担。", "",
         ("强制拆除",)),
        (f"逾期不清理的，由{BODY}代为清理，所需费用由违法者承担。", "", ("代为清理",)),
    ],
)  # fmt: skip
def test_seizing_pulling_down_and_having_done_are_coercion(text, what, measures):
    assert told(text) == [("COERCION", ["风筝主管部门"], what, measures)]


def test_a_list_of_measures_gives_one_inspection_and_each_seizure_on_its_own_item():
    text = (f"{BODY}履行监督检查职责，有权采取下列措施：\n（一）进入放飞场所实施现场检查；\n"
            "（二）查阅风筝账簿；\n（三）扣押违法放飞的风筝。")  # fmt: skip
    assert [(one.kind, one.number) for one in find_powers(text)] == [
        ("INSPECTION", ""), ("COERCION", "3"),
    ]  # fmt: skip


def test_a_list_of_what_is_inspected_gives_an_inspection_an_item():
    text = f"{BODY}应当对下列事项进行监督检查：\n（一）风筝编号情况；\n（二）风筝线质量；\n（三）其他事项。"
    assert [(one.number, one.what) for one in find_powers(text)] == [
        ("1", "风筝编号情况"), ("2", "风筝线质量"),
    ]  # fmt: skip


def test_the_reader_of_powers_keeps_what_it_reached_on_the_labels():
    from benchmarks import _powers

    shared_data("laws/regulations-2025.jsonl.gz")
    rows = _powers.labels()
    assert len({row["sha"] for row in rows}) == len(rows) >= 60
    assert _powers.figures()["power_f1"] >= 0.6
