"""工作日历：哪天上班、哪天放假，以国务院办公厅当年放假通知为准；没公布的年份绝不推测。

Law: 全国年节及纪念日放假办法 (国务院令); yearly 国务院办公厅关于部分节假日安排的通知.
Years come from the `chinesecalendar` package; what it does not know yet is passed in as
overrides (rulebook/parameters/calendar/*.yaml, loaded by the rulebook).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

from chinese_calendar import constants

from zhiheng.kernel.errors import Invalid, ZhihengError

_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5
_DECEMBER = 12
# 2024年放假通知：元旦“1月1日放假，与周末连休”；这两天是普通周末，软件包误记为放假。
_PLAIN_WEEKEND = frozenset({date(2023, 12, 30), date(2023, 12, 31)})
_KEYS = frozenset({"year", "off_days", "make_up", "notice"})


class YearNotPublished(ZhihengError):
    """The question needs a year for which no notice is known.

    Attributes:
        year: the year that is missing.
    """

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year}年的放假调休安排尚未公布或尚未录入，不能推算该年的工作日和节假日。",
            next_step="国务院办公厅的通知公布后录入日历（rulebook/parameters/calendar），期限将自动复算。",
        )
        self.year = year


@dataclass(frozen=True)
class WorkCalendar:
    """Published years: statutory days off, make-up workdays, and everything else by weekday.

    Attributes:
        off_days: days off named by a notice, weekends inside a holiday included.
        make_up_workdays: 调休上班的休息日.
        years: the years that are published as a whole.
        version: changes whenever the content changes.
        names: holiday names, for explanations.
    """

    off_days: frozenset[date]
    make_up_workdays: frozenset[date]
    years: frozenset[int]
    version: str = ""
    names: Mapping[date, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.version:
            object.__setattr__(self, "version", _content_version(self))

    def is_workday(self, day: date) -> bool:
        """Return whether people work on that day.

        Raises:
            YearNotPublished: the year of the day is not published.
        """
        self._require(day.year)
        if day in self.off_days:
            return False
        return day.weekday() < _SATURDAY or day in self.make_up_workdays

    def is_holiday(self, day: date) -> bool:
        """Return whether a notice names the day as a day off; plain weekends are none.

        Raises:
            YearNotPublished: the year of the day is not published.
        """
        self._require(day.year)
        return day in self.off_days

    def nth_workday_after(self, day: date, n: int) -> date:
        """Return the n-th working day after a day that is itself not counted.

        Raises:
            YearNotPublished: a year on the way is not published.
            ValueError: n is less than one.
        """
        if n < 1:
            raise ValueError("count at least one working day")
        first = day + _DAY
        year = first.year
        while True:
            days = self._workdays(year)
            at = bisect_left(days, first) + n - 1
            if at < len(days):
                return days[at]
            n -= len(days) - bisect_left(days, first)
            year += 1
            first = date(year, 1, 1)

    def count_workdays(self, first: date, last: date) -> int:
        """Return how many working days lie between two days, both included."""
        total = 0
        for year in range(first.year, last.year + 1) if first <= last else ():
            days = self._workdays(year)
            total += bisect_right(days, last) - bisect_left(days, first)
        return total

    def describe(self, day: date) -> str:
        """Return what the day is, in Chinese: 国庆节放假, 调休上班, 星期六, 星期三."""
        weekday = f"星期{_WEEKDAYS[day.weekday()]}"
        if day in self.off_days:
            return f"{self.names.get(day, '法定节假日')}放假"
        if day in self.make_up_workdays:
            return f"{weekday}，调休上班"
        return weekday

    def _require(self, year: int) -> None:
        if year not in self.years:
            raise YearNotPublished(year)

    def _workdays(self, year: int) -> tuple[date, ...]:
        self._require(year)
        days = self._by_year.get(year)
        if days is None:
            start = date(year, 1, 1)
            span = (start + timedelta(days=i) for i in range((date(year, 12, 31) - start).days + 1))
            days = self._by_year[year] = tuple(day for day in span if self.is_workday(day))
        return days

    @cached_property
    def _by_year(self) -> dict[int, tuple[date, ...]]:
        return {}


def default_calendar(*, overrides: Iterable[Mapping[str, object]] = ()) -> WorkCalendar:
    """Return the calendar of all years known, with later notices on top.

    Args:
        overrides: mappings `{year, off_days, make_up, notice}`; each replaces the whole year.
            A notice may also reach into the December before; those days alone are changed.

    Raises:
        Invalid: an override contradicts itself or names days of another year.
    """
    calendar = _packaged()
    for override in overrides:
        calendar = _with_year(calendar, override)
    return calendar


@lru_cache(maxsize=1)
def _packaged() -> WorkCalendar:
    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    off_days = frozenset(constants.holidays) - _PLAIN_WEEKEND
    return WorkCalendar(
        off_days=off_days,
        make_up_workdays=frozenset(constants.workdays),
        years=frozenset(day.year for day in off_days if (day.month, day.day) == (1, 1)),
        names={day: chinese[name] for day, name in constants.holidays.items()},
    )


def _with_year(calendar: WorkCalendar, override: Mapping[str, object]) -> WorkCalendar:
    year, off_days, make_up = _checked(override)
    reached = off_days | make_up

    def kept(days: frozenset[date]) -> frozenset[date]:
        return frozenset(day for day in days if day.year != year and day not in reached)

    return WorkCalendar(
        off_days=kept(calendar.off_days) | off_days,
        make_up_workdays=kept(calendar.make_up_workdays) | make_up,
        years=calendar.years | {year},
        names={day: name for day, name in calendar.names.items() if day.year != year},
    )


def _checked(override: Mapping[str, object]) -> tuple[int, frozenset[date], frozenset[date]]:
    unknown = set(override) - _KEYS
    year = override.get("year")
    if unknown or not isinstance(year, int) or isinstance(year, bool):
        raise Invalid(
            f"日历条目须写明 year、off_days、make_up、notice，不认识：{'、'.join(sorted(unknown)) or '无'}。",
            next_step="请对照 rulebook/README.md 的日历格式修改。",
        )
    off_days, make_up = (_days(override, key) for key in ("off_days", "make_up"))
    wrong = [
        f"{day}不属于{year}年的通知" for day in sorted(off_days | make_up) if not _of(day, year)
    ]
    wrong += [f"{day}既放假又上班" for day in sorted(off_days & make_up)]
    wrong += [f"{day}本是工作日，不需调休" for day in sorted(make_up) if day.weekday() < _SATURDAY]
    if not off_days or not override.get("notice"):
        wrong.append("缺少放假日期或者通知出处")
    if wrong:
        raise Invalid(
            f"{year}年日历有误：{'；'.join(wrong)}。", next_step="请逐日核对放假通知后再录入。"
        )
    return year, off_days, make_up


def _days(override: Mapping[str, object], key: str) -> frozenset[date]:
    values = override.get(key, ())
    if isinstance(values, list | tuple | set | frozenset):
        try:
            return frozenset(
                day if isinstance(day, date) else date.fromisoformat(day) for day in values
            )
        except (TypeError, ValueError):
            pass
    raise Invalid(
        f"日历条目的 {key} 应当是日期的列表。", next_step="日期写成 2027-01-01 这样的形式。"
    )


def _of(day: date, year: int) -> bool:
    return day.year == year or (day.year == year - 1 and day.month == _DECEMBER)


def _content_version(calendar: WorkCalendar) -> str:
    lines = [f"off {day}" for day in sorted(calendar.off_days)]
    lines += [f"up {day}" for day in sorted(calendar.make_up_workdays)]
    lines += [f"year {year}" for year in sorted(calendar.years)]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return f"{min(calendar.years, default=0)}-{max(calendar.years, default=0)}-{digest[:8]}"
