"""逐日说明：每一天为什么算、为什么不算；届满日的一句话说明。

Walks day by day, apart from `counting`, so that one checks the other in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from zhiheng.kernel import counting
from zhiheng.kernel.calendar import WorkCalendar
from zhiheng.kernel.clock import ZONE, local_date
from zhiheng.kernel.terms import (
    UNIT_NAMES,
    CountedDay,
    DeadlineRule,
    Interruptions,
    Suspension,
    day_of,
)

_DAY = timedelta(days=1)


def explain(
    *,
    rule: DeadlineRule,
    start: date,
    suspensions: Sequence[Suspension],
    calendar: WorkCalendar,
    until: date | None,
) -> list[CountedDay]:
    """Return each day of the count, from the day of the event to its end.

    Args:
        rule: what is counted.
        start: the day of the event, or the instant for hours.
        suspensions: as given to `compute`.
        calendar: published years.
        until: the due day; None when it is not known, then the walk stops where knowledge does.
    """
    if rule.unit == "H":
        return _hours(rule=rule, start=start, until=until)
    day = day_of(start)
    walk = _walk(rule=rule, start=day, suspensions=suspensions, calendar=calendar, until=until)
    return [CountedDay(day, False, "事由发生的当日不计入"), *walk]


def fixed(
    *,
    rule: DeadlineRule,
    start: date,
    end: date,
    last: date,
    recheck: int | None,
    stops: Interruptions,
) -> str:
    """Return the sentence for a known due day."""
    text = f"{rule.title or '期限'}{_length(rule)}，自{_zh(start + _DAY)}起算"
    lost = sum(period.days for period in stops.closed if period.start <= end)
    if lost:
        text += f"，其间中止{lost}日不计入"
    if last != end:
        text += f"，{_zh(end)}届满逢休息日或节假日，顺延"
    text += f"至{_zh(last)}届满。"
    if recheck is not None:
        text += f"{recheck}年放假通知尚未公布，如调整本年年末班期，届时复算。"
    return text


def suspended(*, rule: DeadlineRule, since: date, left: int) -> str:
    """Return the sentence for a clock that stands still."""
    unit = UNIT_NAMES["WD"] if rule.unit == "WD" else UNIT_NAMES["ND"]
    return f"{rule.title or '期限'}自{_zh(since)}起中止计算，尚余{left}{unit}，恢复后续算。"


def provisional(*, rule: DeadlineRule, year: int, earliest: date) -> str:
    """Return the sentence for an end in a year that is not published."""
    return (
        f"{rule.title or '期限'}{_length(rule)}跨入{year}年，该年放假调休安排尚未公布，"
        f"届满日待定，不早于{_zh(earliest)}；公布后自动复算。"
    )


def _walk(
    *,
    rule: DeadlineRule,
    start: date,
    suspensions: Sequence[Suspension],
    calendar: WorkCalendar,
    until: date | None,
) -> Iterator[CountedDay]:
    amount = counting.nominal_days(rule=rule, start=start)
    done, day = 0, start
    while until is None or day < until:
        day += _DAY
        stop = _stopped(rule=rule, day=day, suspensions=suspensions)
        asks = stop is None and (rule.unit == "WD" or done >= amount)
        if asks and day.year not in calendar.years:
            yield CountedDay(day, False, f"{day.year}年放假调休安排尚未公布，不能续算")
            return
        if stop is not None:
            yield CountedDay(day, False, f"{stop.name}期间，扣除")
            if stop.end is None:
                return
        elif done >= amount:
            last = day == until
            why = "顺延后的届满日" if last else f"{calendar.describe(day)}，届满日顺延"
            yield CountedDay(day, False, why)
        elif rule.unit == "WD" and not calendar.is_workday(day):
            yield CountedDay(day, False, f"{calendar.describe(day)}，不是工作日")
        else:
            done += 1
            yield CountedDay(day, True, _counted(rule=rule, day=day, done=done, calendar=calendar))


def _counted(*, rule: DeadlineRule, day: date, done: int, calendar: WorkCalendar) -> str:
    if rule.unit == "WD":
        return f"第{done}个工作日（{calendar.describe(day)}）"
    return f"第{done}日"


def _stopped(
    *, rule: DeadlineRule, day: date, suspensions: Sequence[Suspension]
) -> Suspension | None:
    covering = [
        item
        for item in suspensions
        if item.reason in rule.excludes
        and day_of(item.start) <= day
        and (item.end is None or day <= day_of(item.end))
    ]
    return min(covering, key=lambda item: (item.end is not None, item.start), default=None)


def _hours(*, rule: DeadlineRule, start: date, until: date | None) -> list[CountedDay]:
    if not isinstance(start, datetime):
        return []
    local = start.astimezone(ZONE)
    first = counting.first_hour(start)
    days = [
        CountedDay(local.date(), False, f"开始的当时（{local.hour}时）不计入，自{first.hour}时起算")
    ]
    day = local_date(first)
    while until is not None and day <= until:
        days.append(CountedDay(day, True, f"{rule.amount}小时内，节假日不扣除"))
        day += _DAY
    return days


def _length(rule: DeadlineRule) -> str:
    return f"{rule.amount}{UNIT_NAMES[rule.unit]}"


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
