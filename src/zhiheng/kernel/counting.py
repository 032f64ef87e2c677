"""数日子：不逐日走也能算出届满日；每一步与逐日说明相互印证（见测试）。

Law: 民法典 200–204, 民事诉讼法 85 (the first day or hour is not counted), 行政处罚法 85,
行政强制法 69, 行政复议法 88 (working days where these say so).
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from zhiheng.kernel.calendar import WorkCalendar
from zhiheng.kernel.clock import ZONE
from zhiheng.kernel.terms import DeadlineRule, Interruptions, Suspension

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MONTHS = 12


def nominal_days(*, rule: DeadlineRule, start: date) -> int:
    """Return how many days the clock has to run; working days for WD, else natural days.

    Months and years end on the corresponding day, or on the last day of a shorter month
    (民法典 202).
    """
    if rule.unit in {"ND", "WD"}:
        return rule.amount
    months = rule.amount * (_MONTHS if rule.unit == "Y" else 1)
    index = start.year * _MONTHS + start.month - 1 + months
    year, month = divmod(index, _MONTHS)
    last = gregorian.monthrange(year, month + 1)[1]
    return (date(year, month + 1, min(start.day, last)) - start).days


def counted_between(*, rule: DeadlineRule, first: date, last: date, calendar: WorkCalendar) -> int:
    """Return how many days of the rule's unit lie between two days, both included."""
    if last < first:
        return 0
    if rule.unit == "WD":
        return calendar.count_workdays(first, last)
    return (last - first).days + 1


def run(*, rule: DeadlineRule, start: date, stops: Interruptions, calendar: WorkCalendar) -> int:
    """Return how many days were counted before an open suspension began."""
    if stops.open_from is None:
        raise ValueError("no open suspension")
    last = stops.open_from - _DAY
    total = counted_between(rule=rule, first=start + _DAY, last=last, calendar=calendar)
    return total - sum(
        counted_between(rule=rule, first=period.start, last=period.end, calendar=calendar)
        for period in stops.closed
    )


def end_day(
    *, rule: DeadlineRule, start: date, amount: int, stops: Interruptions, calendar: WorkCalendar
) -> date:
    """Return the last day of the period before any roll.

    Raises:
        YearNotPublished: working days of a year without notice are needed.
    """

    def later(day: date, days: int) -> date:
        if rule.unit == "WD":
            return calendar.nth_workday_after(day, days)
        return day + timedelta(days=days)

    end = later(start, amount)
    for period in stops.closed:
        if period.start > end:
            break
        lost = counted_between(rule=rule, first=period.start, last=period.end, calendar=calendar)
        end = later(end, lost) if lost else end
    return end


def earliest_workday(
    *, start: date, amount: int, stops: Interruptions, calendar: WorkCalendar, year: int
) -> date:
    """Return the day before which working days cannot run out, were the missing year all work."""
    known = date(year - 1, 12, 31)
    if start >= known:
        return start + timedelta(days=amount)
    lost = sum(
        calendar.count_workdays(period.start, min(period.end, known))
        for period in stops.closed
        if period.start <= known
    )
    return known + timedelta(days=amount + lost - calendar.count_workdays(start + _DAY, known))


def rolled(
    *, rule: DeadlineRule, end: date, stops: Interruptions, calendar: WorkCalendar
) -> date | None:
    """Return the day to which the rule moves an end on a holiday; None if it stands still.

    Raises:
        YearNotPublished: whether the day is a holiday is not known yet.
    """
    if rule.roll == "none":
        return end
    day = end
    while _is_off(rule=rule, day=day, calendar=calendar) or stops.covers(day):
        day += _DAY
        if stops.open_from is not None and day >= stops.open_from:
            return None
    return day


def first_hour(start: datetime) -> datetime:
    """Return the instant from which hours count: the hour that has begun is not counted."""
    local = start.astimezone(ZONE)
    return local.replace(minute=0, second=0, microsecond=0) + _HOUR


def end_hour(
    *, rule: DeadlineRule, start: datetime, suspensions: Sequence[Suspension]
) -> tuple[datetime | None, timedelta]:
    """Return the instant at which hours end (None while suspended) and what is left then."""
    at, left = first_hour(start), rule.amount * _HOUR
    admitted = [item for item in suspensions if item.reason in rule.excludes]
    for begin, end in sorted(
        ((_instant(item.start), _resumption(item)) for item in admitted), key=lambda pair: pair[0]
    ):
        if begin - at >= left:
            break
        if end is None:
            return None, left - max(begin - at, timedelta())
        if end > at:
            left -= max(begin - at, timedelta())
            at = end
    return at + left, timedelta()


def _is_off(*, rule: DeadlineRule, day: date, calendar: WorkCalendar) -> bool:
    if rule.roll == "next_workday":
        return not calendar.is_workday(day)
    return calendar.is_holiday(day)


def _instant(moment: date) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(ZONE)
    return datetime(moment.year, moment.month, moment.day, tzinfo=ZONE)


def _resumption(item: Suspension) -> datetime | None:
    if item.end is None or isinstance(item.end, datetime):
        return None if item.end is None else _instant(item.end)
    return _instant(item.end + _DAY)
