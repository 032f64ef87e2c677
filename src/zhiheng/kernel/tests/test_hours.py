"""Hours run through nights and holidays; the hour that has begun is not counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.kernel.calendar import default_calendar
from zhiheng.kernel.clock import ZONE
from zhiheng.kernel.deadlines import DeadlineRule, Suspension, compute, recompute

CALENDAR = default_calendar()
RULE = DeadlineRule(24, "H", excludes=("storm",), title="案件移送")
SEIZED = datetime(2026, 10, 1, 10, 20, tzinfo=ZONE)


@pytest.mark.law("cpl-2023:85")
def test_twenty_four_hours_run_from_the_next_full_hour_through_the_holiday() -> None:
    due = compute(RULE, start=SEIZED, calendar=CALENDAR)
    assert due.due_at == datetime(2026, 10, 2, 11, 0, tzinfo=ZONE)
    assert due.due_on == date(2026, 10, 2)
    assert "2026年10月2日11时00分届满" in due.note
    assert due.days[0].why == "开始的当时（10时）不计入，自11时起算"


def test_the_instant_counts_not_the_zone_it_is_written_in() -> None:
    assert compute(RULE, start=SEIZED.astimezone(UTC), calendar=CALENDAR).due_at == datetime(
        2026, 10, 2, 11, 0, tzinfo=ZONE
    )


def test_a_day_or_a_naive_time_is_no_start_for_hours() -> None:
    with pytest.raises(ValueError, match="aware instant"):
        compute(RULE, start=date(2026, 10, 1), calendar=CALENDAR)
    with pytest.raises(ValueError, match="aware instant"):
        compute(RULE, start=datetime(2026, 10, 1, 10), calendar=CALENDAR)


def test_hours_need_no_calendar_of_the_next_year() -> None:
    due = compute(RULE, start=datetime(2026, 12, 31, 20, 0, tzinfo=ZONE), calendar=CALENDAR)
    assert due.due_at == datetime(2027, 1, 1, 21, 0, tzinfo=ZONE)


def test_an_open_interruption_leaves_hours_open() -> None:
    storm = Suspension(datetime(2026, 10, 1, 15, 0, tzinfo=ZONE), None, "storm", "台风")
    due = compute(RULE, start=SEIZED, suspensions=[storm], calendar=CALENDAR)
    assert due.suspended
    assert due.remaining == 20
    assert recompute(due.as_json(), calendar=CALENDAR) == due


@given(st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 30)), max_size=4))
def test_interrupted_hours_are_added_once(spans: list[tuple[int, int]]) -> None:
    hour = timedelta(hours=1)
    base = SEIZED.replace(minute=0)
    storms = [Suspension(base + a * hour, base + (a + n) * hour, "storm") for a, n in spans]
    due = compute(RULE, start=SEIZED, suspensions=storms, calendar=CALENDAR)
    at, left = base + hour, 24
    while left:
        left -= not any(s.start <= at < s.end for s in storms)
        at += hour
    assert due.due_at == at


def test_whole_days_may_interrupt_hours_too() -> None:
    storm = Suspension(date(2026, 10, 2), date(2026, 10, 3), "storm")
    due = compute(RULE, start=SEIZED, suspensions=[storm], calendar=CALENDAR)
    assert due.due_at == datetime(2026, 10, 4, 11, 0, tzinfo=ZONE)
