"""Periods end when the statutes say, checked against a slow count of our own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.kernel.calendar import default_calendar
from zhiheng.kernel.deadlines import (
    DeadlineRule,
    Due,
    Suspension,
    compute,
    is_affected,
    is_in_time,
    recompute,
)
from zhiheng.kernel.terms import Roll, Unit

CALENDAR = default_calendar()
DAY = timedelta(days=1)
STARTS = st.dates(min_value=date(2005, 1, 1), max_value=date(2025, 3, 31))


def slow_end(rule: DeadlineRule, start: date, stops: list[Suspension]) -> date:
    """Walk day by day, as one does with a finger on the wall calendar."""

    def stands_still(day: date) -> bool:
        return any(s.reason in rule.excludes and s.start <= day <= s.end for s in stops)

    def off(day: date) -> bool:
        if rule.roll == "next_workday":
            return not CALENDAR.is_workday(day)
        return rule.roll == "day_after_holiday" and CALENDAR.is_holiday(day)

    day, done = start, 0
    while done < rule.amount:
        day += DAY
        done += not stands_still(day) and (rule.unit == "ND" or CALENDAR.is_workday(day))
    if rule.roll != "none":
        while off(day) or stands_still(day):
            day += DAY
    return day


@st.composite
def rules(draw: st.DrawFn, units: tuple[Unit, ...] = ("ND", "WD")) -> DeadlineRule:
    rolls: tuple[Roll, ...] = ("none", "next_workday", "day_after_holiday")
    return DeadlineRule(
        amount=draw(st.integers(1, 90)),
        unit=draw(st.sampled_from(units)),
        roll=draw(st.sampled_from(rolls)),
        excludes=("hearing", "testing"),
    )


@st.composite
def stops(draw: st.DrawFn, start: date) -> list[Suspension]:
    found = []
    for reason in draw(st.lists(st.sampled_from(["hearing", "testing", "lunch"]), max_size=4)):
        first = start + draw(st.integers(-10, 120)) * DAY
        found.append(Suspension(first, first + draw(st.integers(0, 30)) * DAY, reason))
    return found


@given(st.data(), rules(), STARTS)
def test_the_quick_count_agrees_with_the_slow_one(
    data: st.DataObject, rule: DeadlineRule, start: date
) -> None:
    given_stops = data.draw(stops(start))
    due = compute(rule, start=start, suspensions=given_stops, calendar=CALENDAR)
    assert due.due_on == slow_end(rule, start, given_stops)


@given(st.data(), rules(("ND", "WD", "M", "Y")), STARTS)
def test_every_day_is_explained_and_the_counted_ones_add_up(
    data: st.DataObject, rule: DeadlineRule, start: date
) -> None:
    rule = DeadlineRule(min(rule.amount, 15), rule.unit, rule.roll, rule.excludes)
    due = compute(rule, start=start, suspensions=data.draw(stops(start)), calendar=CALENDAR)
    days = due.days
    if due.due_on is None:
        assert due.provisional
        return
    assert [day.date for day in days] == [start + i * DAY for i in range(len(days))]
    assert days[-1].date == due.due_on
    assert all(day.why for day in days)
    if rule.unit in {"ND", "WD"}:
        assert sum(day.counted for day in days) == rule.amount


@given(st.data(), rules(), STARTS)
def test_a_suspension_never_brings_the_end_forward(
    data: st.DataObject, rule: DeadlineRule, start: date
) -> None:
    given_stops = data.draw(stops(start))
    plain = compute(rule, start=start, calendar=CALENDAR)
    stopped = compute(rule, start=start, suspensions=given_stops, calendar=CALENDAR)
    twice = compute(rule, start=start, suspensions=given_stops * 2, calendar=CALENDAR)
    assert plain.due_on is not None
    assert stopped.due_on is not None
    assert stopped.due_on >= plain.due_on
    assert twice.due_on == stopped.due_on


@given(rules(("ND", "WD", "M", "Y")), STARTS)
def test_a_later_start_never_ends_earlier(rule: DeadlineRule, start: date) -> None:
    rule = DeadlineRule(min(rule.amount, 12), rule.unit, rule.roll)
    first = compute(rule, start=start, calendar=CALENDAR)
    second = compute(rule, start=start + DAY, calendar=CALENDAR)
    if first.due_on and second.due_on:
        assert first.due_on <= second.due_on


@given(st.data(), rules(("ND", "WD", "M", "Y")), STARTS)
def test_what_is_stored_can_be_counted_again(
    data: st.DataObject, rule: DeadlineRule, start: date
) -> None:
    due = compute(rule, start=start, suspensions=data.draw(stops(start)), calendar=CALENDAR)
    assert recompute(due.as_json(), calendar=CALENDAR) == due


def count(amount: int, unit: Unit, start: date, roll: Roll = "none", **more: object) -> Due:
    stopped = more.pop("stopped", ())
    rule = DeadlineRule(amount, unit, roll, ("hearing",), title="期限")
    return compute(rule, start=start, suspensions=stopped, calendar=CALENDAR)  # type: ignore[arg-type]


@pytest.mark.law("apl-2021:85")
def test_five_working_days_before_national_day_end_after_it() -> None:
    due = count(5, "WD", date(2026, 9, 29))
    assert due.due_on == date(2026, 10, 12)
    worked = [day for day in due.days if day.counted]
    assert worked[3].why == "第4个工作日（星期六，调休上班）"
    assert due.days[0].why == "事由发生的当日不计入"


@pytest.mark.law("apl-2021:60")
def test_ninety_natural_days_do_not_care_for_weekends() -> None:
    assert count(90, "ND", date(2026, 3, 2)).due_on == date(2026, 5, 31)


@pytest.mark.law("cpl-2023:85")
def test_an_end_in_a_holiday_moves_as_the_rule_says() -> None:
    served = date(2026, 9, 18)
    assert count(15, "ND", served, "none").due_on == date(2026, 10, 3)
    assert count(15, "ND", served, "next_workday").due_on == date(2026, 10, 8)
    assert count(15, "ND", served, "day_after_holiday").due_on == date(2026, 10, 8)


def test_a_plain_saturday_moves_only_where_working_days_are_asked_for() -> None:
    served = date(2026, 11, 6)
    assert count(15, "ND", served, "day_after_holiday").due_on == date(2026, 11, 21)
    assert count(15, "ND", served, "next_workday").due_on == date(2026, 11, 23)


def test_months_and_years_end_on_the_corresponding_day_or_the_last_of_the_month() -> None:
    assert count(1, "M", date(2026, 1, 31)).due_on == date(2026, 2, 28)
    assert count(6, "M", date(2026, 3, 10)).due_on == date(2026, 9, 10)
    assert count(2, "Y", date(2024, 2, 29)).due_on == date(2026, 2, 28)
    assert count(12, "M", date(2023, 12, 31)).due_on == date(2024, 12, 31)


def test_a_hearing_stops_the_clock_and_two_reasons_on_one_day_stop_it_once() -> None:
    hearing = Suspension(date(2026, 3, 10), date(2026, 3, 12), "hearing", "听证")
    again = Suspension(date(2026, 3, 12), date(2026, 3, 13), "hearing", "听证")
    due = count(90, "ND", date(2026, 3, 2), stopped=[again, hearing])
    assert due.due_on == date(2026, 6, 4)
    assert due.days[8].why == "听证期间，扣除"
    assert "中止4日" in due.note


def test_a_reason_that_the_rule_does_not_know_stops_nothing() -> None:
    busy = Suspension(date(2026, 3, 10), date(2026, 3, 12), "too_busy")
    assert count(90, "ND", date(2026, 3, 2), stopped=[busy]).due_on == date(2026, 5, 31)


def test_an_open_suspension_has_no_due_day_and_says_what_is_left() -> None:
    due = count(
        90, "ND", date(2026, 3, 2), stopped=[Suspension(date(2026, 3, 10), None, "hearing")]
    )
    assert due.suspended
    assert due.due_on is None
    assert due.remaining == 83
    assert "中止计算，尚余83日" in due.note
    assert due.days[-1].date == date(2026, 3, 10)


def test_an_open_suspension_after_the_end_changes_nothing() -> None:
    late = Suspension(date(2026, 6, 1), None, "hearing")
    assert count(90, "ND", date(2026, 3, 2), stopped=[late]).due_on == date(2026, 5, 31)


def test_a_clock_that_stands_still_before_new_year_needs_no_new_year() -> None:
    stopped = [Suspension(date(2026, 12, 22), None, "hearing")]
    due = count(10, "WD", date(2026, 12, 20), stopped=stopped)
    assert due.suspended
    assert due.remaining == 9


def test_what_needs_2027_is_provisional_and_is_counted_when_the_year_arrives() -> None:
    due = count(10, "WD", date(2026, 12, 25))
    assert due.provisional
    assert due.due_on is None
    assert due.needs_year == 2027
    assert due.not_before == date(2027, 1, 6)
    assert "2027年，该年放假调休安排尚未公布" in due.note
    assert due.days[-1].why == "2027年放假调休安排尚未公布，不能续算"

    new_year = ["2027-01-01", "2027-01-02", "2027-01-03"]
    notice = {"year": 2027, "off_days": new_year, "make_up": [], "notice": "测试"}
    later = default_calendar(overrides=[notice])
    assert is_affected(due.as_json(), calendar=later, on=date(2027, 1, 1))
    assert recompute(due.as_json(), calendar=later).due_on == date(2027, 1, 11)


def test_natural_days_into_2027_are_known_only_where_nothing_rolls() -> None:
    assert count(30, "ND", date(2026, 12, 10)).due_on == date(2027, 1, 9)
    due = count(30, "ND", date(2026, 12, 10), "next_workday")
    assert due.provisional
    assert due.not_before == date(2027, 1, 9)
    assert [day.counted for day in due.days].count(True) == 30


def test_an_end_in_the_last_week_of_a_year_is_looked_at_again() -> None:
    due = count(5, "WD", date(2026, 12, 23))
    assert due.due_on == date(2026, 12, 30)
    assert due.recheck_year == 2027
    assert "届时复算" in due.note
    assert count(5, "WD", date(2026, 12, 1)).recheck_year is None


def test_what_has_passed_is_not_counted_again() -> None:
    stored = count(5, "WD", date(2026, 3, 2)).as_json()
    notice = {"year": 2027, "off_days": ["2027-01-01"], "make_up": [], "notice": "测试"}
    later = default_calendar(overrides=[notice])
    assert not is_affected(stored, calendar=later, on=date(2026, 11, 21))
    assert is_affected(stored, calendar=later, on=date(2026, 3, 3))
    assert not is_affected(stored, calendar=CALENDAR, on=date(2026, 3, 3))


@pytest.mark.law("cpl-2023:85")
def test_what_was_posted_before_the_end_is_in_time() -> None:
    due = count(5, "WD", date(2026, 11, 2))
    assert due.due_on == date(2026, 11, 9)
    assert is_in_time(due, received_on=date(2026, 11, 9))
    assert not is_in_time(due, received_on=date(2026, 11, 10))
    assert is_in_time(due, received_on=date(2026, 11, 13), posted_on=date(2026, 11, 9))
    assert due.days_left(date(2026, 11, 11)) == -2


def test_whether_it_is_in_time_is_unknown_while_the_end_is() -> None:
    due = count(10, "WD", date(2026, 12, 25))
    assert is_in_time(due, received_on=date(2027, 1, 6))
    assert is_in_time(due, received_on=date(2027, 1, 8)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0, "unit": "ND"},
        {"amount": True, "unit": "ND"},
        {"amount": 5, "unit": "D"},
        {"amount": 5, "unit": "ND", "roll": "maybe"},
        {"amount": 24, "unit": "H", "roll": "next_workday"},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"amount|unit|roll"):
        DeadlineRule(**wrong)
