"""The pure part: what is an answer, which steps open the way to which."""

from datetime import date

import pytest

from zhiheng.procedures.policies import day_of, gap, is_answer, live, stored
from zhiheng.rulebook import api as rulebook


@pytest.fixture
def fact():
    return lambda name: rulebook.current().all_facts[name]


@pytest.mark.parametrize(
    ("name", "value", "answers"),
    [
        ("tier_code", "NONE", True), ("mitigation_ground", "NONE", True),
        ("on_spot_ground", "NONE", False), ("hearing_outcome", "NONE", False),
        ("withdraw_ground", "NONE", False), ("publication_conclusion", "NONE", False),
        ("hearing_outcome", "HELD", True),
    ],
)  # fmt: skip
def test_none_answers_a_question_only_where_none_can_be_the_answer(fact, name, value, answers):
    assert is_answer(fact(name), value) is answers


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("fine_proposed", 0, ""), ("fine_proposed", -1, "拟罚款数额不能是负数。"),
        ("fine_proposed", None, "请填写拟罚款数额。"), ("crime_suspected", False, ""),
        ("deviation_reason", "", ""), ("facts_found", " \n", "请填写查明的违法事实。"),
        ("suspend_ground", "NONE", "请选择中止情形。"),
        ("minutes_taken", 10**9, "用时（分钟）太大，请核对是不是多打了几位。"),
        ("fine_proposed", 10**15, "拟罚款数额太大，请核对是不是多打了几位。"),
        ("service_place", "路" * 201, "送达地点最多 200 个字，请写短一些。"),
        ("facts_found", "字" * 5000, ""), ("archive_note", "", ""),
    ],
)  # fmt: skip
def test_a_gap_is_told_in_a_sentence(fact, name, value, says):
    assert gap(fact(name), value) == says


def test_every_choice_that_says_not_yet_is_no_answer():
    for each in rulebook.current().all_facts.values():
        if each.type == "enum" and each.initial == "NONE" and not is_answer(each, "NONE"):
            assert len(each.choices) > 1, each.id


def test_a_day_that_the_step_names_is_the_day_it_happened():
    today, earlier = date(2026, 3, 5), date(2026, 3, 3)
    assert day_of(values={"served_on": earlier}, on=today) == earlier
    assert day_of(values={"police_decided_on": earlier}, on=today) == earlier
    assert day_of(values={"correction_due": earlier}, on=today) == today


def test_a_day_comes_back_as_the_day_it_was_kept():
    day = date(2026, 3, 5)
    assert live(stored(day), "date") == day
    assert live(stored("2026-03-05"), "text") == "2026-03-05"
