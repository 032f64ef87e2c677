"""Several acts in one clause are told apart where the words plainly list them."""

import pytest

from zhiheng.elements.candidates.naming import likely_domain, power_name, short_name
from zhiheng.elements.demo.acts import limbs


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("伪造、变造、转让风筝证书的", ["伪造风筝证书", "变造风筝证书", "转让风筝证书"]),
        ("转让风筝证书、风筝标志或者编号牌的", ["转让风筝证书", "转让风筝标志", "转让编号牌"]),
        ("未给风筝编号，或者未登记风筝的", ["未给风筝编号", "未登记风筝"]),
        ("在禁放区放飞风筝的", ["在禁放区放飞风筝"]),
        ("放飞", ["放飞"]),
    ],
)
def test_acts_are_told_apart(words, told):
    assert limbs(words) == told


@pytest.mark.parametrize(
    ("act", "who", "name"),
    [
        ("违反本办法第三条第二款规定，未给风筝编号的", "风筝经营者", "风筝经营者未给风筝编号"),
        ("在本县范围内的城市道路、广场、公园、车站等公共场所以及河道两岸，于夜间十时以后，放飞带有灯光的风筝的", "",
         "于夜间十时以后，放飞带有灯光的风筝"),
    ],
)  # fmt: skip
def test_names_are_short_and_keep_the_verb(act, who, name):
    assert short_name(act, who) == name


def test_the_line_follows_the_organ_then_the_law():
    assert likely_domain("水行政主管部门", "风筝法") == "water"
    assert likely_domain("主管部门", "消防法") == "fire"
    assert likely_domain("风筝局") == "other"


@pytest.mark.parametrize(
    ("kind", "what", "measures", "name"),
    [
        ("INSPECTION", "有关风筝场地", (), "对风筝场地的行政检查"),
        ("INSPECTION", "", (), "对风筝管理条例执行情况的行政检查"),
        ("COERCION", "涉嫌违法的风筝", ("查封", "扣押"), "对违法的风筝的行政强制（查封、扣押）"),
        ("COERCION", "", ("代为清理",), "对违反风筝管理条例行为的行政强制（代为清理）"),
    ],
)
def test_powers_are_called_as_lists_of_powers_call_them(kind, what, measures, name):
    assert power_name(kind=kind, what=what, measures=measures, law="风筝管理条例") == name
