"""Penalty clauses taken apart: by sentences of our own, and by the labels over real texts."""

import pytest

from tests.shared_data import shared_data
from zhiheng.laws.clauses import find, places
from zhiheng.laws.clauses.numbers import number_of

BODY = "由县级以上人民政府风筝主管部门"


def spoken(text, span):
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("words", "value"),
    [("二十万", 200_000), ("1万", 10_000), ("一百二十", 120), ("十", 10), ("两", 2), ("5,000", 5000),
     ("二点五", 2.5), ("一亿", 100_000_000), ("三千零五", 3005), ("20万", 200_000)],
)  # fmt: skip
def test_numbers_are_read_as_statutes_write_them(words, value):
    assert number_of(words) == value


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="no number"):
        number_of("若干")


def test_each_part_rests_on_its_words():
    text = f"违反本办法规定，风筝经营者未编号的，{BODY}责令改正，可以并处一千元以上五千元以下罚款。"
    found = find(text)
    assert found.bodies[0].name == "风筝主管部门"
    assert found.bodies[0].rank == "县级以上人民政府"
    assert spoken(text, found.subject) == "风筝经营者"
    assert spoken(text, found.acts[0]) == "未编号"
    (fine,) = found.amounts
    assert (fine.low_cents, fine.high_cents, fine.may) == (100_000, 500_000, True)
    assert fine.operators == ("以上", "以下")
    assert spoken(text, fine) == "一千元以上五千元以下"
    assert spoken(text, found.correction).startswith("责令")


@pytest.mark.parametrize(
    ("words", "low", "high", "base"),
    [
        ("处违法所得一倍以上三倍以下的罚款", 100, 300, "违法所得"),
        ("处货值金额五倍以下罚款", None, 500, "货值金额"),
        ("处合同金额百分之五以上百分之十以下的罚款", 5, 10, "合同金额"),
        ("处所获收入百分之五十以上十倍以下的罚款", 50, 1000, "收入"),
        ("处货值金额等值以上3倍以下的罚款", 100, 300, "货值金额"),
    ],
)
def test_multiples_are_read_in_hundredths_of_their_base(words, low, high, base):
    (fine,) = find(f"放飞风筝的，{BODY}{words}。").amounts
    assert (fine.low_hundredths, fine.high_hundredths) == (low, high)
    assert fine.base.endswith(base)


def test_a_threshold_is_no_fine():
    found = find(
        f"放飞风筝，货值金额不足一万元的，{BODY}处二万元罚款；货值金额不足五千元的，按五千元计算。"
    )
    assert [(one.low_cents, one.high_cents) for one in found.amounts] == [(2_000_000, 2_000_000)]


def test_fines_know_whom_and_in_which_branch():
    found = find(
        f"放飞风筝的，{BODY}责令改正；拒不改正的，对单位处五千元以下罚款，对个人处五百元以下罚款；"
        "情节严重的，处一万元以下罚款，对直接负责的主管人员处一千元以下罚款。"
    )
    said = [(one.party, found.limbs[one.limb].when, one.high_cents) for one in found.amounts]
    assert said == [
        ("UNIT", "REFUSAL", 500_000), ("PERSON", "REFUSAL", 50_000),
        ("ANY", "AGGRAVATED", 1_000_000), ("RESPONSIBLE", "AGGRAVATED", 100_000),
    ]  # fmt: skip


def test_discipline_is_no_penalty():
    assert find("风筝局工作人员玩忽职守的，依法给予警告直至撤职的处分。") is None


def test_organs_of_a_list_are_named_whole():
    found = find("放飞风筝的，由卫生健康、农业农村主管部门按照职责分工责令改正，给予警告。")
    assert [one.name for one in found.bodies] == ["卫生健康主管部门", "农业农村主管部门"]


def test_the_item_s_own_organ_comes_before_the_lead_in_s():
    text = "有下列行为之一的，由风筝部门按照下列规定处罚：\n（一）放飞的，由公安机关处五十元罚款；\n（二）售卖的，处一百元罚款。"
    first, second = places(text)
    assert [one.name for one in find(first.text).bodies] == ["公安机关"]
    assert [one.name for one in find(second.text).bodies] == ["风筝部门"]
    assert second.item == "2"


@pytest.mark.parametrize(
    ("above", "below", "gaps"),
    [("超过一万元", "不足一万元", 1), ("一万元以上", "不足一万元", 0), ("超过一万元", "一万元以下", 0),
     ("一万元以上", "一万元以下", 1)],
)  # fmt: skip
def test_a_value_in_no_branch_or_in_two_is_reported(above, below, gaps):
    found = find(
        f"放飞风筝，违法所得{above}的，{BODY}处五万元罚款；违法所得{below}的，处一万元罚款。"
    )
    assert len(found.gaps) == gaps
    assert all(gap.value_cents == 1_000_000 for gap in found.gaps)


def test_spans_never_leave_the_text():
    text = f"放飞风筝的，{BODY}没收违法所得和风筝，吊销许可证，处五日以下拘留。"
    found = find(text)
    assert found.codes == (
        "CONFISCATE_GAINS", "CONFISCATE_GOODS", "REVOKE_LICENCE", "DETENTION",
    )  # fmt: skip
    assert all(0 <= one.start < one.end <= len(text) for one in found.kinds)


def test_exactly_ten_thousand_falls_in_neither_limb_of_the_road_transport_clause():
    from benchmarks import _clauses

    shared_data("laws/regulations-2025.jsonl.gz")
    road = [
        found
        for name in _clauses.FILES
        for row in _clauses.lines(name)
        if _clauses.short(row["law"]) == "道路运输条例" and str(row["article"]) == "63"
        for place in places(row["text"])
        if (found := find(place.text)) is not None
    ]
    assert 1_000_000 in {gap.value_cents for found in road for gap in found.gaps}


def test_the_reader_keeps_what_it_reached_on_the_labels_for_development():
    from benchmarks import _clauses

    shared_data("laws/regulations-2025.jsonl.gz")
    rows = _clauses.labels(part="dev")
    words = _clauses.texts(rows)
    score = _clauses.score(rows, lambda row: _clauses.ours(words[row["sha"]]))
    least = {"bodies": 0.95, "kinds": 0.95, "fines": 0.97, "refusal": 0.95, "aggravated": 0.95}
    assert {field: score.of(field)[2] for field in least if score.of(field)[2] < least[field]} == {}


def test_labels_hold_places_and_digests_and_no_sentence():
    from benchmarks import _clauses

    rows = [*_clauses.labels(part="dev"), *_clauses.labels(part="held")]
    assert sum(row.get("clause") is not False for row in rows) >= 200
    assert len(_clauses.labels(part="held")) >= 100
    assert len({row["sha"] for row in rows}) == len(rows)
    names = [name for row in rows for name in (*row.get("bodies", []), row.get("subject", ""))]
    assert max(map(len, names)) <= 40
