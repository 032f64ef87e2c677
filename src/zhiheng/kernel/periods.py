"""期间：效力区间（左闭右开）与日期区间（两端都算）。

`Validity` is what dated values of law carry: in force from a day, no longer on `until`.
`Period` is what happened: a suspension from the 3rd to the 5th covers three days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Validity:
    """Half-open interval `[from_, until)`; `until=None` means still in force."""

    from_: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.from_:
            raise ValueError(f"validity ends on {self.until}, not after its start {self.from_}")

    def contains(self, on: date) -> bool:
        """Return whether the value is in force on that day."""
        return self.from_ <= on and (self.until is None or on < self.until)

    def overlaps(self, other: Validity) -> bool:
        """Return whether there is a day on which both are in force."""
        return (other.until is None or self.from_ < other.until) and (
            self.until is None or other.from_ < self.until
        )


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Closed interval of days, both ends counted."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends on {self.end}, before its start {self.start}")

    @property
    def days(self) -> int:
        """The number of days, both ends counted."""
        return (self.end - self.start).days + 1

    def contains(self, on: date) -> bool:
        """Return whether the day lies in the period."""
        return self.start <= on <= self.end


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Return the same days as disjoint periods in order; what overlaps or touches is joined."""
    result: list[Period] = []
    for period in sorted(periods):
        if result and period.start <= result[-1].end + _DAY:
            last = result.pop()
            result.append(Period(last.start, max(last.end, period.end)))
        else:
            result.append(period)
    return tuple(result)


def union_days(periods: Iterable[Period]) -> int:
    """Return how many different days the periods cover; a day covered twice counts once."""
    return sum(period.days for period in merged(periods))
