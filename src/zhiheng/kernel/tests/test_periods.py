"""Intervals of validity are half-open; periods count both ends, and each day once."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.kernel import clock
from zhiheng.kernel.errors import Invalid, NotFound, ZhihengError
from zhiheng.kernel.periods import Period, Validity, merged, union_days

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2020, 3, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    return Period(start, start + timedelta(days=draw(st.integers(0, 20))))


@st.composite
def validities(draw: st.DrawFn) -> Validity:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(1, 20))
    return Validity(start, None if length is None else start + timedelta(days=length))


def test_a_law_is_in_force_from_its_first_day_until_the_day_before_its_end() -> None:
    law = Validity(date(2021, 7, 15), date(2026, 8, 15))
    assert law.contains(date(2021, 7, 15))
    assert law.contains(date(2026, 8, 14))
    assert not law.contains(date(2026, 8, 15))
    assert Validity(date(2021, 7, 15)).contains(date(2999, 1, 1))


def test_an_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="not after"):
        Validity(date(2021, 7, 15), date(2021, 7, 15))
    with pytest.raises(ValueError, match="before"):
        Period(date(2021, 7, 15), date(2021, 7, 14))


@given(validities(), validities())
def test_validities_overlap_when_some_day_lies_in_both(one: Validity, other: Validity) -> None:
    span = (date(2019, 12, 1) + timedelta(days=i) for i in range(200))
    shared = any(one.contains(day) and other.contains(day) for day in span)
    assert one.overlaps(other) == other.overlaps(one) == shared


@given(st.lists(periods(), max_size=6))
def test_a_day_covered_twice_counts_once(many: list[Period]) -> None:
    covered = {p.start + timedelta(days=i) for p in many for i in range(p.days)}
    assert union_days(many) == len(covered)
    joined = merged(many)
    assert all(a.end < b.start - timedelta(days=1) for a, b in pairwise(joined))


def test_a_legal_day_begins_at_midnight_in_shanghai() -> None:
    assert clock.local_date(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert clock.local_date(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)
    with pytest.raises(ValueError, match="aware"):
        clock.local_date(datetime(2026, 3, 1))
    assert clock.now().tzinfo is not None
    assert abs((clock.today() - clock.local_date(clock.now())).days) <= 1


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    error = Invalid("金额过大。", next_step="请核对位数。", fields={"fine": "过大"})
    assert str(error) == "金额过大。请核对位数。"
    assert error.fields == {"fine": "过大"}
    assert isinstance(NotFound(), ZhihengError)
    assert NotFound().next_step
