"""The calendar agrees with every notice, and does not guess the next one."""

import json
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared_data
from zhiheng.kernel.calendar import WorkCalendar, YearNotPublished, default_calendar
from zhiheng.kernel.errors import Invalid

CALENDAR = default_calendar()
NOTICE_2027 = {
    "year": 2027,
    "off_days": ["2027-01-01", "2027-01-02", date(2027, 1, 3)],
    "make_up": ["2026-12-26"],
    "notice": "假想的通知，只用于测试",
}


@cache
def notices() -> dict[date, bool]:
    """All days named by a notice; that of one year may name the last days of the year before."""
    files = [shared_data(f"calendar/{year}.json") for year in range(2021, 2028)]
    entries = [day for file in files for day in json.loads(file.read_text("utf-8"))["days"]]
    return {date.fromisoformat(day["date"]): day["isOffDay"] for day in entries}


@pytest.mark.parametrize("year", range(2021, 2027))
def test_every_day_is_as_the_notices_of_the_state_council_say(year: int) -> None:
    off = notices()
    day = date(year, 1, 1)
    while day.year == year:
        assert CALENDAR.is_holiday(day) == off.get(day, False), day
        assert CALENDAR.is_workday(day) == (not off.get(day, day.weekday() >= 5)), day
        day += timedelta(days=1)


def test_2027_is_not_published_and_says_so() -> None:
    with pytest.raises(YearNotPublished) as error:
        CALENDAR.is_workday(date(2027, 1, 4))
    assert error.value.year == 2027
    assert "2027年的放假调休安排尚未公布" in error.value.message
    assert error.value.next_step


def test_a_count_that_reaches_2027_is_refused_and_one_that_ends_before_is_not() -> None:
    assert CALENDAR.nth_workday_after(date(2026, 12, 30), 1) == date(2026, 12, 31)
    with pytest.raises(YearNotPublished):
        CALENDAR.nth_workday_after(date(2026, 12, 31), 1)


def test_a_year_missing_in_between_is_never_jumped() -> None:
    holes = WorkCalendar(frozenset(), frozenset(), frozenset({2026, 2028}))
    with pytest.raises(YearNotPublished, match="2027"):
        holes.count_workdays(date(2026, 12, 1), date(2028, 1, 31))
    with pytest.raises(YearNotPublished, match="2027"):
        holes.nth_workday_after(date(2026, 12, 25), 30)


def test_a_new_notice_makes_the_year_known_and_may_reach_into_december() -> None:
    later = default_calendar(overrides=[NOTICE_2027])
    assert later.is_holiday(date(2027, 1, 1))
    assert later.is_workday(date(2027, 1, 4))
    assert later.is_workday(date(2026, 12, 26))
    assert not CALENDAR.is_workday(date(2026, 12, 26))
    assert later.version != CALENDAR.version


def test_the_same_content_has_the_same_version() -> None:
    assert default_calendar().version == CALENDAR.version
    again = WorkCalendar(CALENDAR.off_days, CALENDAR.make_up_workdays, CALENDAR.years)
    assert again.version == CALENDAR.version


@pytest.mark.parametrize(
    "change",
    [
        {"year": "2027"},
        {"off_days": []},
        {"off_days": ["2027-13-01"]},
        {"off_days": "2027-01-01"},
        {"off_days": ["2025-12-31"]},
        {"make_up": ["2027-01-01"]},
        {"make_up": ["2027-01-04"]},
        {"notice": ""},
        {"extra": 1},
    ],
)
def test_a_notice_that_contradicts_itself_is_refused_with_a_sentence(change: dict) -> None:
    with pytest.raises(Invalid) as error:
        default_calendar(overrides=[{**NOTICE_2027, **change}])
    assert error.value.message.endswith("。")
    assert error.value.next_step


DAYS = st.dates(min_value=date(2005, 1, 1), max_value=date(2025, 12, 31))


@given(DAYS, st.integers(1, 200))
def test_counting_back_gives_what_was_counted_forth(day: date, n: int) -> None:
    end = CALENDAR.nth_workday_after(day, n)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.count_workdays(day + timedelta(days=1), end) == n


def test_days_are_named_as_people_call_them() -> None:
    assert CALENDAR.describe(date(2026, 10, 1)) == "国庆节放假"
    assert CALENDAR.describe(date(2026, 10, 10)) == "星期六，调休上班"
    assert CALENDAR.describe(date(2026, 11, 21)) == "星期六"
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.nth_workday_after(date(2026, 1, 1), 0)
