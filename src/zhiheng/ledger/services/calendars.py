"""The working-day calendar that periods are counted with, unless the caller brings another."""

from zhiheng.kernel.calendar import WorkCalendar, default_calendar

_brought: list[WorkCalendar] = []


def use_calendar(calendar: WorkCalendar | None) -> None:
    """Count with this calendar from now on; None goes back to the packaged one."""
    _brought[:] = [] if calendar is None else [calendar]


def current_calendar() -> WorkCalendar:
    """The calendar in use: the one brought by the rulebook, else the packaged one."""
    return _brought[0] if _brought else default_calendar()
