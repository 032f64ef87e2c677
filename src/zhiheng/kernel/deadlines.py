"""期限：从起算日到届满日，逐日说明为什么算、为什么不算；没公布的年份不推测。

How days are counted is law.md 0.4 and 0.5: the first day (hour) is not counted; an end on a
holiday moves only as the rule says; suspensions count once however many overlap; an open
suspension has no due day; what was posted before the end is in time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from zhiheng.kernel import counting, explaining
from zhiheng.kernel.calendar import WorkCalendar, YearNotPublished
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.terms import (
    UNIT_NAMES,
    CountedDay,
    DeadlineRule,
    State,
    Suspension,
    day_of,
    interruptions,
)

__all__ = [
    "CountedDay",
    "DeadlineRule",
    "Due",
    "Suspension",
    "compute",
    "is_affected",
    "is_in_time",
    "recompute",
]

_YEAR_END = (12, 25)


@dataclass(frozen=True)
class Due:
    """The outcome of a count.

    Attributes:
        rule: what was counted.
        start: the day (hours: the instant) of the event; itself not counted.
        suspensions: all that were given, admitted or not.
        state: FIXED, SUSPENDED (the clock stands still) or PROVISIONAL (a year is missing).
        due_on: last day in time; None unless FIXED.
        due_at: last instant in time, for hours only.
        needs_year: the year whose notice is awaited.
        recheck_year: the due day is known, but the next year's notice may still move
            working days at the end of December.
        not_before: the earliest day on which a provisional period can end.
        remaining: units left when the clock was stopped.
        note: one Chinese sentence for people.
        calendar_version: the calendar that was used.
    """

    rule: DeadlineRule
    start: date
    suspensions: tuple[Suspension, ...]
    state: State
    due_on: date | None
    note: str
    calendar_version: str
    due_at: datetime | None = None
    needs_year: int | None = None
    recheck_year: int | None = None
    not_before: date | None = None
    remaining: int | None = None
    _calendar: WorkCalendar | None = field(default=None, repr=False, compare=False)

    @property
    def provisional(self) -> bool:
        """Whether a year must be published before the due day is known."""
        return self.state == "PROVISIONAL"

    @property
    def suspended(self) -> bool:
        """Whether the clock stands still."""
        return self.state == "SUSPENDED"

    @property
    def days(self) -> list[CountedDay]:
        """Each day from the start to the end and why it was counted or not."""
        if self._calendar is None:
            return []
        return explaining.explain(
            rule=self.rule,
            start=self.start,
            suspensions=self.suspensions,
            calendar=self._calendar,
            until=self.due_on,
        )

    def days_left(self, on: date) -> int | None:
        """Return natural days from `on` to the due day; negative when it has passed."""
        return None if self.due_on is None else (self.due_on - on).days

    def as_json(self) -> dict[str, Any]:
        """Return inputs and outcome as plain JSON, enough for `recompute`."""
        return {
            "rule": {**asdict(self.rule), "excludes": list(self.rule.excludes)},
            "start": self.start.isoformat(),
            "suspensions": [
                {
                    "start": item.start.isoformat(),
                    "end": None if item.end is None else item.end.isoformat(),
                    "reason": item.reason,
                    "label": item.label,
                }
                for item in self.suspensions
            ],
            "state": self.state,
            "due_on": None if self.due_on is None else self.due_on.isoformat(),
            "due_at": None if self.due_at is None else self.due_at.isoformat(),
            "needs_year": self.needs_year,
            "recheck_year": self.recheck_year,
            "not_before": None if self.not_before is None else self.not_before.isoformat(),
            "remaining": self.remaining,
            "note": self.note,
            "calendar_version": self.calendar_version,
        }


def compute(
    rule: DeadlineRule,
    *,
    start: date | datetime,
    suspensions: Sequence[Suspension] = (),
    calendar: WorkCalendar,
) -> Due:
    """Return when a period ends, or why that is not known yet.

    Args:
        rule: amount, unit, roll and admitted suspensions, from the rulebook.
        start: the day of the event; for hours the aware instant.
        suspensions: any order, may overlap, may be open.
        calendar: published years.

    Raises:
        ValueError: hours without an instant, or a naive datetime.

    Law: 民事诉讼法 85; 行政处罚法 85; 行政强制法 69; 行政复议法 88; 民法典 200–204.
    """
    given = tuple(suspensions)
    if rule.unit == "H":
        return _compute_hours(rule=rule, start=start, suspensions=given, calendar=calendar)
    return _compute_days(rule=rule, day=day_of(start), suspensions=given, calendar=calendar)


def recompute(stored: Mapping[str, Any], *, calendar: WorkCalendar) -> Due:
    """Return the outcome of a stored count under another calendar.

    Args:
        stored: what `Due.as_json` returned.
        calendar: the calendar with the year that has arrived.
    """
    rule = DeadlineRule(**{**stored["rule"], "excludes": tuple(stored["rule"]["excludes"])})
    suspensions = [
        Suspension(
            start=_moment(item["start"]),
            end=None if item["end"] is None else _moment(item["end"]),
            reason=item["reason"],
            label=item["label"],
        )
        for item in stored["suspensions"]
    ]
    return compute(rule, start=_moment(stored["start"]), suspensions=suspensions, calendar=calendar)


def is_affected(stored: Mapping[str, Any], *, calendar: WorkCalendar, on: date) -> bool:
    """Return whether a stored count must be done again under this calendar.

    Deadlines that have passed stay as they were; hours know no calendar.
    """
    if stored["calendar_version"] == calendar.version or stored["rule"]["unit"] == "H":
        return False
    return stored["due_on"] is None or date.fromisoformat(stored["due_on"]) >= on


def is_in_time(due: Due, *, received_on: date, posted_on: date | None = None) -> bool | None:
    """Return whether something arrived in time; None while the due day is not known.

    What was posted before the end is in time however long the post took.
    Law: 民事诉讼法 85 (期间不包括在途时间).
    """
    decisive = received_on if posted_on is None else min(posted_on, received_on)
    if due.due_on is not None:
        return decisive <= due.due_on
    if due.not_before is not None and decisive <= due.not_before:
        return True
    return None


def _compute_days(
    *, rule: DeadlineRule, day: date, suspensions: tuple[Suspension, ...], calendar: WorkCalendar
) -> Due:
    stops = interruptions(rule=rule, after=day, suspensions=suspensions)
    amount = counting.nominal_days(rule=rule, start=day)
    outcome = partial(
        Due, rule, day, suspensions, calendar_version=calendar.version, _calendar=calendar
    )
    end: date | None = None
    try:
        if stops.open_from is not None:
            done = counting.run(rule=rule, start=day, stops=stops, calendar=calendar)
            if done < amount:
                return _standing(outcome, rule=rule, since=stops.open_from, left=amount - done)
        end = counting.end_day(rule=rule, start=day, amount=amount, stops=stops, calendar=calendar)
        last = counting.rolled(rule=rule, end=end, stops=stops, calendar=calendar)
    except YearNotPublished as missing:
        earliest = end or counting.earliest_workday(
            start=day, amount=amount, stops=stops, calendar=calendar, year=missing.year
        )
        note = explaining.provisional(rule=rule, year=missing.year, earliest=earliest)
        return outcome("PROVISIONAL", None, note, needs_year=missing.year, not_before=earliest)
    if last is None:
        return _standing(outcome, rule=rule, since=stops.open_from or end, left=0)
    recheck = _recheck_year(rule=rule, last=last, calendar=calendar)
    note = explaining.fixed(rule=rule, start=day, end=end, last=last, recheck=recheck, stops=stops)
    return outcome("FIXED", last, note, recheck_year=recheck)


def _standing(outcome: partial[Due], *, rule: DeadlineRule, since: date, left: int) -> Due:
    note = explaining.suspended(rule=rule, since=since, left=left)
    return outcome("SUSPENDED", None, note, remaining=left)


def _compute_hours(
    *, rule: DeadlineRule, start: date, suspensions: tuple[Suspension, ...], calendar: WorkCalendar
) -> Due:
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ValueError("hours are counted from an aware instant")
    at, left = counting.end_hour(rule=rule, start=start, suspensions=suspensions)
    if at is None:
        hours = -(-left // timedelta(hours=1))
        note = f"{rule.title or '期限'}已中止计算，尚余{hours}小时，恢复后续算。"
        return Due(rule, start, suspensions, "SUSPENDED", None, note, calendar.version,
                   remaining=hours, _calendar=calendar)  # fmt: skip
    note = (
        f"{rule.title or '期限'}{rule.amount}{UNIT_NAMES[rule.unit]}，开始的当时不计入，"
        f"至{at:%Y年%-m月%-d日%-H时%M分}届满。"
    )
    return Due(rule, start, suspensions, "FIXED", local_date(at), note, calendar.version,
               due_at=at, _calendar=calendar)  # fmt: skip


def _recheck_year(*, rule: DeadlineRule, last: date, calendar: WorkCalendar) -> int | None:
    """The notice of a year may move working days of the last week of the year before."""
    uses_calendar = rule.unit == "WD" or rule.roll != "none"
    open_end = (last.month, last.day) >= _YEAR_END and last.year + 1 not in calendar.years
    return last.year + 1 if uses_calendar and open_end else None


def _moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
