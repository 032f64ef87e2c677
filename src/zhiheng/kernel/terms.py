"""期限用语：期限规则、中止事由、逐日说明。

The vocabulary of time counting. Numbers, units, what is excluded and what happens when the
last day is a holiday are data from the rulebook; nothing here knows any of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from zhiheng.kernel.clock import local_date
from zhiheng.kernel.periods import Period, merged

Unit = Literal["ND", "WD", "M", "Y", "H"]
Roll = Literal["none", "next_workday", "day_after_holiday"]
State = Literal["FIXED", "SUSPENDED", "PROVISIONAL"]

UNIT_NAMES: dict[Unit, str] = {"ND": "日", "WD": "个工作日", "M": "个月", "Y": "年", "H": "小时"}


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """How long, in what unit, and what the law says about holidays and interruptions.

    Attributes:
        amount: how many units; at least one.
        unit: ND natural days, WD working days, M months, Y years, H hours.
        roll: what happens when the last day is no working day: `none` nothing,
            `next_workday` first working day after, `day_after_holiday` first day after the
            statutory holiday (a plain weekend does not move it).
        excludes: reason codes of suspensions that this period does not count.
        rule_id: the parameter in the rulebook, for the record.
        title: Chinese, for explanations.
    """

    amount: int
    unit: Unit
    roll: Roll = "none"
    excludes: tuple[str, ...] = ()
    rule_id: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise ValueError(f"unit {self.unit!r}; known: {', '.join(get_args(Unit))}")
        if self.roll not in get_args(Roll):
            raise ValueError(f"roll {self.roll!r}; known: {', '.join(get_args(Roll))}")
        if isinstance(self.amount, bool) or self.amount < 1:
            raise ValueError(f"amount {self.amount!r}; a period has at least one {self.unit}")
        if self.unit == "H" and self.roll != "none":
            raise ValueError("hours run through holidays; write roll: none")


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time that may not count: closed days, or exact instants `[start, end)` for hours.

    Attributes:
        start: first day (or instant) that does not count.
        end: last day (or the instant of resumption); None while it still lasts.
        reason: code; counts only if the rule's `excludes` names it.
        label: Chinese name of the reason, for explanations.
    """

    start: date
    end: date | None
    reason: str
    label: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and day_of(self.end) < day_of(self.start):
            raise ValueError(f"suspension ends on {self.end}, before its start {self.start}")

    @property
    def name(self) -> str:
        """The Chinese name, or the code where none was given."""
        return self.label or self.reason


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count and why it counted or not."""

    date: date
    counted: bool
    why: str


def day_of(moment: date) -> date:
    """Return the legal day of a date or an aware datetime."""
    return local_date(moment) if isinstance(moment, datetime) else moment


@dataclass(frozen=True, slots=True)
class Interruptions:
    """The suspensions that one rule admits, after a start day: merged, each day once.

    Attributes:
        closed: disjoint periods in order, all after the start and before `open_from`.
        open_from: first day of a suspension that has not ended, if any.
    """

    closed: tuple[Period, ...]
    open_from: date | None

    def covers(self, day: date) -> bool:
        """Return whether the clock stands still on that day."""
        return (self.open_from is not None and day >= self.open_from) or any(
            period.contains(day) for period in self.closed
        )


def interruptions(
    *, rule: DeadlineRule, after: date, suspensions: Sequence[Suspension]
) -> Interruptions:
    """Return what interrupts the rule's clock after a start day that is not counted itself."""
    admitted = [item for item in suspensions if item.reason in rule.excludes]
    floor = after + timedelta(days=1)
    opened = [max(day_of(item.start), floor) for item in admitted if item.end is None]
    open_from = min(opened, default=None)
    ceiling = date.max if open_from is None else open_from - timedelta(days=1)
    closed = [
        Period(max(day_of(item.start), floor), min(day_of(item.end), ceiling))
        for item in admitted
        if item.end is not None and max(day_of(item.start), floor) <= min(day_of(item.end), ceiling)
    ]
    return Interruptions(merged(closed), open_from)
