"""The addition for being late: three per cent a day of the fine, never more than the fine."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.kernel.errors import Invalid
from zhiheng.payments.policies import (
    Part,
    Standing,
    applied,
    canonical,
    days_late,
    is_signed,
    late_addition,
    missed,
    read_schedule,
    sign,
)

DUE = date(2026, 4, 7)
days = st.integers(min_value=-40, max_value=400)
fines = st.integers(min_value=1, max_value=10**12)


def added(fine: int, days: int) -> int:
    return late_addition(fine_cents=fine, days=days, rate_percent=3, cap_percent=100)


def test_nothing_on_the_last_day_and_three_per_cent_on_the_next():
    assert days_late(due_on=DUE, on=DUE) == 0
    assert days_late(due_on=DUE, on=DUE + timedelta(days=1)) == 1
    assert added(800000, 1) == 24000


def test_the_thirty_third_day_is_below_the_fine_and_the_thirty_fourth_reaches_it():
    assert added(800000, 33) == 792000
    assert added(800000, 34) == 800000
    assert added(800000, 300) == 800000


def test_half_a_cent_is_rounded_up():
    assert added(50, 1) == 2  # 1.5


@given(fines, st.integers(min_value=0, max_value=2000))
def test_never_more_than_the_fine_and_never_less_with_time(fine, day):
    assert 0 <= added(fine, day) <= fine
    assert added(fine, day) <= added(fine, day + 1)


@given(days, st.integers(-50, 400), st.integers(0, 400), st.integers(-50, 400), st.integers(0, 400))
def test_days_of_remedies_never_count_however_they_overlap(late, start, length, again, other):
    on = DUE + timedelta(days=late)
    pauses = [
        Standing(DUE + timedelta(days=start), DUE + timedelta(days=start + length)),
        Standing(DUE + timedelta(days=again), DUE + timedelta(days=again + other)),
    ]
    counted = sum(
        1
        for n in range(1, max(0, late) + 1)
        if not any(p.since <= DUE + timedelta(days=n) <= p.until for p in pauses)
    )
    assert days_late(due_on=DUE, on=on, pauses=pauses) == counted


@given(days)
def test_while_a_remedy_runs_from_the_due_day_nothing_grows(late):
    on = DUE + timedelta(days=late)
    assert days_late(due_on=DUE, on=on, pauses=[Standing(DUE)]) == 0


@given(st.integers(1, 10**12), st.integers(0, 10**12))
def test_money_is_split_without_loss(received, left):
    taken, back = applied(received=received, left=left)
    assert taken + back == received
    assert 0 <= taken <= left


def test_an_instalment_is_missed_the_day_after():
    parts = [Part(date(2026, 5, 31), 300000), Part(date(2026, 6, 30), 500000)]
    assert not missed(parts=parts, paid=0, on=date(2026, 5, 31))
    assert missed(parts=parts, paid=299999, on=date(2026, 6, 1))
    assert not missed(parts=parts, paid=300000, on=date(2026, 6, 30))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-05-31 3000", "合计"),
        ("五月底 3000", "读不懂"),
        ("2026-05-31 5000\n2026-05-31 3000", "一期比一期晚"),
        ("2026-05-31 8000\n2026-06-30 0", "大于零"),
        ("2026-03-01 8000", "已经过去"),
        ("2026-08-01 8000", "晚于准予"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(text, says):
    with pytest.raises(Invalid, match=says):
        read_schedule(text, total=800000, first=date(2026, 4, 1), last=date(2026, 7, 1))


def test_a_message_that_was_changed_is_not_signed():
    body = canonical({"cents": 1})
    signature = sign(body, key=b"k")
    assert is_signed(body, signature=signature, key=b"k")
    assert not is_signed(canonical({"cents": 2}), signature=signature, key=b"k")
    assert not is_signed(body, signature="é", key=b"k")
