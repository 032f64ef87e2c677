"""Days that cannot be: not yet come, or before what they rest on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.cases.days import HAPPENED, hearing_too_early, impossible_days
from zhiheng.cases.policies import payment_problem
from zhiheng.procedures.policies import day_of
from zhiheng.rulebook import api as rulebook

TODAY, ISSUED = date(2026, 3, 20), date(2026, 3, 12)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("name", HAPPENED)
def test_what_happened_lies_between_its_cause_and_today(name):
    def told(day):
        return impossible_days(values={name: day}, on=TODAY, after=ISSUED)

    assert told(ISSUED) == told(TODAY) == {}
    assert "还没有到" in told(TODAY + timedelta(days=1))[name]
    assert "不会早于" in told(ISSUED - timedelta(days=1))[name]


@pytest.mark.law("apl-2021:71", "apl-2021:85")
def test_every_period_runs_from_the_day_that_its_step_names():
    book, named = rulebook.current(), 0
    for step in (s for p in book.procedures for s in book.procedure(p).steps.values()):
        for name in {*step.asks} & {*HAPPENED} if step.starts else ():
            assert day_of(values={name: ISSUED}, on=TODAY) == ISSUED, f"{step.id} {name}"
            named += 1
    assert named > 9


@pytest.mark.parametrize("name", ["correction_due", "hearing_on"])
def test_what_is_to_come_does_not_lie_behind(name):
    assert impossible_days(values={name: TODAY}, on=TODAY, after=None) == {}
    wrong = impossible_days(values={name: date(2026, 3, 19)}, on=TODAY, after=None)
    assert wrong[name] == "2026年3月19日已经过去，请填今天或者以后的日期。"


@given(day=DAYS, on=DAYS, after=DAYS)
def test_a_day_of_service_is_taken_only_where_it_could_be(day, on, after):
    wrong = impossible_days(values={"served_on": day}, on=on, after=after)
    assert (wrong == {}) == (after <= day <= on)


def test_an_answer_that_is_no_day_is_left_to_others():
    assert impossible_days(values={"served_on": None, "paid_cents": 3}, on=TODAY, after=None) == {}


@pytest.mark.parametrize(
    ("outcome", "on", "early"),
    [
        ("HELD", date(2026, 3, 25), True), ("FORFEITED", date(2026, 3, 25), True),
        ("WITHDRAWN", date(2026, 3, 25), False), ("HELD", date(2026, 3, 26), False),
    ],
)  # fmt: skip
def test_a_hearing_is_held_on_its_day_and_withdrawn_on_any(outcome, on, early):
    told = hearing_too_early(outcome=outcome, hearing_on=date(2026, 3, 26), on=on)
    assert bool(told) is early


@pytest.mark.parametrize(
    ("now", "paid", "late", "wrong"),
    [
        (0, 0, False, "请填写"), (-1, 0, False, "请填写"), (800000, 800000, False, ""),
        (300000, 300000, False, ""), (8000000, 8000000, False, "80,000.00"),
        (824000, 824000, True, ""),
    ],
)  # fmt: skip
def test_a_payment_is_no_more_than_is_owed_unless_it_is_late(now, paid, late, wrong):
    told = payment_problem(now=now, paid=paid, due=800000, late=late)
    assert wrong in told
    assert bool(told) is bool(wrong)
